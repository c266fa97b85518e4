using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Mail;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail.Channel;

/// <summary>By which way somebody hears of what, and what stands in a short message.</summary>
public sealed class MessageWayTests
{
    private readonly MailOptions _options = MailMaking.Options();
    private readonly MailTemplateBook _book = new();
    private readonly MemoryMailStore _store = new();

    public MessageWayTests() => _options.Channel.Url = new("https://sms.example.gov.cn/messages");

    public static TheoryData<string, string> Kinds
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var kind in MailTemplateCatalogue.Kinds.Where(kind => kind.Key is not MailTemplateCatalogue.Digest
                and not MailTemplateCatalogue.Welcome and not MailTemplateCatalogue.ReplyKept))
            {
                all.Add(kind.Key, "zh");
                all.Add(kind.Key, "en");
            }

            return all;
        }
    }

    [Theory]
    [InlineData("mail", true, true, "Mail")]
    [InlineData("channel", true, true, "Channel")]
    [InlineData("both", true, true, "Mail,Channel")]
    [InlineData("mail", false, true, "Channel")]
    [InlineData("channel", true, false, "Mail")]
    [InlineData("both", false, true, "Channel")]
    [InlineData("channel", false, false, "")]
    public void The_person_s_choice_counts_as_far_as_there_is_a_way(
        string chosen, bool hasMail, bool hasNumber, string ways)
    {
        var made = Compose(Draft(hasMail, hasNumber, new() { ["task"] = chosen }));

        string.Join(',', made.Select(mail => mail.Way)).Should().Be(ways);
        made.Where(mail => mail.Way == MessageWay.Channel).Select(mail => mail.MailInstead).Distinct()
            .Should().BeSubsetOf([hasMail && chosen == "channel" ? "li.min@example.cn" : null]);
    }

    [Fact]
    public async Task Where_nobody_chose_the_organisation_s_rule_for_the_kind_counts()
    {
        _store.Ways[(MailMaking.Organisation, "reminder")] = "channel";
        await _book.RefreshAsync(_store, default);

        Compose(Draft(true, true, [])).Single().Way.Should().Be(MessageWay.Mail);
        Compose(Draft(true, true, []) with { Template = MailTemplateCatalogue.Reminder }).Single().Way.Should()
            .Be(MessageWay.Channel);
        Compose(Draft(true, true, new() { ["reminder"] = "mail" }) with { Template = MailTemplateCatalogue.Reminder })
            .Single().Way.Should().Be(MessageWay.Mail);
    }

    [Fact]
    public void Without_a_second_channel_everything_goes_by_mail_and_a_number_reaches_nobody()
    {
        _options.Channel.Url = null;

        Compose(Draft(true, true, new() { ["task"] = "channel" })).Single().Way.Should().Be(MessageWay.Mail);
        Compose(Draft(false, true, [])).Should().BeEmpty();
        Composer.Reaches(Draft(false, true, []).Recipient).Should().BeFalse();
    }

    [Fact]
    public void Secrets_and_news_of_failures_never_go_by_the_channel()
    {
        var choice = new Dictionary<string, string> { ["news"] = "channel" };

        Compose(Draft(true, true, choice) with { Template = MailTemplateCatalogue.Undeliverable }).Single().Way
            .Should().Be(MessageWay.Mail);
        Compose(Draft(true, true, choice) with { Template = MailTemplateCatalogue.Welcome, Secret = "Kq7" }).Single()
            .Way.Should().Be(MessageWay.Mail);
        Compose(Draft(false, true, choice) with { Template = MailTemplateCatalogue.Welcome, Secret = "Kq7" }).Should()
            .BeEmpty();
    }

    [Theory]
    [InlineData("2026-03-05T04:00:00Z", "2026-03-05T04:00:00Z")]
    [InlineData("2026-03-05T12:59:00Z", "2026-03-05T12:59:00Z")]
    [InlineData("2026-03-05T13:00:00Z", "2026-03-06T00:00:00Z")]
    [InlineData("2026-03-05T20:00:00Z", "2026-03-06T00:00:00Z")]
    public void A_telephone_rings_at_the_hours_of_the_channel_only(string written, string leaves)
    {
        var now = DateTimeOffset.Parse(written, System.Globalization.CultureInfo.InvariantCulture);

        var made = Composer.ComposeAll(Draft(true, true, new() { ["task"] = "both" }), now);

        made.Single(mail => mail.Way == MessageWay.Mail).NotBefore.Should().Be(now);
        made.Single(mail => mail.Way == MessageWay.Channel).NotBefore.Should().Be(
            DateTimeOffset.Parse(leaves, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Reminders_of_a_day_come_in_one_digest_by_each_way_that_was_chosen()
    {
        var draft = Draft(true, true, new() { ["reminder"] = "both" }) with
        {
            Template = MailTemplateCatalogue.Reminder,
        };
        var due = new[] { "R2026-00031 确定协商议题", "R2026-00040 填报督办进展" }.SelectMany(line => Compose(draft with
        {
            TaskId = Guid.NewGuid(),
            DigestLine = line,
            Link = MailMaking.Link(),
        })).ToList();

        var plans = new DigestBuilder(Composer, _options).Build(due, MailMaking.Noon);

        plans.Select(plan => plan.Mail.Way).Should().BeEquivalentTo([MessageWay.Mail, MessageWay.Channel]);
        plans.Should().OnlyContain(plan => plan.Mail.IsDigest && plan.Carried.Count == 2 && plan.Mail.LinkIds.Count == 2
            && plan.Mail.PersonId == draft.Recipient.PersonId);
        var message = plans.Single(plan => plan.Mail.Way == MessageWay.Channel).Mail;
        message.RecipientAddress.Should().Be("13800000000");
        message.ShortText.Should().Contain("2项任务").And.EndWith(
            MailPlaceholder.Page, "one address, behind which the whole list stands");
        message.TextBody.Should().Contain("R2026-00031").And.Contain("R2026-00040");
    }

    [Fact]
    public void A_digest_by_the_channel_becomes_a_mail_where_the_channel_fails_and_there_is_an_address()
    {
        var due = Compose(Draft(true, true, new() { ["reminder"] = "channel" }) with
        {
            Template = MailTemplateCatalogue.Reminder,
            DigestLine = "R2026-00031 确定协商议题",
        });

        var digest = new DigestBuilder(Composer, _options).Build(due, MailMaking.Noon).Single().Mail;

        digest.AsMail(MailMaking.Noon).Should().BeEquivalentTo(
            new { IsDigest = true, Way = MessageWay.Mail, RecipientAddress = "li.min@example.cn" });
    }

    [Theory]
    [InlineData("13800000000", "13800000000")]
    [InlineData("+86 138 0000 0000，liu@example.com", "13800000000")]
    [InlineData("电话：１３８-００００-００００（晚上）", "13800000000")]
    [InlineData("liu@example.com / 8613800000000", "13800000000")]
    [InlineData("010-6555 0000 转 12", null)]
    [InlineData("工号 213800000000123", null)]
    [InlineData("liu@example.com", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_mobile_number_is_found_in_what_somebody_typed_as_contact_and_a_landline_is_none(
        string? contact, string? number) => Guests.MobileIn(contact).Should().Be(number);

    [Fact]
    public void A_guest_is_reached_by_the_number_of_the_seat_though_without_a_row_of_people()
    {
        var guest = Guests.Make(new(MailMaking.Organisation), PersonId.New(), "刘阿姨", null, "13800000000");
        var seat = Consultation.Cases.Tasks.TaskAssignee.For(
            new(guest, AssigneeBasis.Named, false) { IsGuest = true }, Guid.NewGuid());
        seat = seat.Again(Guid.NewGuid());
        seat.GuestNumber.Should().Be("13800000000");

        var made = Compose(MailMaking.Draft() with
        {
            Recipient = Consultation.Activities.Notices.Recipients.Of(guest),
            Link = MailMaking.Link(),
        });

        made.Single().Should().BeEquivalentTo(
            new { Way = MessageWay.Channel, RecipientAddress = "13800000000", PersonId = guest.Id.Value });
    }

    [Fact]
    public void Two_people_without_mail_have_messages_of_their_own_about_one_task()
    {
        var draft = Draft(false, true, []) with { TaskId = Guid.NewGuid() };
        var other = draft with { Recipient = draft.Recipient with { ChannelAddress = "13900000000" } };

        Compose(draft).Single().MessageId.Should().NotBe(Compose(other).Single().MessageId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_words_that_fit_a_text_message_and_end_with_a_link(string kind, string language)
    {
        var link = MailMaking.Link();
        var draft = Draft(false, true, []) with
        {
            Template = kind,
            Link = link,
            Values = MailTemplateCatalogue.Examples(kind),
        };

        var made = Compose(draft with { Recipient = draft.Recipient with { Language = language } }).Single();

        made.ShortText.Should().NotContainAny("\n", "{%", "：。", "“”");
        MailTemplateCatalogue.KindOf(kind).Should().BeOneOf(MessageWays.Kinds.Select(one => one.Key));
        var real = made.ShortText!.Replace(
            link.Placeholder, $"https://xieshang.example.gov.cn/link/{new string('x', 43)}");
        real.Length.Should().BeLessThanOrEqualTo(200);
        real.Should().MatchRegex(@"https://xieshang\.example\.gov\.cn/\S+$");
        real.Should().NotContain("{{");
        real.Should().NotContain("退订");
    }

    [Fact]
    public void Long_names_are_cut_and_the_link_never()
    {
        var link = MailMaking.Link();
        var draft = Draft(false, true, []);
        var values = new Dictionary<string, object?>(draft.Values)
        {
            ["task_title"] = new string('长', 500),
            ["org"] = new string('名', 300) + "\r\nBcc: x",
        };

        var made = Compose(draft with { Values = values, Link = link }).Single();

        made.ShortText.Should().EndWith(link.Placeholder).And.NotContain("\n");
        (made.ShortText!.Length - link.Placeholder.Length).Should().BeLessThan(130);
    }

    [Fact]
    public void Of_a_restricted_case_the_message_says_only_that_there_is_a_task()
    {
        var made = Compose(Draft(false, true, []) with { Sensitive = true, Link = MailMaking.Link() }).Single();

        made.ShortText.Should().NotContainAny("确定协商议题", "XS2026-00012", "加装电梯").And.Contain("R2026-00031");
        made.CaseNumber.Should().BeNull();
    }

    [Fact]
    public void An_organisation_s_own_words_count_and_empty_ones_mean_the_product_s()
    {
        var own = MailTemplateCatalogue.Default(MailTemplateCatalogue.ApprovalRequest, "zh");
        _book.Replace([Own(own, "请办{{ task_number }}：{{ link }}")], new HashSet<Guid>());
        Compose(Draft(false, true, [])).Single().ShortText.Should().StartWith("请办R2026-00031：");

        var link = MailMaking.Link();
        _book.Replace([Own(own, "请办{{ task_number }}", 2)], new HashSet<Guid>());
        Compose(Draft(false, true, []) with { Link = link }).Single().ShortText.Should().EndWith(
            $" {link.Placeholder}", "who is asked for something gets the way to it");

        _book.Replace([Own(own, null, 1)], new HashSet<Guid>());
        Compose(Draft(false, true, [])).Single().ShortText.Should().Contain("请您审批");
    }

    [Theory]
    [InlineData("13800000000", true)]
    [InlineData("wang.qiang@dingtalk:87", true)]
    [InlineData("", true)]
    [InlineData("138 0000 0000", true)]
    [InlineData("１３８００００００００", true)]
    [InlineData("a/b", false)]
    [InlineData("张三", false)]
    [InlineData("1<script>", false)]
    public void An_address_in_the_channel_holds_no_signs_that_mean_something_elsewhere(string address, bool isFine)
    {
        (MessageWays.CheckAddress("channel-address", address) is null).Should().Be(isFine);
    }

    private MailComposer Composer => MailMaking.Composer(_options, _book);

    private IReadOnlyList<OutgoingMail> Compose(MailDraft draft) => Composer.ComposeAll(draft, MailMaking.Noon);

    private static MailTemplate Own(MailTemplate from, string? words, int minutes = 0) => new()
    {
        OrganisationId = MailMaking.Organisation,
        Key = from.Key,
        Language = from.Language,
        Subject = from.Subject,
        Text = from.Text,
        ShortText = words,
        UpdatedAt = MailMaking.Noon.AddMinutes(minutes),
    };

    private static MailDraft Draft(bool hasMail, bool hasNumber, Dictionary<string, string> ways)
    {
        var draft = MailMaking.Draft();
        return draft with
        {
            Recipient = new(hasMail ? "li.min@example.cn" : "", "李敏", "zh", Guid.NewGuid())
            {
                ChannelAddress = hasNumber ? "13800000000" : null,
                Ways = ways,
            },
        };
    }
}
