using Consultation.Mail.Incoming;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail.Incoming;

/// <summary>A mail says how to reply where a reply is read, and where the task takes one.</summary>
public sealed class ReplyTextTests
{
    [Fact]
    public void The_answers_of_the_task_stand_in_both_parts_and_both_languages()
    {
        var mail = MailMaking.Composer(Replying.Options()).Compose(
            MailMaking.Draft() with { Link = MailMaking.Link(), ReplyWords = [ReplyWord.Agree, ReplyWord.Return] },
            MailMaking.Noon);

        mail.TextBody.Should().Contain("第一行只写“同意”、“退回”中的一个").And.Contain("one of “agree”, “return” alone");
        mail.HtmlBody.Should().Contain("也可以直接回复本邮件").And.NotContain("请不要直接回复");
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(false, true, true)]
    public void Nothing_is_said_of_replying_where_none_counts(bool reads, bool isSensitive, bool hasWords)
    {
        var options = reads ? Replying.Options() : MailMaking.Options();
        var draft = MailMaking.Draft() with
        {
            Link = reads && !isSensitive ? null : MailMaking.Link(),
            Sensitive = isSensitive,
            ReplyWords = hasWords ? [ReplyWord.Agree] : [],
        };

        var mail = MailMaking.Composer(options).Compose(draft, MailMaking.Noon);

        mail.TextBody.Should().NotContain("直接回复");
        mail.HtmlBody.Should().Contain("请不要直接回复");
    }
}
