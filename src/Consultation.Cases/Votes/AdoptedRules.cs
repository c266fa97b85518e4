using Consultation.Cases.Forms;

namespace Consultation.Cases.Votes;

/// <summary>Reads the rules of voting from the rules of procedure that the work group adopted (P32).</summary>
public static class AdoptedRules
{
    /// <summary>The rules that the newest adopted record holds; those of the product where there is none.</summary>
    public static VoteRules Of(CaseFile file) =>
        In(file) is { } adopted ? Read(adopted.Fields) : VoteRules.Default;

    /// <summary>The way of voting that was adopted; null where none was.</summary>
    public static (VoteMethod Method, bool Secret)? MethodOf(CaseFile file) =>
        VoteWords.WayOf(In(file)?.Fields.Text("voting"));

    /// <summary>
    /// The rules in the fields of the form. A quorum that was entered in per cent before shares were exact is read as
    /// the share that was meant: 67 as 2/3.
    /// </summary>
    public static VoteRules Read(IReadOnlyDictionary<string, string> fields)
    {
        var text = fields.Text("quorum");
        var quorum = Fraction.TryParse(text.Contains('/', StringComparison.Ordinal) ? text : $"{text}%", out var share)
            ? share
            : VoteRules.Default.Quorum;
        return fields.Text("majority") switch
        {
            "roster" => new(quorum, Fraction.Half, MoreThan: true, MajorityOf.Eligible),
            "two-thirds" => new(quorum, Fraction.TwoThirds, MoreThan: false, MajorityOf.Present),
            "two-thirds-roster" => new(quorum, Fraction.TwoThirds, MoreThan: false, MajorityOf.Eligible),
            _ => new(quorum, Fraction.Half, MoreThan: true, MajorityOf.Present),
        };
    }

    private static CaseRecord? In(CaseFile file) => file.Records.Find(record => record.Kind == FormKeys.Rules);
}
