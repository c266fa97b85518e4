using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;
using District = Consultation.Testing.Scenarios.District;

namespace Consultation.Tests.Activities.Notices;

/// <summary>Who handed in a matter hears of it by mail or by the second channel, by the rules for everybody.</summary>
public sealed class ProposerMessageTests
{
    private const string Secret = "AB12CD34";
    private readonly District _district = new();
    private readonly MailOptions _options = MailMaking.Options();
    private readonly MailTemplateBook _book = new();

    public ProposerMessageTests() => _options.Channel.Url = new("https://sms.example.gov.cn/messages");

    [Fact]
    public void Who_left_a_mobile_number_alone_gets_the_number_of_the_matter_and_an_address_that_asks_for_the_code()
    {
        var receipt = Receipt(Matter(null, "138 0000 0000")).Single();

        receipt.Should().BeEquivalentTo(
            new { Way = MessageWay.Channel, RecipientAddress = "13800000000", Secret = (string?)null });
        receipt.ShortText.Should().Contain("SX2026-000002").And.Contain("follow?n=SX2026-000002")
            .And.NotContain("{{").And.NotContain(Secret);
        receipt.TextBody.Should().NotContain(MailPlaceholder.Secret);
    }

    [Fact]
    public void A_code_goes_by_mail_alone_where_there_is_an_address()
    {
        var receipt = Receipt(Matter("an@mail.example.com", "13800000000")).Single();

        receipt.Should().BeEquivalentTo(
            new { Way = MessageWay.Mail, RecipientAddress = "an@mail.example.com", Secret });
    }

    [Theory]
    [InlineData("an@mail.example.com", "13800000000", "channel", "Channel")]
    [InlineData("an@mail.example.com", "13800000000", "both", "Mail,Channel")]
    [InlineData("an@mail.example.com", "13800000000", "mail", "Mail")]
    [InlineData("an@mail.example.com", null, "channel", "Mail")]
    [InlineData(null, "13800000000", "mail", "Channel")]
    [InlineData(null, "010-6555 0000", "mail", "")]
    [InlineData(null, null, "both", "")]
    public async Task By_which_way_news_go_says_the_rule_of_the_organisation(
        string? mail, string? phone, string rule, string ways)
    {
        var store = new MemoryMailStore();
        store.Ways[(_district.Organisation.Id.Value, "news")] = rule;
        await _book.RefreshAsync(store, default);

        var told = Mails.Merged(Matter(mail, phone), Matter(null, null), Snapshot, MailMaking.Noon)
            .Cast<OutgoingMail>().ToList();

        string.Join(',', told.Select(one => one.Way)).Should().Be(ways);
        told.Where(one => one.Way == MessageWay.Channel).Should().NotContain(one => one.MailInstead
            != (rule == "channel" ? mail : null), "where the channel fails for good the mail goes instead");
    }

    [Fact]
    public void Without_a_second_channel_a_number_reaches_nobody()
    {
        _options.Channel.Url = null;

        Receipt(Matter(null, "13800000000")).Should().BeEmpty();
    }

    private UseCaseMail Mails => new(MailMaking.Composer(_options, _book));

    private OrganisationSnapshot Snapshot => new(1, _district.Directory, _district.Calendar, PolicySet.None);

    private IReadOnlyList<OutgoingMail> Receipt(Matter matter) =>
        [.. Mails.Receipt(matter, Secret, Snapshot, MailMaking.Noon).Cast<OutgoingMail>()];

    private Matter Matter(string? mail, string? phone) => new()
    {
        OrganisationId = _district.Organisation.Id,
        Id = MatterId.New(),
        Number = "SX2026-000002",
        Source = MatterSource.PublicForm,
        Title = "河边太黑",
        Text = "河边步道夜间没有照明。",
        ProposerEmail = mail,
        ProposerPhone = phone,
        RaisedAt = MailMaking.Noon,
        ReceivedAt = MailMaking.Noon,
    };
}
