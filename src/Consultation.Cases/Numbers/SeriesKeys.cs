namespace Consultation.Cases.Numbers;

/// <summary>Number series that the product itself counts. Workflows may name further ones (O32).</summary>
public static class SeriesKeys
{
    /// <summary>Cases, unless a workflow names another series.</summary>
    public const string Case = "case";

    /// <summary>Matters.</summary>
    public const string Matter = "matter";

    /// <summary>Tasks.</summary>
    public const string Task = "task";

    /// <summary>Lines of the annex, which are tracked items.</summary>
    public const string AnnexRow = "annex-row";

    /// <summary>Opinions on topics that are consulted on online.</summary>
    public const string Opinion = "opinion";

    /// <summary>Sign-ups for meetings.</summary>
    public const string SignUp = "signup";

    /// <summary>Documents of a kind.</summary>
    public static string Of(string documentKind) => $"document:{documentKind}";
}
