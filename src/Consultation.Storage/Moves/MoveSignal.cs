using Consultation.Runtime.Loops;

namespace Consultation.Storage.Moves;

/// <summary>Lets this process's worker notice a move at once; others find it at their next look.</summary>
internal sealed class MoveSignal
{
    public WakeUp Asked { get; } = new();
}
