namespace Consultation.Cases.Workflows;

/// <summary>What a step's time limit counts from, as a workflow writes it.</summary>
public static class CountedFrom
{
    /// <summary>The moment when the step is reached.</summary>
    public const string Now = "now";

    /// <summary>The first day of the ten-week plan (P14).</summary>
    public const string PlanStart = "startDate";

    /// <summary>The day of the case's meeting; spans lead back from it when negative.</summary>
    public const string Meeting = "meeting";
}
