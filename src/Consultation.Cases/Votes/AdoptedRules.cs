using Consultation.Cases.Forms;
using Consultation.Cases.Rules;

namespace Consultation.Cases.Votes;

/// <summary>Reads the rules of voting from the rules of procedure that the work group adopted (P32).</summary>
public static class AdoptedRules
{
    /// <summary>The rules that the newest adopted record holds; the organisation's where there is none.</summary>
    public static VoteRules Of(CaseFile file) =>
        Read(In(file)?.Fields ?? new Dictionary<string, string>(), file.Policies.Rules);

    /// <summary>The way of voting that was adopted; the organisation's where none was.</summary>
    public static (VoteMethod Method, bool Secret)? MethodOf(CaseFile file) =>
        VoteWords.WayOf(In(file)?.Fields.Text("voting") is { Length: > 0 } adopted
            ? adopted
            : file.Policies.Rules[RuleKeys.Voting]);

    /// <summary>
    /// The rules in the fields of the form. A quorum that was entered in per cent before shares were exact is read as
    /// the share that was meant: 67 as 2/3.
    /// </summary>
    public static VoteRules Read(IReadOnlyDictionary<string, string> fields, RuleSet house)
    {
        var text = fields.Text("quorum") is { Length: > 0 } adopted ? adopted : house[RuleKeys.Quorum];
        var quorum = Fraction.TryParse(text.Contains('/', StringComparison.Ordinal) ? text : $"{text}%", out var share)
            ? share
            : VoteRules.Default.Quorum;
        return (fields.Text("majority") is { Length: > 0 } passing ? passing : house[RuleKeys.Majority]) switch
        {
            "roster" => new(quorum, Fraction.Half, MoreThan: true, MajorityOf.Eligible),
            "two-thirds" => new(quorum, Fraction.TwoThirds, MoreThan: false, MajorityOf.Present),
            "two-thirds-roster" => new(quorum, Fraction.TwoThirds, MoreThan: false, MajorityOf.Eligible),
            _ => new(quorum, Fraction.Half, MoreThan: true, MajorityOf.Present),
        };
    }

    private static CaseRecord? In(CaseFile file) => file.Records.Find(record => record.Kind == FormKeys.Rules);
}
