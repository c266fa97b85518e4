using System.Diagnostics.Metrics;
using Consultation.Cases.Tasks;

namespace Consultation.Web.Links;

/// <summary>
/// Counts what is decided by the links of mails. Only what became of an answer, never whose or by which link.
/// </summary>
public static class LinkTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Consultation.Web";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Decisions =
        Meter.CreateCounter<long>(
            "consultation.link.decisions", "{decision}", "Answers posted by the link of a mail, by result.");

    internal static void Answered(AnswerResult result) =>
        Decisions.Add(1, KeyValuePair.Create<string, object?>("consultation.link.result", result.GetType().Name));
}
