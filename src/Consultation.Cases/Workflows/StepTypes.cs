namespace Consultation.Cases.Workflows;

/// <summary>Type names of the workflow steps that readers of workflows look for.</summary>
public static class StepTypes
{
    /// <summary>The case enters a step or a phase.</summary>
    public const string EnterStep = "Consultation.EnterStep";

    /// <summary>Somebody is given work.</summary>
    public const string RequestWork = "Consultation.RequestWork";

    /// <summary>People decide.</summary>
    public const string RequestApproval = "Consultation.RequestApproval";

    /// <summary>The workflow waits for a working day; also the name of its bookmark.</summary>
    public const string Wait = "Consultation.Wait";
}
