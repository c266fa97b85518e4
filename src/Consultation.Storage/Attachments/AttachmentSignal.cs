using Consultation.Runtime.Loops;

namespace Consultation.Storage.Attachments;

/// <summary>
/// Lets this process's worker notice a file that has arrived at once; others find it at their next look.
/// </summary>
public sealed class AttachmentSignal
{
    internal WakeUp Arrived { get; } = new();
}
