namespace Consultation.Cases.Rules;

/// <summary>
/// A rule of <see cref="RuleCatalogue"/> that an organisation has set otherwise than the product. A rule without such a
/// row has the product's value.
/// </summary>
public sealed class HouseRule
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Which rule.</summary>
    public required string Key { get; init; }

    /// <summary>Its value, in the form of its kind.</summary>
    public required string Value { get; set; }
}
