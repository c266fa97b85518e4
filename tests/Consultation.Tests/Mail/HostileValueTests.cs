using System.Text.RegularExpressions;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail;

/// <summary>
/// Every value that a mail shows may come from the public: in every kind of mail, in both languages, none adds a
/// header, a recipient, an element or a direction (mail rule 13).
/// </summary>
public sealed partial class HostileValueTests
{
    private const string Plain = "正常的文字";

    private static readonly string[] Hostile =
    [
        "a\r\nBcc: x@evil.example\r\n\r\nbody", "a\nSubject: b", "a\u2028Bcc: x@evil.example", "a\0b\u0007c",
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' style='position:fixed",
        "</td></table></body>",
        "&lt;b&gt; &#60;b&#62; <!-- x", "\u202Eexe.cod\u202C", "\u2066a\u2069", "x\uFEFF\u200By", "李敏<x@evil.example>",
        "=?utf-8?B?QmNjOiB4QGV2aWwuZXhhbXBsZQ==?=", "{{secret}} {{link:0123456789abcdef0123456789abcdef}}",
        "{% if x %}{{ org }}{% endif %}", "[[按这里]] http://evil.example/", "# 标题\n【编号】伪造\n---\n> 引用",
        "\uD83D\uDE00\uD83D", "ａ；ｂ\u202Eｃ",
    ];

    public static TheoryData<string, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, string>();
            foreach (var kind in MailTemplateCatalogue.Kinds)
            {
                kinds.Add(kind.Key, "zh");
                kinds.Add(kind.Key, "en");
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_value_of_a_mail_adds_a_header_a_recipient_an_element_or_a_direction(string key, string language)
    {
        var draft = MailMaking.Draft(key, language);
        var tried = 0;
        foreach (var name in draft.Values.Where(one => one.Value is string or MailWords
            && !one.Key.EndsWith("link", StringComparison.Ordinal)).Select(one => one.Key))
        {
            var plain = Compose(With(draft, name, Plain));
            var tags = TagsOf(plain);
            foreach (var evil in Hostile)
            {
                var mail = Compose(With(draft, name, evil));
                tried++;

                mail.Subject.Any(char.IsControl).Should().BeFalse($"{key}.{name}: {evil}");
                TagsOf(mail).Should().Equal(tags, $"{key}.{name} adds no element: {evil}");
                (mail.TextBody + mail.HtmlBody + mail.Subject).Should().NotMatchRegex("[\u202A-\u202E\u2066-\u2069\0]",
                    $"{key}.{name}: {evil}");
                mail.RecipientAddress.Should().Be(plain.RecipientAddress);
                mail.LinkIds.Should().Equal(plain.LinkIds);
                Regex.Count(mail.TextBody, "(?m)^【").Should().Be(Regex.Count(plain.TextBody, "(?m)^【"),
                    $"{key}.{name} forges no line of the mail: {evil}");
            }
        }

        tried.Should().BePositive();
    }

    [Fact]
    public void No_name_of_a_recipient_or_an_organiser_does_either()
    {
        foreach (var evil in Hostile)
        {
            var mail = Compose(MailMaking.Draft() with
            {
                Recipient = new("li.min@example.cn", evil),
                Organiser = new("wang@example.cn", evil),
            });

            mail.RecipientName.Any(char.IsControl).Should().BeFalse(evil);
            (mail.OrganiserName ?? "").Any(char.IsControl).Should().BeFalse(evil);
            TagsOf(mail).Should().Equal(TagsOf(Compose(MailMaking.Draft())));
        }
    }

    private static OutgoingMail Compose(MailDraft draft) => MailMaking.Composer().Compose(draft, MailMaking.Noon);

    private static MailDraft With(MailDraft draft, string name, string words) => draft with
    {
        Values = new Dictionary<string, object?>(draft.Values) { [name] = words },
    };

    private static List<string> TagsOf(OutgoingMail mail) => [.. Tag().Matches(mail.HtmlBody)
        // A further line of a value is one of the mail too.
        .Select(match => match.Value).Where(tag => tag != "<br>")];

    [GeneratedRegex("<[a-zA-Z/!][^>]*>")]
    private static partial Regex Tag();
}
