using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Tests.Mail;

/// <summary>Which mails may be sent again (mail rule 10).</summary>
public sealed class ResendTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_failed_mail_goes_back_into_the_queue_as_if_just_written()
    {
        var mail = Failed("text");

        mail.WhyNotAgain(taskIsOpen: true).Should().BeNull();
        mail.QueueAgain(Now);

        (mail.State, mail.Attempts, mail.NextAttemptAt, mail.NotBefore).Should().Be((MailState.Pending, 0, null, Now));
        mail.WhyNotAgain(taskIsOpen: true).Should().Be(SendAgainResult.NotFailed);
    }

    [Fact]
    public void A_mail_whose_task_is_closed_or_whose_secret_is_gone_stays()
    {
        Failed("text").WhyNotAgain(taskIsOpen: false).Should().Be(SendAgainResult.TaskClosed);
        Failed($"code {MailPlaceholder.Secret}").WhyNotAgain(taskIsOpen: true).Should().Be(SendAgainResult.NoSecret);
    }

    private static OutgoingMail Failed(string text) => new()
    {
        OrganisationId = Guid.NewGuid(),
        Id = MailId.New(),
        RecipientAddress = "li@example.org",
        RecipientName = "李",
        Purpose = "notice",
        Subject = "通知",
        TextBody = text,
        HtmlBody = text,
        Language = "zh",
        MessageId = "<1@example.org>",
        NotBefore = Now.AddDays(-1),
        CreatedAt = Now.AddDays(-1),
        State = MailState.Failed,
        Attempts = 5,
        NextAttemptAt = Now.AddHours(-1),
    };
}
