using Consultation.Engine.Definitions;

namespace Consultation.Engine.Running;

/// <summary>
/// Takes one step of a run: one stimulus, executed until nothing is ready. Pure: everything it needs comes in,
/// everything it did goes out as data, and the same input gives the same output.
/// </summary>
public static class Stepper
{
    /// <param name="workflow">The compiled definition that the run was started with.</param>
    /// <param name="state">The run; it is changed.</param>
    /// <param name="stimulus">Why the step is taken.</param>
    /// <param name="environment">All it may know of the world.</param>
    /// <exception cref="InvalidOperationException">The run stands where the workflow has no node, or is started
    /// twice.</exception>
    public static StepResult Run(
        CompiledWorkflow workflow, RunState state, Stimulus stimulus, StepEnvironment environment)
    {
        state.Bind(workflow);
        return new StepExecution(workflow, state, environment).Take(stimulus);
    }
}
