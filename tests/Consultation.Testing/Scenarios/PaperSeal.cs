using System.Text;
using Consultation.Cases.Screening;

namespace Consultation.Testing.Scenarios;

/// <summary>A seal without keys, which only hides words from a reader.</summary>
public sealed class PaperSeal : IWordSeal
{
    public string Close(string words) => Convert.ToBase64String(Encoding.UTF8.GetBytes(words));

    public string? Open(string closed) => Encoding.UTF8.GetString(Convert.FromBase64String(closed));
}
