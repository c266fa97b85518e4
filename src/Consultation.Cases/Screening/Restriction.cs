using System.Text.Json;

namespace Consultation.Cases.Screening;

/// <summary>Restricts a case and lifts the restriction (O15). Pure but for the case file.</summary>
public static class Restriction
{
    /// <summary>Stands in place of a title.</summary>
    public const string Title = "限制查看事项";

    /// <summary>
    /// Restricts a case and takes the words out of it and its matters: titles and texts become neutral, tags go. What
    /// was taken out is sealed.
    /// </summary>
    public static void Impose(CaseFile file, IWordSeal seal, DateTimeOffset now)
    {
        if (file.Case.Restricted) return;
        file.Add(new SealedWords
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = file.Case.Id,
            Words = seal.Close(JsonSerializer.Serialize(TakenWords.Of(file))),
            At = now,
        });
        Publishing.PublicationRules.WithdrawAll(file, now);
        (file.Case.Restricted, file.Case.IsPublic, file.Case.Title) = (true, false, Title);
        foreach (var matter in file.Matters)
        {
            (matter.Title, matter.Text, matter.Tags) = (Title, "", []);
            (matter.Question, matter.Answer, matter.Scores) = (null, null, null);
        }
    }

    /// <summary>
    /// Exclusions found since then do not hold any more. The restriction goes with them unless another screening still
    /// asks for it, and the words come back. True when it was lifted.
    /// </summary>
    /// <param name="file">The case.</param>
    /// <param name="seal">Opens what was sealed.</param>
    /// <param name="since">Earlier exclusions stand; null lifts all.</param>
    /// <param name="now">The instant.</param>
    public static bool Lift(CaseFile file, IWordSeal seal, DateTimeOffset? since, DateTimeOffset now)
    {
        foreach (var found in file.Screenings.Where(one => one is { Excluded: true, LiftedAt: null }
            && (since is null || one.ScreenedAt >= since)))
        {
            found.LiftedAt = now;
        }

        if (!file.Case.Restricted || file.Screening is { } stands && ScreeningRules.IsRestricted(stands.Answers))
        {
            return false;
        }

        file.Case.Restricted = false;
        GiveBack(file, seal);
        if (file is { Case.Title: Title, Topic.Title: { Length: > 0 } topic }) file.Case.Title = topic;
        return true;
    }

    /// <summary>The case ended excluded: what was sealed is forgotten.</summary>
    public static void Forget(CaseFile file)
    {
        foreach (var kept in file.Sealed) kept.Words = "";
    }

    /// <summary>What was written anew meanwhile stays as it is.</summary>
    private static void GiveBack(CaseFile file, IWordSeal seal)
    {
        foreach (var kept in file.Sealed.Where(one => one.Words.Length > 0).OrderByDescending(one => one.At))
        {
            if (seal.Open(kept.Words) is not { } words
                || JsonSerializer.Deserialize<TakenWords>(words) is not { } taken)
            {
                continue;
            }

            kept.Words = "";
            if (file.Case.Title == Title) file.Case.Title = taken.Title;
            file.Case.IsPublic |= taken.IsPublic;
            foreach (var matter in file.Matters)
            {
                if (matter.Title == Title && taken.Matters.Find(one => one.Id == matter.Id.Value) is { } own)
                {
                    (matter.Title, matter.Text, matter.Tags) = (own.Title, own.Text, own.Tags);
                    (matter.Question, matter.Answer, matter.Scores) = (own.Question, own.Answer, own.Scores);
                }
            }
        }
    }

    /// <summary>What a restriction takes out.</summary>
    private sealed record TakenWords(string Title, bool IsPublic, List<TakenMatter> Matters)
    {
        public static TakenWords Of(CaseFile file) => new(
            file.Case.Title, file.Case.IsPublic,
            [.. file.Matters.Select(one => new TakenMatter(
                one.Id.Value, one.Title, one.Text, one.Tags, one.Question, one.Answer, one.Scores))]);
    }

    private sealed record TakenMatter(
        Guid Id, string Title, string Text, List<string> Tags, string? Question, string? Answer,
        Matters.MatterScores? Scores);
}
