using Consultation.Mail.ActionLinks;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail;

public sealed class ActionLinkTests
{
    private readonly MemoryMailStore _store = new();
    private readonly MailClock _clock = new(MailMaking.Noon.AddDays(1));
    private readonly ActionLinkMint _mint = new(MailMaking.Ring);
    private readonly ActionLinkRegister _register;

    public ActionLinkTests() => _register = new(_store, _mint, _clock);

    [Fact]
    public async Task A_fresh_link_names_task_person_outcomes_and_revision()
    {
        var link = Keep(MailMaking.Link());

        var standing = await FindAsync(link);

        standing.Should().BeOfType<LinkStanding.Usable>().Which.Link.Should().BeSameAs(link);
    }

    [Fact]
    public async Task Looking_at_a_link_however_often_changes_nothing()
    {
        var link = Keep(MailMaking.Link());

        await FindAsync(link);
        await FindAsync(link);

        link.Should().BeEquivalentTo(new
        {
            UsedAt = (DateTimeOffset?)null,
            UsedByOperation = (string?)null,
            RevokedAt = (DateTimeOffset?)null,
        });
        (await FindAsync(link)).Should().BeOfType<LinkStanding.Usable>();
    }

    [Fact]
    public async Task A_used_link_tells_when_it_was_used()
    {
        var link = Keep(MailMaking.Link());
        link.UsedAt = MailMaking.Noon.AddHours(1);

        (await FindAsync(link)).Should().Be(new LinkStanding.Used(link, MailMaking.Noon.AddHours(1)));
    }

    [Fact]
    public async Task A_link_is_overtaken_when_its_task_changed_or_closed()
    {
        var changed = Keep(MailMaking.Link(), revision: 2);
        var closed = Keep(MailMaking.Link(), revision: null);

        (await FindAsync(changed)).Should().BeOfType<LinkStanding.Overtaken>();
        (await FindAsync(closed)).Should().BeOfType<LinkStanding.Overtaken>();
    }

    [Fact]
    public async Task A_link_follows_its_task_and_is_used_anew_when_the_answer_was_taken_back()
    {
        var (silent, answered, takenBack) = (MailMaking.Link(), MailMaking.Link(), MailMaking.Link());
        foreach (var link in new[] { silent, answered, takenBack }) Keep(link, revision: 2);
        (answered.UsedAt, takenBack.UsedAt) = (_clock.Now, _clock.Now);

        silent.Follow(2, owesAnswer: true, _clock.Now);
        answered.Follow(2, owesAnswer: false, _clock.Now);
        takenBack.Follow(2, owesAnswer: true, _clock.Now);

        (await FindAsync(silent)).Should().BeOfType<LinkStanding.Usable>();
        (await FindAsync(answered)).Should().BeOfType<LinkStanding.Used>();
        (await FindAsync(takenBack)).Should().BeOfType<LinkStanding.Usable>();
    }

    [Fact]
    public async Task A_link_is_revoked_with_its_task_and_no_later_change_gives_it_back()
    {
        var link = Keep(MailMaking.Link(), revision: 3);

        link.Follow(null, owesAnswer: false, _clock.Now);
        link.Follow(3, owesAnswer: true, _clock.Now);

        (await FindAsync(link)).Should().BeOfType<LinkStanding.Revoked>();
    }

    [Fact]
    public async Task A_revoked_link_opens_nothing()
    {
        var link = Keep(MailMaking.Link());
        link.RevokedAt = MailMaking.Noon;

        (await FindAsync(link)).Should().BeOfType<LinkStanding.Revoked>();
    }

