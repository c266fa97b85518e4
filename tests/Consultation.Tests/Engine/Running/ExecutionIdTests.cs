using Consultation.Engine.Running;

namespace Consultation.Tests.Engine.Running;

public sealed class ExecutionIdTests
{
    [Theory]
    [InlineData("4f0c")]
    [InlineData("run-1")]
    public void The_run_is_found_in_the_id(string run)
    {
        ExecutionId.InstanceOf(ExecutionId.Of(run, 17)).Should().Be(run);
        ExecutionId.IsOf(run, ExecutionId.Of(run, 17)).Should().BeTrue();
        ExecutionId.IsOf(run + "-2", ExecutionId.Of(run, 17)).Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("-17")]
    [InlineData("run-")]
    [InlineData("run-one")]
    public void Any_other_text_is_no_such_id(string id) => ExecutionId.InstanceOf(id).Should().BeNull();
}
