using System.Security.Cryptography;
using System.Text;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Workflows;
using Consultation.Mail.Outgoing;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Cases;
using Consultation.Storage.Mapping;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Matters;

/// <summary>Takes matters in: number, matter, receipt, case and the start of its workflow in one transaction.</summary>
internal sealed class MatterRegister(
    Database database, DirectoryCache directories, MatterReceipt receipt, WakeUp wakeUp,
    TimeProvider clock) : IMatterRegister
{
    private const string EmailField = "proposer-email";
    private const int Attempts = 8;

    /// <summary>What is kept of an operation, to answer the same form posted again.</summary>
    /// <param name="Id">The matter.</param>
    /// <param name="Number">Its number.</param>
    private sealed record TakenIn(Guid Id, string Number);

    public async Task<RegisterResult> RegisterAsync(MatterEntry entry, CancellationToken cancellationToken)
    {
        var secret = MatterRules.FollowSecretFor(entry.OperationId);
        // Only a hash of the operation id is kept: whoever reads the table must not be able to derive the secret.
        var operation = "matter:" + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.OrganisationId.Value:N}:{entry.OperationId}")));
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.ForOrganisation(entry.OrganisationId);
            if (await db.Operations.FirstOrDefaultAsync(
                row => row.Id == operation, cancellationToken) is { Answer: { } answer })
            {
                var taken = JsonText.Read<TakenIn>(answer);
                return new RegisterResult.Registered(new MatterId(taken.Id), taken.Number, secret);
            }

            if (await directories.FindAsync(db, entry.OrganisationId, cancellationToken) is not { } snapshot)
            {
                return new RegisterResult.Refused(
                    [new FieldError("", new("受理单位不存在。", "There is no such organisation."))]);
            }

            var now = clock.GetUtcNow();
            if (Check(entry, snapshot.Directory, now) is { Count: > 0 } errors)
            {
                return new RegisterResult.Refused(errors);
            }

            var matter = await AddAsync(db, snapshot, entry, secret, operation, now, cancellationToken);
            if (receipt.For(matter, secret, snapshot, now) is { } mail)
            {
                db.Add(mail);
            }

            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException failure)
                when (attempt < Attempts && db.Judge(failure).Kind == FailureKind.Conflict)
            {
                continue;
            }

            wakeUp.Signal();
            return new RegisterResult.Registered(matter.Id, matter.Number, secret);
        }
    }

    public async Task<bool> MergeAsync(
        OrganisationId organisation, MatterId into, IReadOnlyList<MatterId> merged, PersonId actor,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.ForOrganisation(organisation);
            if (!await MergeAsync(db, organisation, into, [.. merged.Distinct()], actor, cancellationToken))
            {
                return false;
            }

            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return true;
            }
            catch (DbUpdateException failure)
                when (attempt < Attempts && db.Judge(failure).Kind == FailureKind.Conflict)
            {
                // Somebody merged one of them or took it up meanwhile: judged again as it stands now.
            }
        }
    }

    private async Task<bool> MergeAsync(
        ConsultationDb db, OrganisationId organisation, MatterId into, List<MatterId> merged, PersonId actor,
        CancellationToken cancellationToken)
    {
        var leading = await db.Matters.FirstOrDefaultAsync(row => row.Id == into, cancellationToken);
        var others = await db.Matters.Where(row => merged.Contains(row.Id)).ToListAsync(cancellationToken);
        if (leading is null || others.Count != merged.Count || MatterRules.CheckMerge(leading, others) is not null)
        {
            return false;
        }

        // Written although unchanged, so that a leading matter that was itself merged or taken up meanwhile is noticed.
        db.Entry(leading).Property(row => row.State).IsModified = true;
        var now = clock.GetUtcNow();
        foreach (var other in others)
        {
            // It goes with the leading one into its case, so that its proposer is told the result too.
            (other.State, other.MergedIntoId, other.CaseId) = (MatterState.Merged, into, leading.CaseId);
            db.Add(new HistoryEntry
            {
                OrganisationId = organisation,
                Id = Guid.CreateVersion7(),
                CaseId = leading.CaseId,
                At = now,
                ActorId = actor,
                Verb = HistoryVerbs.MatterMerged,
                Rows = ["P19"],
                Text = new($"{other.Number}“{other.Title}”并入{leading.Number}“{leading.Title}”",
                    $"{other.Number} was merged into {leading.Number}"),
            });
        }

        return true;
    }

    /// <summary>
    /// The rules of matters, and that a mail can be written to the address given: whoever leaves one expects an answer
    /// there.
    /// </summary>
    private static IReadOnlyList<FieldError> Check(
        MatterEntry entry, OrganisationDirectory directory, DateTimeOffset now)
    {
        var errors = MatterRules.Check(entry, directory, now);
        return Text(entry.ProposerEmail) is { } address && !errors.Any(error => error.Field == EmailField)
            && MailAddressRule.Check(address) is { } problem
            ? [.. errors, new FieldError(EmailField, new(problem.Zh, problem.En))]
            : errors;
    }

    private static async Task<Matter> AddAsync(
        ConsultationDb db, OrganisationSnapshot snapshot, MatterEntry entry, string secret, string operation,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var organisation = entry.OrganisationId;
        var year = snapshot.Calendar.DayOf(now).Year;
        var series = await SeriesOf(db, organisation, year, cancellationToken);
        var matter = new Matter
        {
            OrganisationId = organisation,
            Id = MatterId.New(),
            Number = MatterRules.Number(year, series.Take()),
            Source = entry.Source,
            Title = entry.Title.Trim(),
            Text = entry.Text.Trim(),
            Place = Text(entry.Place),
            ProposerGroup = Text(entry.ProposerGroup),
            ProposerName = Text(entry.ProposerName),
            ProposerEmail = Text(entry.ProposerEmail),
            ProposerPhone = Text(entry.ProposerPhone),
            Language = entry.Language,
            Tags = [.. entry.Tags.Distinct()],
            PlatformId = entry.PlatformId,
            FollowSecretHash = MatterRules.HashFollowSecret(secret),
            EnteredById = entry.EnteredById,
            RaisedAt = entry.RaisedAt ?? now,
            ReceivedAt = now,
        };
        db.Add(matter);
        if (entry.Source is MatterSource.PublicForm or MatterSource.Desk
            && snapshot.Directory.Find(entry.PlatformId) is { } platform)
        {
            Open(db, matter, platform, operation, now);
        }

        db.Add(new HistoryEntry
        {
            OrganisationId = organisation,
            Id = Guid.CreateVersion7(),
            CaseId = matter.CaseId,
            At = now,
            ActorId = entry.EnteredById,
            Verb = HistoryVerbs.MatterRegistered,
            Rows = ["P17", "Q80"],
            Text = new($"登记协商事项 {matter.Number}“{matter.Title}”",
                $"registered the matter {matter.Number} “{matter.Title}”"),
        });
        db.Operations.Add(new OperationRow
        {
            Id = operation,
            InstanceId = "",
            SubStatus = "",
            At = now,
            Answer = JsonText.Write(new TakenIn(matter.Id.Value, matter.Number)),
        });
        return matter;
    }

    /// <summary>
    /// The case of a matter, with its workflow's start in the inbox. The run's id follows from the case: it starts
    /// once.
    /// </summary>
    private static void Open(ConsultationDb db, Matter matter, Unit platform, string operation, DateTimeOffset now)
    {
        var caseId = CaseId.New();
        var run = InstanceId.For($"case:{caseId}");
        db.Add(new Case
        {
            OrganisationId = matter.OrganisationId,
            Id = caseId,
            Kind = CaseKind.SixStep,
            Title = matter.Title,
            PlatformId = platform.Id,
            CommitteeId = platform.GuidedById,
            InstanceId = run.Value,
            DefinitionId = WorkflowKeys.SixSteps,
            OpenedById = matter.EnteredById,
            OpenedAt = now,
        });
        (matter.State, matter.CaseId) = (MatterState.InCase, caseId);
        var start = new StimulusMessage.StartRun(WorkflowKeys.SixSteps)
        {
            InstanceId = run,
            CorrelationId = caseId.ToString(),
            Name = matter.Title,
            OperationId = operation + ":start",
        };
        db.Inbox.Add(new InboxRow
        {
            Id = Guid.CreateVersion7(),
            Kind = StimulusText.KindOf(start),
            InstanceId = run.Value,
            Body = StimulusText.Write(start),
            CreatedAt = now,
            AvailableAt = now,
        });
    }

    /// <summary>The series of matter numbers; made with the first number of a year.</summary>
    internal static async Task<Consultation.Cases.Numbers.NumberSeries> SeriesOf(
        ConsultationDb db, OrganisationId organisation, int year, CancellationToken cancellationToken) =>
        await db.NumberSeries.FirstOrDefaultAsync(
            row => row.Key == MatterRules.NumberSeries && row.Year == year, cancellationToken)
        ?? db.Add(new Consultation.Cases.Numbers.NumberSeries
        {
            OrganisationId = organisation,
            Key = MatterRules.NumberSeries,
            Year = year,
        }).Entity;

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
