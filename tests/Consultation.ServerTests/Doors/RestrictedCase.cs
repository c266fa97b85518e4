using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Documents;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.ActionLinks;
using Consultation.Runtime.Definitions;
using Consultation.ServerTests.Desk;
using Consultation.Storage.Runs;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Doors;

/// <summary>
/// A restricted case in which everything bears one word: the case, its topic, matters, items, entries, records,
/// documents, mails, phases, history, task, run and journal. All units and people of the sample have a part in it; a
/// task in it has the secretary alone.
/// </summary>
internal sealed class RestrictedCase
{
    /// <summary>Stands in every text of the case.</summary>
    public const string Word = "玄字七号积案";

    /// <summary>The case's number.</summary>
    public const string Number = "MJ2026-00777";

    /// <summary>The number of its matter.</summary>
    public const string MatterNumber = "SX2026-907777";

    /// <summary>Ids by what an address names them.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    /// <summary>The number of the secretary's task.</summary>
    public string TaskNumber { get; private set; } = "";

    /// <summary>The instance that serves the case.</summary>
    public string Instance { get; private set; } = "";

    /// <summary>The token of the link in the secretary's mail.</summary>
    public string Token { get; private set; } = "";

    /// <summary>What must reach nobody who is not cleared.</summary>
    public string[] Secrets => [Word, Number, MatterNumber, TaskNumber];

    public static async Task<RestrictedCase> OpenAsync(GateDesk desk)
    {
        await desk.Services.GetRequiredService<DefinitionEditing>().SaveAsync(
            Flows.Sequence("kept",
                Saying(Flows.Activity("Name", "Elsa.SetName"), "value"),
                Saying(Flows.WriteLine("Line", ""), "text"),
                Saying(Flows.Activity("Work", "Consultation.RequestWork", ("assignees", "String", "role:Secretary"),
                    ("due", "String", "5wd")), "title", "instructions")),
            publish: true, DefinitionAuthor.Host, default);
        var made = new RestrictedCase();
        var id = await desk.OpenAsync("kept", Word);
        await desk.UntilAsync(rows => rows.Tasks.AnyAsync(row => row.CaseId == id), "the secretary is asked");
        var task = await desk.TaskAsync(id);
        await made.FillAsync(desk, id, task);
        return made;
    }

    /// <summary>An activity that says the word only when it runs: the definition is no part of the case.</summary>
    private static JsonObject Saying(JsonObject activity, params string[] inputs)
    {
        foreach (var input in inputs)
        {
            activity[input] = Flows.Input("String", "JavaScript", $"return '{Word[..3]}' + '{Word[3..]}';");
        }

        return activity;
    }

