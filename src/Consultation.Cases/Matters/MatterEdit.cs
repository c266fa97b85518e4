using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Matters;

/// <summary>The fields of a matter as they shall be.</summary>
public sealed record MatterEdit
{
    public required string Title { get; init; }
    public required string Text { get; init; }
    public string? Place { get; init; }
    public string? Category { get; init; }
    public string? ProposerGroup { get; init; }
    public string? ProposerName { get; init; }
    public string? ProposerPhone { get; init; }
    public string? ProposerEmail { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Why, if it needs saying.</summary>
    public string? Reason { get; init; }

    /// <summary>The edit that changes nothing.</summary>
    public static MatterEdit Of(Matter matter) => new()
    {
        Title = matter.Title,
        Text = matter.Text,
        Place = matter.Place,
        Category = matter.OrderCategory,
        ProposerGroup = matter.ProposerGroup,
        ProposerName = matter.ProposerName,
        ProposerPhone = matter.ProposerPhone,
        ProposerEmail = matter.ProposerEmail,
        Tags = matter.Tags,
    };

    internal MatterEdit Cleaned() => this with
    {
        Title = TypedText.Line(Title),
        Text = TypedText.Prose(Text),
        Place = OrNull(TypedText.Line(Place)),
        Category = OrNull(TypedText.Line(Category)),
        ProposerGroup = OrNull(TypedText.Line(ProposerGroup)),
        ProposerName = OrNull(TypedText.Line(ProposerName)),
        ProposerPhone = OrNull(TypedText.Code(ProposerPhone)),
        ProposerEmail = OrNull(TypedText.Address(ProposerEmail)),
        Reason = OrNull(TypedText.Prose(Reason)),
    };

    /// <summary>The rules of an entry; tags that the matter has already may be ones no longer offered.</summary>
    internal IReadOnlyList<FieldError> Check(
        Matter matter, OrganisationDirectory directory, IUseCaseMail mail, DateTimeOffset now)
    {
        var entry = new MatterEntry
        {
            OrganisationId = matter.OrganisationId,
            Source = matter.Source,
            Title = Title,
            Text = Text,
            Place = Place,
            ProposerGroup = ProposerGroup,
            ProposerName = ProposerName,
            ProposerPhone = ProposerPhone,
            ProposerEmail = ProposerEmail,
            Tags = [.. Tags.Except(matter.Tags)],
            OperationId = "",
        };
        List<FieldError?> errors =
        [
            .. MatterRules.Check(entry, directory, now),
            ContactRules.Length("category", new("工单类别", "Category"), Category, 0, MatterRules.LongestPlace),
            ContactRules.Length("reason", new("更正说明", "Why"), Reason, 0, MatterScores.LongestReason),
            ContactRules.Email("proposer-email", ProposerEmail, mail),
        ];
        return [.. errors.OfType<FieldError>()];
    }

    /// <summary>Changes the matter; answers what was changed.</summary>
    internal List<MatterChange> Apply(Matter matter)
    {
        var changes = new List<MatterChange>();
        Set("title", matter.Title, Title, value => matter.Title = value!);
        Set("text", matter.Text, Text, value => matter.Text = value!);
        Set("place", matter.Place, Place, value => matter.Place = value);
        Set("category", matter.OrderCategory, Category, value => matter.OrderCategory = value);
        Set("group", matter.ProposerGroup, ProposerGroup, value => matter.ProposerGroup = value);
        Set("name", matter.ProposerName, ProposerName, value => matter.ProposerName = value, personal: true);
        Set("phone", matter.ProposerPhone, ProposerPhone, value => matter.ProposerPhone = value, personal: true);
        Set("email", matter.ProposerEmail, ProposerEmail, value => matter.ProposerEmail = value, personal: true);
        if (!matter.Tags.Order(StringComparer.Ordinal).SequenceEqual(Tags.Distinct().Order(StringComparer.Ordinal)))
        {
            changes.Add(new("tags", string.Join(' ', matter.Tags), string.Join(' ', Tags)));
            matter.Tags = [.. Tags.Distinct()];
        }

        return changes;

        void Set(string field, string? before, string? after, Action<string?> set, bool personal = false)
        {
            if (before == after) return;
            set(after);
            changes.Add(personal ? new(field, "", "") : new(field, Cut(before), Cut(after)));
        }
    }

    /// <summary>A long text is kept in the history up to here: what changed in it is seen, not stored twice.</summary>
    private static string Cut(string? text) => text is not { Length: > 500 } ? text ?? ""
        : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, 500)}… ({text.Length})");

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
