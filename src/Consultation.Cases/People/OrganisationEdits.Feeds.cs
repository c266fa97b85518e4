namespace Consultation.Cases.People;

/// <summary>The secret of a new private calendar address, as it is stored.</summary>
/// <param name="Hash">What the token hashes to.</param>
/// <param name="Nonce">From what the token is computed.</param>
/// <param name="KeyId">With which key.</param>
public sealed record FeedSecret(string Hash, byte[] Nonce, string KeyId);

/// <content>Private calendar addresses.</content>
public sealed partial class OrganisationEdits
{
    /// <summary>
    /// Gives the person a private calendar address, in place of the one before, which opens nothing from now on.
    /// </summary>
    public Task<EditResult> RenewFeedAsync(
        OrganisationEdit edit, PersonId person, FeedSecret secret, CancellationToken cancellationToken) =>
        RunAsync(edit, FeedSubject(person), (session, now) =>
        {
            if (session.File.Directory.Find(person) is not { Active: true } row)
            {
                return new EditOutcome.Wrong("", "此人不存在或已离任。", "The person does not exist or has left.");
            }

            (row.FeedHash, row.FeedNonce, row.FeedKeyId, row.FeedMadeAt) =
                (secret.Hash, secret.Nonce, secret.KeyId, now);
            return new EditOutcome.Changed(row.Id.Value, FeedSubject(person), new(
                $"生成了{row.Name}的日历订阅地址", $"made a private calendar address for {row.Name}"));
        }, cancellationToken);

    /// <summary>Ends the address: nothing is to be had by it any more.</summary>
    public Task<EditResult> RevokeFeedAsync(
        OrganisationEdit edit, PersonId person, CancellationToken cancellationToken) =>
        RunAsync(edit, FeedSubject(person), (session, _) =>
        {
            if (session.File.Directory.Find(person) is not { FeedHash: not null } row)
            {
                return new EditOutcome.AsItWas(person.Value);
            }

            TakeFeed(row);
            return new EditOutcome.Changed(row.Id.Value, FeedSubject(person), new(
                $"作废了{row.Name}的日历订阅地址", $"revoked the private calendar address of {row.Name}"));
        }, cancellationToken);

    private static void TakeFeed(Person row) =>
        (row.FeedHash, row.FeedNonce, row.FeedKeyId, row.FeedMadeAt) = (null, null, null, null);

    private static string FeedSubject(PersonId person) => $"feed:{person.Value:N}";
}
