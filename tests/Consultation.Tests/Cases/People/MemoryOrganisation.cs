using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.People.Import;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Testing;

namespace Consultation.Tests.Cases.People;

/// <summary>Edits of an organisation in memory: what a store promises, without a database.</summary>
internal sealed class MemoryOrganisation : IOrganisationStore, IOrganisationSession
{
    private readonly District _district;
    private readonly Dictionary<string, EditResult> _answers = [];
    private readonly List<CalendarDay> _days = [];
    private readonly List<MatterTag> _tags = [];
    private readonly List<HouseRule> _rules = [];

    internal MemoryOrganisation(District district)
    {
        _district = district;
        File = Read();
        Edits = new OrganisationEdits(this, new RecordedMail(), new FakeClock(District.Now));
    }

    public OrganisationFile File { get; private set; }

    internal OrganisationEdits Edits { get; }
    internal List<WorkTask> Tasks { get; } = [];
    internal HashSet<CaseId> Restricted { get; } = [];
    internal HashSet<string> TakenNames { get; } = [];
    internal List<object> Written { get; } = [];

    public async Task<EditResult?> RunAsync(
        OrganisationId organisation, string operationId, Func<IOrganisationSession, Task<EditResult>> edit,
        CancellationToken cancellationToken)
    {
        if (organisation != _district.Id) return null;
        if (_answers.TryGetValue(operationId, out var known)) return known;
        File = Read();
        var result = await edit(this);
        if (result is not EditResult.Saved || File.Added.Count + File.Removed.Count == 0) return result;
        Written.AddRange(File.Added);
        _district.Units.AddRange(File.Added.OfType<Unit>());
        _district.People.AddRange(File.Added.OfType<Person>());
        _district.Grants.AddRange(File.Added.OfType<RoleGrant>());
        _district.Delegations.AddRange(File.Added.OfType<Delegation>());
        _tags.AddRange(File.Added.OfType<MatterTag>());
        _rules.AddRange(File.Added.OfType<HouseRule>());
        _days.Clear();
        _days.AddRange(File.Days);
        foreach (var gone in File.Removed)
        {
            if (gone is RoleGrant grant) _district.Grants.Remove(grant);
            if (gone is Delegation delegation) _district.Delegations.Remove(delegation);
            if (gone is HouseRule rule) _rules.Remove(rule);
        }

        _answers.Add(operationId, result);
        return result;
    }

    public Task<DirectoryChange?> ChangeSinceAsync(string subject, long version, CancellationToken cancellationToken) =>
        Task.FromResult(Written.OfType<DirectoryChange>()
            .LastOrDefault(change => change.Subject == subject && change.Version > version));

    public Task<bool> IsLogInNameTakenAsync(string userName, PersonId but, CancellationToken cancellationToken) =>
        Task.FromResult(TakenNames.Contains(userName));

    public Task<IReadOnlyList<WorkTask>> TasksWaitingForAsync(PersonId person, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<WorkTask>>(
            [.. Tasks.Where(
                task => task.Assignees.Any(seat => seat.PersonId == person && seat.Active && seat.Outcome is null))]);

    public Task<IReadOnlyCollection<CaseId>> RestrictedAmongAsync(
        IReadOnlyCollection<CaseId> cases, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyCollection<CaseId>>([.. cases.Where(Restricted.Contains)]);

    public Task<DatedWork> DatedWorkAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new DatedWork(Tasks, [], [], []));

    /// <summary>Workbooks that were handed in.</summary>
    internal List<DirectoryImport> Imports { get; } = [];
    internal List<TrackedItem> Items { get; } = [];
    internal List<Meeting> Meetings { get; } = [];

    /// <summary>Whose links and mails went to whom.</summary>
    internal List<(PersonId From, PersonId To)> HandedOver { get; } = [];

    public Task<DirectoryImport?> FindImportAsync(Guid import, CancellationToken cancellationToken) =>
        Task.FromResult(Imports.Find(one => one.Id == import));

    public Task<OpenWork> OpenWorkAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new OpenWork(Tasks, Items, Meetings));

    public Task HandOverAsync(
        PersonId from, PersonId to, IReadOnlyCollection<WorkTask> tasks, CancellationToken cancellationToken)
    {
        HandedOver.Add((from, to));
        return Task.CompletedTask;
    }

    /// <summary>What names one unit names another.</summary>
    internal List<(UnitId From, UnitId Into)> MovedUnits { get; } = [];

    public Task MoveUnitAsync(UnitId from, UnitId into, CancellationToken cancellationToken)
    {
        MovedUnits.Add((from, into));
        return Task.CompletedTask;
    }

    public Task<ApiKey?> FindApiKeyAsync(ApiKeyId id, CancellationToken cancellationToken) =>
            Task.FromResult<ApiKey?>(null);

    public Task<AnnexFoot?> FindFootAsync(string key, CancellationToken cancellationToken) =>
    Task.FromResult(Written.OfType<AnnexFoot>().FirstOrDefault(foot => foot.Key == key));

    internal OrganisationEdit Edit(long? seen = null, string? operation = null) =>
        new(_district.Id, _district.Secretary.Id, seen, operation ?? Guid.NewGuid().ToString("N"));

    private OrganisationFile Read()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        var directory = new OrganisationDirectory(
            _district.Organisation, _district.Units, _district.People, _district.Grants, _district.Delegations, _tags);
        return new(
            new OrganisationSnapshot(_district.Organisation.DirectoryVersion, directory,
                new WorkingCalendar(_days, zone), PolicySet.None with
                {
                    Rules = new RuleSet(_rules.ToDictionary(rule => rule.Key, rule => rule.Value)),
                }), _days, _tags, _rules);
    }
}
