using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Cases.Publishing;
using Consultation.Cases.Screening;
using Consultation.Cases.Surveys;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Votes;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Storage.Definitions;
using Consultation.Storage.Mail;
using Consultation.Storage.Mapping;
using Consultation.Storage.Runs;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage;

/// <summary>
/// The one model on whatever database lies below. Get one from <see cref="Database"/>: scoped to an organisation for
/// pages, over all for workers. The same LINQ runs on SQLite, PostgreSQL and SQL Server; what must differ lies in their
/// folders.
/// </summary>
public abstract class ConsultationDb : DbContext, IDataProtectionKeyContext
{
    private bool _hasMail;

    /// <summary>Takes the options of the database.</summary>
    protected ConsultationDb(DbContextOptions options)
        : base(options)
    {
    }

    /// <summary>True when only one organisation's rows are seen.</summary>
    public bool IsScoped { get; private set; }

    /// <summary>The organisation whose rows are seen, when <see cref="IsScoped"/>.</summary>
    public OrganisationId Organisation { get; private set; }

    /// <summary>The same as a bare id, for the rows of Mail, which does not know the type.</summary>
    public Guid OrganisationValue => Organisation.Value;

    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Unit> Units => Set<Unit>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<SignInSession> Sessions => Set<SignInSession>();
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();
    public DbSet<Delegation> Delegations => Set<Delegation>();
    public DbSet<CalendarDay> CalendarDays => Set<CalendarDay>();
    public DbSet<ReminderPolicy> ReminderPolicies => Set<ReminderPolicy>();
    public DbSet<EscalationLadder> EscalationLadders => Set<EscalationLadder>();
    public DbSet<NumberSeries> NumberSeries => Set<NumberSeries>();
    public DbSet<Case> Cases => Set<Case>();
    public DbSet<Matter> Matters => Set<Matter>();
    public DbSet<ScreeningRecord> Screenings => Set<ScreeningRecord>();
    public DbSet<SealedWords> SealedWords => Set<SealedWords>();
    public DbSet<Topic> Topics => Set<Topic>();
    public DbSet<WorkTask> Tasks => Set<WorkTask>();
    public DbSet<TrackedItem> TrackedItems => Set<TrackedItem>();
    public DbSet<ProgressEntry> ProgressEntries => Set<ProgressEntry>();
    public DbSet<Vote> Votes => Set<Vote>();
    public DbSet<PlanPhase> PlanPhases => Set<PlanPhase>();
    public DbSet<Meeting> Meetings => Set<Meeting>();
    public DbSet<MeetingLine> MeetingLines => Set<MeetingLine>();
    public DbSet<Publication> Publications => Set<Publication>();
    public DbSet<Opinion> Opinions => Set<Opinion>();
    public DbSet<SignUp> SignUps => Set<SignUp>();
    public DbSet<Survey> Surveys => Set<Survey>();
    public DbSet<SurveyInvitation> SurveyInvitations => Set<SurveyInvitation>();
    public DbSet<SurveyLink> SurveyLinks => Set<SurveyLink>();
    public DbSet<SurveyVisit> SurveyVisits => Set<SurveyVisit>();
    public DbSet<SurveyAnswer> SurveyAnswers => Set<SurveyAnswer>();
    public DbSet<Questionnaire> Questionnaires => Set<Questionnaire>();
    public DbSet<CaseRecord> Records => Set<CaseRecord>();
    public DbSet<HistoryEntry> History => Set<HistoryEntry>();
    public DbSet<CaseDocument> Documents => Set<CaseDocument>();
    public DbSet<OutgoingMail> Mails => Set<OutgoingMail>();
    public DbSet<MailTemplate> MailTemplates => Set<MailTemplate>();
    public DbSet<IncomingMail> IncomingMails => Set<IncomingMail>();
    public DbSet<ActionLink> ActionLinks => Set<ActionLink>();
    public DbSet<LeaseRow> Leases => Set<LeaseRow>();
    public DbSet<RunRow> Runs => Set<RunRow>();
    public DbSet<BookmarkRow> Bookmarks => Set<BookmarkRow>();
    public DbSet<TriggerRow> Triggers => Set<TriggerRow>();
    public DbSet<InboxRow> Inbox => Set<InboxRow>();
    public DbSet<OperationRow> Operations => Set<OperationRow>();
    public DbSet<JournalRow> Journal => Set<JournalRow>();
    public DbSet<IncidentRow> Incidents => Set<IncidentRow>();
    public DbSet<DefinitionRow> Definitions => Set<DefinitionRow>();

    /// <summary>Keys of sign-in cookies and forms: the host's own, of no organisation.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Wakes the sender of mails in this process; null where nobody sends.</summary>
    internal WakeUp? MailWritten { get; set; }

    /// <summary>
    /// Limits what this context sees and writes to one organisation; null sees all. Called once when the context is
    /// handed out.
    /// </summary>
    internal void ScopeTo(OrganisationId? organisation)
    {
        IsScoped = organisation is not null;
        Organisation = organisation ?? default;
        _hasMail = false;
    }

    /// <summary>
    /// Wakes the sender when mails were saved that can leave now. Whoever saves within a transaction of his own says it
    /// after the commit.
    /// </summary>
    internal void TellOfMail()
    {
        if (_hasMail) MailWritten?.Signal();
        _hasMail = false;
    }