    [Fact]
    public async Task A_link_expires_at_its_instant()
    {
        var link = Keep(MailMaking.Link(expiresAt: _clock.Now));

        (await FindAsync(link)).Should().BeOfType<LinkStanding.Expired>();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("-------------------------------------------")]
    [InlineData("+++++++++++++++++++++++++++++++++++++++++++")]
    [InlineData("../../etc/passwd")]
    public async Task A_forged_link_tells_nothing(string? token)
    {
        Keep(MailMaking.Link());

        (await _register.FindAsync(token, CancellationToken.None)).Should().BeOfType<LinkStanding.Unknown>();
    }

    [Fact]
    public async Task A_row_planted_without_the_key_opens_nothing()
    {
        var token = new string('A', 43);
        var honest = MailMaking.Link();
        var planted = new ActionLink
        {
            OrganisationId = honest.OrganisationId,
            Id = honest.Id,
            TaskId = honest.TaskId,
            PersonId = honest.PersonId,
            Outcomes = ["Confirm"],
            TaskRevision = 1,
            CreatedAt = honest.CreatedAt,
            ExpiresAt = honest.ExpiresAt,
            Nonce = honest.Nonce,
            KeyId = honest.KeyId,
            TokenHash = ActionLinkMint.HashOf(token),
            ReplyHash = "",
        };
        Keep(planted);

        (await _register.FindAsync(token, CancellationToken.None)).Should().BeOfType<LinkStanding.Unknown>();
    }

    [Fact]
    public void The_row_holds_no_token_and_no_two_tokens_are_alike()
    {
        var links = Enumerable.Range(0, 50).Select(_ => MailMaking.Link()).ToList();

        var tokens = links.Select(link => _mint.TokenOf(link)!).ToList();

        tokens.Should().OnlyHaveUniqueItems().And.AllSatisfy(token => token.Should().MatchRegex("^[A-Za-z0-9_-]{43}$"));
        links.Should().AllSatisfy(link => link.Nonce.Length.Should().BeGreaterThanOrEqualTo(16));
        links.Zip(tokens).Should().AllSatisfy(pair => pair.First.TokenHash.Should().NotContain(pair.Second));
    }

    [Fact]
    public void Two_clicks_on_one_link_are_one_operation()
    {
        var link = MailMaking.Link();

        link.OperationId.Should().Be($"link-{link.Id:N}");
    }

    [Fact]
    public void Links_made_before_a_rotation_open_until_their_key_is_forgotten()
    {
        var link = MailMaking.Link();
        var token = _mint.TokenOf(link);

        var rotated = MailMaking.Ring.Rotate(MailMaking.Noon.AddDays(30), forgetBefore: MailMaking.Noon);
        var forgotten = rotated.Rotate(MailMaking.Noon.AddDays(90), forgetBefore: MailMaking.Noon.AddDays(1));

        new ActionLinkMint(rotated).TokenOf(link).Should().Be(token);
        rotated.Current.Should().NotBe(MailMaking.Ring.Current);
        new ActionLinkMint(forgotten).TokenOf(link).Should().BeNull();
    }

    [Fact]
    public void Leaving_the_digest_needs_the_person_s_own_address()
    {
        var leaving = new UnsubscribeLink(MailMaking.Ring);
        var (organisation, person) = (Guid.NewGuid(), Guid.NewGuid());

        var token = leaving.Address(new("https://x.cn/"), organisation, person)["https://x.cn/digest/leave/".Length..];

        leaving.Read(token).Should().Be((organisation, person));
        leaving.Read((token[0] == 'A' ? 'B' : 'A') + token[1..]).Should().BeNull();
        leaving.Read("nonsense").Should().BeNull();
        new UnsubscribeLink(LinkKeyRing.Create(MailMaking.Noon)).Read(token).Should().BeNull();
    }

    private ActionLink Keep(ActionLink link, int? revision = 1)
    {
        _store.Links.Add(link);
        if (revision is { } open)
        {
            _store.OpenTasks[link.TaskId] = open;
        }

        return link;
    }

    private Task<LinkStanding> FindAsync(ActionLink link) =>
        _register.FindAsync(_mint.TokenOf(link), CancellationToken.None);
}
