using System.Security.Cryptography;
using System.Text;

namespace Consultation.Cases.People;

/// <summary>
/// A key by which a program uses Elsa's API. It acts for the person who made it, within that person's roles and only
/// with the rights that it was made with; when the person leaves, it opens nothing any more.
/// </summary>
public sealed class ApiKey
{
    public required OrganisationId OrganisationId { get; init; }
    public required ApiKeyId Id { get; init; }

    /// <summary>What it is for, in the words of who made it.</summary>
    public required string Name { get; init; }

    /// <summary>What the key's secret hashes to; the secret itself is nowhere.</summary>
    public required string SecretHash { get; init; }

    /// <summary>Elsa's permissions; see <see cref="ApiKeyRights"/>.</summary>
    public required List<string> Rights { get; init; }

    /// <summary>Who made it, and for whom it acts.</summary>
    public required PersonId PersonId { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>From when on it opens nothing.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was last noted as used; noted once in a while only.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>True while it opens something.</summary>
    public bool StandsAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;
}

/// <summary>The rights that a key may be given, in Elsa's names; each has a text in both languages.</summary>
public static class ApiKeyRights
{
    /// <summary>Longest time that a key stands.</summary>
    public const int MostDays = 366;

    /// <summary>All, in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "read:*", "write:workflow-definitions", "publish:workflow-definitions", "retract:workflow-definitions",
        "delete:workflow-definitions", "exec:workflow-definitions", "exec:tests", "trigger:event", "tasks:complete",
        "write:workflow-instances", "cancel:workflow-instances", "run:alterations", "delete:workflow-instances",
        "actions:workflow-definitions:refresh", "actions:workflow-definitions:reload",
    ];
}

/// <summary>
/// A key as a program sends it: which one it is, and the secret. Shown once, when it is made.
/// </summary>
public sealed record ApiKeyText(OrganisationId OrganisationId, ApiKeyId Id, string Secret)
{
    private const string Mark = "csk";

    /// <summary>A new secret of 256 bits for that key.</summary>
    public static ApiKeyText New(OrganisationId organisation, ApiKeyId id) =>
        new(organisation, id, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The key of a header, or null when it is none of ours.</summary>
    public static ApiKeyText? Read(string text) =>
        text.Split('.') is [Mark, var organisation, var id, { Length: 64 } secret]
        && Guid.TryParseExact(organisation, "N", out var owner) && Guid.TryParseExact(id, "N", out var key)
            ? new(new(owner), new(key), secret)
            : null;

    /// <summary>
    /// What is stored of the secret. It is no password that somebody thought of: no guess comes near, so one hash is
    /// enough and costs nothing at every request.
    /// </summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));

    /// <summary>True when the secret is that of the stored key; takes as long for a wrong one.</summary>
    public bool Fits(ApiKey key) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(key.SecretHash));

    /// <inheritdoc/>
    public override string ToString() => $"{Mark}.{OrganisationId.Value:N}.{Id.Value:N}.{Secret}";
}