    /// <summary>
    /// What a failure means: a row that somebody else changed first is a conflict, the rest is for the product to say.
    /// </summary>
    internal FailureMeaning Judge(Exception failure) =>
        failure is DbUpdateConcurrencyException ? FailureMeaning.Conflict : MeaningOf(failure);

    /// <summary>Whether a table of the model is there already.</summary>
    internal async Task<bool> HasOwnTablesAsync(CancellationToken cancellationToken)
    {
        var own = Model.GetEntityTypes().Select(type => type.GetTableName()).ToHashSet();
        var there = await Database.SqlQueryRaw<string>(TablesQuery).ToListAsync(cancellationToken);
        return there.Exists(own.Contains);
    }

    /// <summary>
    /// Keys of the rows of a table whose text holds every one of these grams, and possibly of others;
    /// null where this product keeps no index of them (<see cref="SearchGrams"/>).
    /// </summary>
    internal virtual IQueryable<long>? Holding(string table, IReadOnlyList<string> grams) => null;

    /// <summary>Makes the indexes of characters that are missing. The schema is up to date.</summary>
    internal virtual Task MakeSearchAsync(IEnumerable<string> tables, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>This product's question for the names of the tables that the context would use.</summary>
    private protected abstract string TablesQuery { get; }

    /// <summary>What a failure of this product means.</summary>
    private protected abstract FailureMeaning MeaningOf(Exception failure);

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">A scoped context would write another organisation's row.</exception>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        PrepareRows();
        // What has changed is known by now; looking for it twice would be half of what a small change costs.
        var looks = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var rows = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            if (Database.CurrentTransaction is null) TellOfMail();
            return rows;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = looks;
        }
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        PrepareRows();
        var rows = base.SaveChanges(acceptAllChangesOnSuccess);
        if (Database.CurrentTransaction is null) TellOfMail();
        return rows;
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<DateOnly>().HaveConversion<DayConverter>();
        configurationBuilder.Properties<TimeOnly>().HaveConversion<TimeOfDayConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<SpanConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<Fraction>().HaveConversion<FractionConverter>().HaveMaxLength(20);
        foreach (var id in DomainTypes.Ids)
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        }
        foreach (var type in DomainTypes.JsonTypes)
        {
            var property = configurationBuilder.Properties(type);
            // LocalText is immutable and compares by content: no copy is needed.
            if (type == typeof(LocalText)) property.HaveConversion<JsonConverter<LocalText>>();
            else
            {
                property.HaveConversion(
                    typeof(JsonConverter<>).MakeGenericType(type), typeof(JsonComparer<>).MakeGenericType(type));
            }
        }
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        DomainMapping.Map(modelBuilder, this);
        modelBuilder.Entity<RunRow>().HasQueryFilter(run => !IsScoped || run.OrganisationId == Organisation);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ConsultationDb).Assembly);
        SearchColumn.Map(modelBuilder);
        LikenessColumn.Map(modelBuilder);
        DomainMapping.DropNeedlessIndexes(modelBuilder);
    }

    /// <summary>Refuses rows of another organisation, fills what lists look into, notices mail.</summary>
    private void PrepareRows()
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            if (entry.State != EntityState.Deleted)
            {
                SearchColumn.Fill(entry);
                LikenessColumn.Fill(entry);
            }

            if (entry.Entity is OutgoingMail { State: MailState.Pending, DigestLine: null } mail
                && (entry.State == EntityState.Modified || mail.NotBefore <= mail.CreatedAt)) _hasMail = true;
            if (!IsScoped) continue;
            var owner = entry.Metadata.FindProperty("OrganisationId") is { } property
                ? entry.Property(property).CurrentValue
                : null;
            var foreign = owner switch
            {
                OrganisationId id => id != Organisation,
                Guid id => id != Organisation.Value,
                _ => false,
            };
            if (foreign)
            {
                throw new InvalidOperationException(
                    $"A {entry.Metadata.ShortName()} of another organisation cannot be written here.");
            }
        }
    }
}

/// <summary>What a failure of the database means for whoever wanted to write.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Trouble">For <see cref="FailureKind.Unavailable"/>: what is wrong.</param>
/// <param name="Detail">What the trouble's own description names.</param>
internal readonly record struct FailureMeaning(
    FailureKind Kind, StoreTrouble Trouble = StoreTrouble.Unknown, string? Detail = null)
{
    public static readonly FailureMeaning Conflict = new(FailureKind.Conflict, StoreTrouble.Busy);
    public static readonly FailureMeaning Other = new(FailureKind.Other);

    public static FailureMeaning Unavailable(StoreTrouble trouble, string? detail = null) =>
        new(FailureKind.Unavailable, trouble, detail);

    /// <summary>The exception that says so.</summary>
    public StoreUnavailableException Exception(Exception cause) => new(Trouble, Detail, cause);
}

/// <summary>Kinds of failure of a database.</summary>
internal enum FailureKind
{
    /// <summary>A mistake of the program.</summary>
    Other,
    /// <summary>Somebody else wrote the same at the same time; try again with fresh data.</summary>
    Conflict,
    /// <summary>The database cannot be used now.</summary>
    Unavailable,
}
