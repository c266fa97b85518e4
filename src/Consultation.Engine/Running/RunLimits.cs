namespace Consultation.Engine.Running;

/// <summary>Words for runs that ask for too much.</summary>
internal static class RunLimits
{
    public static ActivityFaultException TooManyActivities(long limit) => new(
        $"流程已执行超过 {limit} 个步骤，可能陷入循环；请检查循环的结束条件 / The run has executed more than {limit} "
        + "activities and probably loops for ever; check the condition that ends the loop.",
        code: "too-many-activities");

    public static ActivityFaultException TooLong() => new(
        "超过了允许的时间，已经停下；请检查是否有不会结束的循环 / It took longer than allowed and was stopped; look for a loop "
        + "that never ends.",
        code: "too-long");
}
