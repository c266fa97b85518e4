using Consultation.Engine.Running;
using Consultation.Runtime.Incidents;

namespace Consultation.Tests.Runtime;

public sealed class IncidentPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 60)]
    public void An_unforeseen_failure_is_tried_again_after_a_growing_pause(int attempts, int seconds) =>
        IncidentPolicy.Decide(Failure(nameof(InvalidOperationException)), attempts, Pauses, Now)
            .Should().Be(new IncidentDecision.RetryAt(Now.AddSeconds(seconds), attempts + 1));

    [Fact]
    public void When_the_pauses_are_used_up_people_decide() =>
        IncidentPolicy.Decide(Failure(nameof(InvalidOperationException)), 2, Pauses, Now).Should()
            .Be(new IncidentDecision.LeaveToPeople());

    [Theory]
    [InlineData(nameof(ActivityFaultException))]
    [InlineData(nameof(FormatException))]
    public void A_failure_that_the_same_data_always_meets_is_left_to_people(string cause) =>
        IncidentPolicy.Decide(Failure(cause), 0, Pauses, Now).Should().Be(new IncidentDecision.LeaveToPeople());

    private static Incident Failure(string cause) => new("i", null!)
    {
        ActivityId = "a",
        NodeId = "n",
        ActivityType = "t",
        Message = "m",
        CauseType = cause,
        CauseMessage = "c",
        Timestamp = Now,
    };
}
