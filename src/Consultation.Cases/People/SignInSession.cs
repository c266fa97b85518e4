namespace Consultation.Cases.People;

/// <summary>
/// One sign-in of a person in one browser. It stands while the row is there: signing out removes it, and with it the
/// use of every copy of its cookie.
/// </summary>
public sealed class SignInSession
{
    /// <summary>How long a session stands that is not used.</summary>
    public static readonly TimeSpan StandsFor = TimeSpan.FromHours(10);

    public required OrganisationId OrganisationId { get; init; }
    public required SessionId Id { get; init; }
    public required PersonId PersonId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last noted as used; noted once in a while only.</summary>
    public required DateTimeOffset SeenAt { get; set; }
}
