namespace Consultation.Activities.Notices;

/// <summary>
/// Whom a notice is for, as a workflow writes it: an assignee specification, in which "proposers" may stand too.
/// </summary>
/// <param name="Proposers">The proposers of the case's matters are told, with or without an account.</param>
/// <param name="Others">The rest, for <see cref="Cases.People.AssigneeSpec"/>; empty when there is none.</param>
internal sealed record NoticeRecipients(bool Proposers, string Others)
{
    /// <summary>The word for the proposers.</summary>
    public const string ProposersWord = "proposers";

    public static NoticeRecipients Read(string? text)
    {
        var parts = (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var others = parts.Where(part => part != ProposersWord).ToList();
        return new(others.Count < parts.Length, string.Join(';', others));
    }
}
