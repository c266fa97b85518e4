using Consultation.Mail.ActionLinks;
using Consultation.Testing.Mail;
using CsCheck;

namespace Consultation.Tests.Mail;

/// <summary>
/// What holds of every token: it opens its own link only, and whatever is changed about it opens nothing.
/// </summary>
public sealed class ActionLinkPropertyTests
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly ActionLinkMint Mint = new(MailMaking.Ring);

    [Fact]
    public void A_token_with_any_one_character_changed_opens_nothing() =>
        Gen.Select(Gen.Guid, Gen.Int[0, 42], Gen.Int[0, 63]).Sample((organisation, at, to) =>
        {
            var (link, register) = Kept(organisation);
            var token = Mint.TokenOf(link)!;
            var changed = $"{token[..at]}{Letters[to]}{token[(at + 1)..]}";

            var standing = register.FindAsync(changed, CancellationToken.None).GetAwaiter().GetResult();

            standing.Should().BeOfType(changed == token ? typeof(LinkStanding.Usable) : typeof(LinkStanding.Unknown));
        });

    [Fact]
    public void A_token_cut_or_prolonged_anywhere_opens_nothing() =>
        Gen.Select(Gen.Int[0, 42], Gen.String[1, 50]).Sample((length, more) =>
        {
            var (link, register) = Kept(MailMaking.Organisation);
            var token = Mint.TokenOf(link)!;

            foreach (var wrong in new[] { token[..length], token + more, more + token, token[..length] + more })
            {
                if (wrong == token) continue;
                register.FindAsync(wrong, CancellationToken.None).GetAwaiter().GetResult()
                    .Should().BeOfType<LinkStanding.Unknown>();
            }
        });

    [Fact]
    public void A_row_moved_to_another_organisation_no_longer_fits_its_token() =>
        Gen.Select(Gen.Guid, Gen.Guid).Sample((organisation, other) =>
        {
            var link = MailMaking.Link(organisation: organisation);
            var moved = new ActionLink
            {
                OrganisationId = other,
                Id = link.Id,
                TaskId = link.TaskId,
                PersonId = link.PersonId,
                Outcomes = link.Outcomes,
                TaskRevision = link.TaskRevision,
                CreatedAt = link.CreatedAt,
                ExpiresAt = link.ExpiresAt,
                Nonce = link.Nonce,
                KeyId = link.KeyId,
                TokenHash = link.TokenHash,
                ReplyHash = link.ReplyHash,
            };

            (Mint.TokenOf(moved) == Mint.TokenOf(link)).Should().Be(organisation == other);
        });

    private static (ActionLink Link, ActionLinkRegister Register) Kept(Guid organisation)
    {
        var store = new MemoryMailStore();
        var link = MailMaking.Link(organisation: organisation);
        store.Links.Add(link);
        store.OpenTasks[link.TaskId] = link.TaskRevision;
        return (link, new(store, Mint, new MailClock(MailMaking.Noon.AddDays(1))));
    }
}
