using System.Runtime.CompilerServices;
using System.Text;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail;

/// <summary>
/// Every mail as people get it, held in files beside this test. A change fails and writes what was received beside the
/// file: look at it, then put it in the file's place.
/// </summary>
public sealed class RenderedMailTests
{
    public static TheoryData<string, string> Mails()
    {
        var mails = new TheoryData<string, string>();
        foreach (var kind in MailTemplateCatalogue.Kinds)
        {
            mails.Add(kind.Key, "zh");
            mails.Add(kind.Key, "en");
        }

        return mails;
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void Every_mail_reads_as_approved(string key, string language)
    {
        var mail = MailMaking.Composer().Compose(MailMaking.Draft(key, language), MailMaking.Noon);

        var text = Differs($"{key}.{language}.txt", $"Subject: {mail.Subject}\n\n{mail.TextBody}");
        var html = Differs($"{key}.{language}.html", mail.HtmlBody);

        new[] { text, html }.Should()
            .AllSatisfy(file => file.Should().BeNull("it was approved otherwise; look at the .received file"));
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void Every_mail_is_whole_without_anything_remote_and_leaves_no_template_behind(string key, string language)
    {
        var mail = MailMaking.Composer().Compose(MailMaking.Draft(key, language), MailMaking.Noon);

        mail.Subject.Should().StartWith("[协商] ");
        mail.HtmlBody.Should()
            .NotContain("<img").And.NotContain("<link").And.NotContain("<script").And.NotContain("src=");
        foreach (var part in new[] { mail.Subject, mail.TextBody, mail.HtmlBody })
        {
            part.Should().NotContain("{%").And.NotContain("{{");
        }

        mail.TextBody.Should()
            .MatchRegex(@"\p{IsCJKUnifiedIdeographs}").And.MatchRegex("[a-z]{4,} [a-z]{2,}", "both languages, always");
        mail.TextBody.Should().NotContain("<").And.NotContain("【】");
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void No_mail_asks_for_a_reply_at_whose_foot_stands_not_to_reply(string key, string language)
    {
        var mail = MailMaking.Composer().Compose(MailMaking.Draft(key, language), MailMaking.Noon);

        mail.TextBody.Should().NotMatchRegex("(?s)(直接回复本邮件|answer this mail).*(请不要直接回复|do not reply)");
    }

    [Theory]
    [InlineData("zh", "请您答复", "打开并答复", "2026年")]
    [InlineData("en", "Please answer", "Open and answer", "2026")]
    public void Who_is_asked_for_an_answer_is_not_told_to_take_note(
        string language, string says, string button, string day)
    {
        var mail = With(MailTemplateCatalogue.AcknowledgementRequest, language, "replies", true);

        mail.Subject.Should().Contain(says);
        mail.TextBody.Should().Contain(button).And.Contain(day).And.NotContain("知悉").And.NotContain("take note");
    }

    [Fact]
    public void Only_a_meeting_that_is_off_is_called_cancelled()
    {
        var off = With(MailTemplateCatalogue.MeetingCancelled, "zh", "called_off", true);
        var replaced = With(MailTemplateCatalogue.MeetingCancelled, "zh", "called_off", false);

        off.Subject.Should().Contain("会议取消通知");
        replaced.Subject.Should().Contain("您不必再参加会议").And.NotContain("取消");
        replaced.TextBody.Should().Contain("照常举行").And.Contain("The meeting takes place");
    }

    private static OutgoingMail With(string key, string language, string name, object value)
    {
        var draft = MailMaking.Draft(key, language);
        return MailMaking.Composer().Compose(
            draft with { Values = new Dictionary<string, object?>(draft.Values) { [name] = value } }, MailMaking.Noon);
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void A_mail_about_a_matter_without_a_number_still_says_what_it_is_about(string key, string language)
    {
        var draft = MailMaking.Draft(key, language);
        if (draft.Values.GetValueOrDefault("case_title") is not string title) return;

        var mail = With(key, language, "case_number", "");

        mail.TextBody.Should().Contain(title).And.NotContain($"】 {title}").And.NotContain($"】  {title}");
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void Chinese_stands_before_English(string key, string language)
    {
        var mail = MailMaking.Composer().Compose(MailMaking.Draft(key, language), MailMaking.Noon);

        mail.HtmlBody.IndexOf("<div lang=\"zh-CN\">", StringComparison.Ordinal).Should().BePositive()
            .And.BeLessThan(mail.HtmlBody.IndexOf("<div lang=\"en\"", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void Where_the_organisation_leaves_the_English_out_only_who_chose_English_gets_it(
        string key, string language)
    {
        var book = new MailTemplateBook();
        book.Replace([], new HashSet<Guid> { MailMaking.Organisation });
        var draft = MailMaking.Draft(key, language);

        var mail = MailMaking.Composer(book: book).Compose(draft, MailMaking.Noon);
        var elsewhere = MailMaking.Composer(book: book).Compose(
            draft with { OrganisationId = Guid.NewGuid() }, MailMaking.Noon);

        elsewhere.TextBody.Should().Be(MailMaking.Composer().Compose(draft, MailMaking.Noon).TextBody);
        if (language == "en")
        {
            mail.TextBody.Should().Be(elsewhere.TextBody, "a person's language wins");
            return;
        }

        var html = System.Text.RegularExpressions.Regex.Replace(mail.HtmlBody, "(?s)<style>.*?</style>|<[^>]*>", " ");
        foreach (var body in new[] { mail.TextBody, html })
        {
            body.Should().NotMatchRegex("[A-Za-z]{3,}[ ,;]+[a-z]{2,}").And.NotContain("Consultation");
            body.Should().NotContain(new string('-', 40));
        }

        mail.HtmlBody.Should().NotContain("lang=\"en\"").And.Contain("</html>");
        (mail.HtmlBody.Split("<div").Length - mail.HtmlBody.Split("</div>").Length).Should().Be(0, "all is closed");
        elsewhere.TextBody.Should().StartWith(mail.TextBody.TrimEnd(), "nothing else changes");
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void Days_and_times_stand_in_the_English_part_in_English(string key, string language)
    {
        var mail = MailMaking.Composer().Compose(MailMaking.Draft(key, language), MailMaking.Noon);

        foreach (var english in new[] { mail.TextBody.Split(new string('-', 40))[1],
            mail.HtmlBody.Split("<div lang=\"en\"")[1] })
        {
            english.Should().NotMatchRegex("[0-9] ?(年|月|日|个工作日)");
        }
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void Every_value_that_a_template_shows_is_in_its_catalogue(string key, string language)
    {
        var template = MailTemplateCatalogue.Default(key, language);
        var known = MailTemplateCatalogue.Examples(key).Keys;

        var shown = System.Text.RegularExpressions.Regex
            .Matches(template.Subject + template.Text,
                @"\{\{\s*(\w+)|\{%\s*(?:if|unless)\s+(\w+)|\{%\s*for\s+\w+\s+in\s+(\w+)")
            .Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value)
            .Where(name => name != "line");

        shown.Should().BeSubsetOf(known);
    }

    /// <summary>The file's name when what was received is not what was approved.</summary>
    private static string? Differs(string name, string received, [CallerFilePath] string here = "")
    {
        var approved = Path.Combine(Path.GetDirectoryName(here)!, "Rendered", name);
        if (File.Exists(approved) && File.ReadAllText(approved, Encoding.UTF8) == received)
        {
            return null;
        }

        File.WriteAllText(approved + ".received", received, new UTF8Encoding(false));
        return name;
    }
}
