namespace Consultation.Engine.Describing;

/// <summary>One text for people in the two languages of the product: Chinese first, English second (O30).</summary>
/// <param name="Zh">The Chinese text.</param>
/// <param name="En">The English text.</param>
public sealed record BilingualText(string Zh, string En)
{
    /// <summary>The empty text.</summary>
    public static BilingualText Empty { get; } = new("", "");

    /// <summary>What is wrong and how to mend it, each given without its full stop, as two sentences.</summary>
    public static BilingualText Sentences(BilingualText what, BilingualText mend) =>
        new($"{what.Zh}。{mend.Zh}。", $"{what.En}. {mend.En}.");

    /// <summary>
    /// The text for a culture name: Chinese for <c>zh</c>, <c>zh-CN</c> and so on, English otherwise.
    /// </summary>
    public string In(string culture) =>
        culture.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;

    public override string ToString() => Zh.Length == 0 || Zh == En ? En : $"{Zh} / {En}";
}
