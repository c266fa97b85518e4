using Consultation.Cases.People;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Web.People;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Feeds;

/// <summary>What the pages of a private calendar address have in common: whose it is, making and revoking it.</summary>
public abstract class FeedBase : OrganisationPage
{
    [Inject]
    internal FeedMint Mint { get; set; } = null!;

    [Inject]
    internal MailOptions Options { get; set; } = null!;

    /// <summary>Whose; null answers "not found".</summary>
    protected Person? Owner { get; set; }

    /// <summary>The page's own address.</summary>
    protected abstract string Here { get; }

    /// <summary>The address to subscribe to; null while there is none, or when it cannot be shown.</summary>
    protected string? Address => Owner is not { } owner ? null : Mint.Address(
        Options.PublicBaseUrl, owner.OrganisationId.Value, owner.Id.Value, owner.FeedNonce, owner.FeedKeyId);

    /// <summary>Says whose it is.</summary>
    protected abstract Person? FindOwner();

    /// <inheritdoc/>
    protected override Task LoadAsync()
    {
        Owner = FindOwner() is { Active: true } owner ? owner : null;
        if (Owner is null) NotFound();
        return Task.CompletedTask;
    }

    /// <summary>Makes a new address, or revokes the one that there is.</summary>
    protected async Task ActAsync()
    {
        if (Owner is not { } owner) return;
        if (Posted["act"] == "revoke")
        {
            Finish(await Edits.RevokeFeedAsync(Edit(), owner.Id, Aborted), Here, "notice.feed-revoked");
            return;
        }

        var (hash, nonce, key) = Mint.Issue(owner.OrganisationId.Value, owner.Id.Value);
        Finish(await Edits.RenewFeedAsync(Edit(), owner.Id, new(hash, nonce, key), Aborted), Here, "notice.feed-made");
    }
}
