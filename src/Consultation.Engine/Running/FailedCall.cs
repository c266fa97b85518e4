namespace Consultation.Engine.Running;

/// <summary>A call of an activity that failed in the middle of a step.</summary>
/// <param name="Number">The how manyth call of the step it was, from 1.</param>
/// <param name="NodeId">Whose call: another node's call of that number, in data that changed meanwhile, is not
/// meant.</param>
/// <param name="Failure">What went wrong.</param>
public sealed record FailedCall(int Number, string NodeId, Exception Failure);
