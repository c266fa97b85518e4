namespace Consultation.Runtime.Runs;

/// <summary>A step that cannot share a session with those before it; in a session of its own it can be taken.</summary>
public sealed class SeparateStepsException(string message) : Exception(message);
