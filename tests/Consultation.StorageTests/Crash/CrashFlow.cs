using Consultation.Cases;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Runs;

namespace Consultation.StorageTests.Crash;

/// <summary>
/// A workflow whose every step leaves traces in all kinds of tables: two decisions with a timer between them.
/// </summary>
internal static class CrashFlow
{
    public const string DecisionName = "Test.Decision";

    public static ActivityType Decision { get; } = new(
        ActivityDescriptorBuilder.Activity(DecisionName, "决定", "Decision").Build(), _ => new DecisionActivity());

    public static WorkflowDefinition Definition { get; } = Flows.Sequence(
        "crash",
        Flows.Activity("first", DecisionName),
        Flows.Delay("nap", "00:00:00.050"),
        Flows.Activity("second", DecisionName),
        Flows.Delay("rest", "00:00:00.050"),
        Flows.WriteLine("end", "end"));

    private sealed class DecisionActivity : Activity
    {
        public override void Execute(ActivityContext context)
        {
            var file = (CaseFile)context.Host!;
            var bookmark = context.CreateBookmark(new BookmarkRequest());
            file.Add(Record(file, "opened", $"{file.NextNumber("task", 2026)}", context.Now));
            file.Add(Mail(file, bookmark.Id, context.Now));
        }

        public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
        {
            var file = (CaseFile)context.Host!;
            file.Add(Record(file, "decided", bookmark.Id, context.Now));
            context.Answer(payload);
            context.Complete();
        }
    }

    private static CaseRecord Record(CaseFile file, string kind, string value, DateTimeOffset now) => new()
    {
        OrganisationId = file.Case.OrganisationId,
        Id = Guid.CreateVersion7(),
        CaseId = file.Case.Id,
        Kind = kind,
        Title = new LocalText(value),
        Fields = new() { ["value"] = value },
        ById = new PersonId(Guid.Empty),
        At = now,
    };

    private static OutgoingMail Mail(CaseFile file, string bookmark, DateTimeOffset now) => new()
    {
        OrganisationId = file.Case.OrganisationId.Value,
        Id = MailId.New(),
        CaseId = file.Case.Id.Value,
        RecipientAddress = "li@example.org",
        RecipientName = "李",
        Purpose = "approval-request",
        Subject = bookmark,
        TextBody = "",
        HtmlBody = "",
        Language = "zh",
        MessageId = $"<{bookmark}@example.org>",
        NotBefore = now,
        CreatedAt = now,
    };
}