    private async Task FillAsync(GateDesk desk, CaseId id, WorkTask task)
    {
        var organisation = desk.Organisation;
        await using var db = desk.Open();
        var clock = desk.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var people = await db.People.Where(one => one.OrganisationId == organisation).ToListAsync();
        var grants = await db.RoleGrants.Where(one => one.OrganisationId == organisation).ToListAsync();
        Person Of(string user) => people.Single(one => one.UserName == user);
        UnitId? UnitOf(string user) =>
            grants.First(grant => grant.PersonId == Of(user).Id && grant.UnitId is not null).UnitId;
        var file = await db.Cases.SingleAsync(one => one.Id == id);
        (file.Restricted, file.IsPublic, file.Title, file.Outcome) = (true, true, Word, new(Word));
        db.Entry(file).Property(one => one.Number).CurrentValue = Number;
        db.Entry(file).Property(one => one.CommitteeId).CurrentValue = UnitOf("director");
        db.Entry(file).Property(one => one.PlatformId).CurrentValue = UnitOf("head");
        db.Entry(file).Property(one => one.WorkGroupId).CurrentValue = UnitOf("lead");
        var item = new TrackedItem
        {
            OrganisationId = organisation,
            Id = TrackedItemId.New(),
            CaseId = id,
            Number = 777,
            Year = 2026,
            Topic = Word,
            Advice = Word,
            UndertakingUnitId = UnitOf("contact"),
            SupervisorId = Of("supervisor").Id,
            UndertakerId = Of("member").Id,
            ResponsibleOfficeId = UnitOf("director"),
            DueOn = new DateOnly(2026, 12, 31),
            OriginalDueOn = new DateOnly(2026, 12, 31),
            State = TrackedItemState.InProgress,
            OpenedAt = clock,
            InstanceId = file.InstanceId!,
        };
        var document = new CaseDocument
        {
            OrganisationId = organisation,
            Id = DocumentId.New(),
            CaseId = id,
            Kind = "report",
            Title = new(Word),
            FileName = $"{Word}.txt",
            ContentType = "text/plain",
            Content = System.Text.Encoding.UTF8.GetBytes(Word),
            Sha256 = "x",
            At = clock,
        };
        var matter = new Matter
        {
            OrganisationId = organisation,
            Id = MatterId.New(),
            Number = MatterNumber,
            Source = MatterSource.Desk,
            Title = Word,
            Text = Word,
            CaseId = id,
            State = MatterState.InCase,
            PlatformId = UnitOf("head"),
            EnteredById = Of("officer").Id,
            RaisedAt = clock,
            ReceivedAt = clock,
        };
        // A mail from before the restriction names what it is about.
        var sent = await db.Mails.FirstAsync(mail => mail.TaskId == task.Id.Value);
        db.Entry(sent).Property(mail => mail.Subject).CurrentValue = $"[协商] {Word}";
        db.Entry(sent).Property(mail => mail.TextBody).CurrentValue = Word;
        db.Entry(sent).Property(mail => mail.HtmlBody).CurrentValue = $"<html><head></head><body>{Word}</body></html>";
        db.Entry(sent).Property(mail => mail.CaseNumber).CurrentValue = Number;
        var ticket = UploadTicket.New();
        var attachment = AttachmentRules.Begin(
            new UploadEntry
            {
                OrganisationId = organisation,
                Door = AttachmentDoor.Desk,
                Name = $"{Word}.txt",
                Length = 3,
                ById = Of("secretary").Id,
            }, ticket, clock);
        (attachment.CaseId, attachment.Caption, attachment.AttachedAt) = (id, Word, clock);
        (attachment.State, attachment.KeepUntil) = (AttachmentState.Kept, new DateOnly(2020, 1, 1));
        db.AddRange(item, document, matter, attachment,
            new AttachmentContent
            {
                OrganisationId = organisation,
                Id = attachment.ContentId!.Value,
                Sha256 = Word,
                Length = System.Text.Encoding.UTF8.GetByteCount(Word),
                MediaType = "text/plain",
                Place = ContentPlace.Database,
                At = clock,
            },
            new AttachmentPart
            {
                OrganisationId = organisation,
                ContentId = attachment.ContentId.Value,
                Number = 0,
                Bytes = System.Text.Encoding.UTF8.GetBytes(Word),
            },
            new Topic
            {
                OrganisationId = organisation,
                Id = Guid.NewGuid(),
                CaseId = id,
                Title = Word,
                DraftedById = Of("secretary").Id,
                DraftedAt = clock,
                State = TopicState.Confirmed,
            },
            new ProgressEntry
            {
                OrganisationId = organisation,
                Id = Guid.NewGuid(),
                TrackedItemId = item.Id,
                At = clock,
                ById = Of("secretary").Id,
                Percent = 10,
                Progress = Word,
            },
            new CaseRecord
            {
                OrganisationId = organisation,
                Id = Guid.NewGuid(),
                CaseId = id,
                Kind = "research-report",
                Title = new(Word),
                Fields = new() { ["findings"] = Word },
                ById = Of("secretary").Id,
                At = clock,
            },
            new HistoryEntry
            {
                OrganisationId = organisation,
                Id = Guid.CreateVersion7(),
                CaseId = id,
                TrackedItemId = item.Id,
                At = clock,
                Verb = HistoryVerbs.ItemDueMoved,
                Text = new(Word),
            },
            new PlanPhase
            {
                OrganisationId = organisation,
                Id = Guid.NewGuid(),
                CaseId = id,
                Number = 1,
                Key = "weeks-1-2",
                Name = new(Word),
                PlannedFrom = new DateOnly(2026, 11, 30),
                PlannedTo = new DateOnly(2026, 12, 31),
            });
        await db.SaveChangesAsync();
        var link = await db.Set<ActionLink>().FirstAsync(one => one.TaskId == task.Id.Value);
        Token = desk.Services.GetRequiredService<ActionLinkMint>().TokenOf(link)!;
        (TaskNumber, Instance) = (task.Number, file.InstanceId!);
        var execution = (await desk.Services.GetRequiredService<RunJournal>().ExecutionsAsync(Instance, default))[^1];
        Ids["cases"] = Ids["plans"] = id.Value.ToString();
        Ids["tasks"] = Ids["t-task"] = task.Id.Value.ToString();
        Ids["tracking"] = item.Id.Value.ToString();
        Ids["matters"] = matter.Id.Value.ToString();
        Ids["outbox"] = sent.Id.Value.ToString();
        Ids["files"] = attachment.Id.Value.ToString();
        Ids["document"] = document.Id.Value.ToString();
        Ids["people"] = Of("secretary").Id.Value.ToString();
        Ids["units"] = UnitOf("director")!.Value.Value.ToString();
        Ids["execution"] = execution.Id;
    }
}
