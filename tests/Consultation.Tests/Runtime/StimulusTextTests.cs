using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;

namespace Consultation.Tests.Runtime;

public sealed class StimulusTextTests
{
    private static readonly InstanceId Run = new("00112233aabbccdd");

    public static TheoryData<StimulusMessage> Messages => new(
        new StimulusMessage.StartRun("six-step-procedure")
        {
            InstanceId = Run,
            VersionOptions = "Latest",
            VersionId = "v1",
            Input = new Dictionary<string, object?> { ["议题"] = "停车", ["count"] = 3L },
            CorrelationId = "case",
            Name = "一号",
            TriggerActivityId = "t",
            TriggerPayload = "p",
            ParentInstanceId = "parent",
            ParentBookmarkId = "b",
            IgnoreActivationStrategy = true,
            OperationId = "op",
        },
        new StimulusMessage.Resume(Run, "b", new Dictionary<string, object?> { ["outcome"] = "Confirm" })
        {
            WaitIfEarly = true,
            OperationId = "op",
        },
        new StimulusMessage.TimerDue(Run, "b"),
        new StimulusMessage.Publish("Elsa.Event", "bell")
        {
            InstanceId = Run,
            CorrelationId = "c",
            Payload = 1.5,
            StartsRuns = false,
        },
        new StimulusMessage.Retry(Run, "incident") { Attempt = 2 },
        new StimulusMessage.Cancel(Run, "撤销"),
        new StimulusMessage.Continue(Run),
        new StimulusMessage.SetVariables(Run, new Dictionary<string, object?> { ["x"] = null }),
        new StimulusMessage.Migrate(Run, "v2"),
        new StimulusMessage.Outside(
            Run, "http", "b", new Dictionary<string, object?> { ["url"] = "https://example.org" }));

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_comes_back_from_the_inbox_as_it_was(StimulusMessage message)
    {
        var read = StimulusText.Read(StimulusText.KindOf(message), StimulusText.Write(message));

        read.Should().BeOfType(message.GetType());
        read.Should().BeEquivalentTo(message, options => options.RespectingRuntimeTypes());
    }

    [Fact]
    public void A_start_that_carries_entities_cannot_be_enqueued() =>
        FluentActions.Invoking(
            () => StimulusText.Write(new StimulusMessage.StartRun("x") { MakeEntities = () => [new object()] }))
            .Should().Throw<ArgumentException>();

    [Fact]
    public void The_same_cause_gives_the_same_run() =>
        InstanceId.For("trigger@1").Should().Be(InstanceId.For("trigger@1"))
        .And.NotBe(InstanceId.For("trigger@2"));
}
