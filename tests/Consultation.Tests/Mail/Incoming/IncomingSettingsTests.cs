using System.ComponentModel.DataAnnotations;
using Consultation.Mail;
using Consultation.Mail.Incoming;
using Consultation.Mail.Smtp;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail.Incoming;

/// <summary>Settings of reading mail that contradict each other are refused with both names.</summary>
public sealed class IncomingSettingsTests
{
    [Fact]
    public void Nothing_is_read_unless_asked_for_and_the_usual_settings_are_right()
    {
        new MailOptions().Incoming.Source.Should().Be(IncomingSource.None);
        Problems(new MailOptions()).Should().BeEmpty();
        Problems(Replying.Options()).Should().BeEmpty();
    }

    public static TheoryData<string, Action<MailOptions>, string[]> Wrong() => new()
    {
        { "replies without reading", one => one.Incoming.Source = IncomingSource.None,
            ["Mail:Incoming:ReplyAddress", "Mail:Incoming:Source"] },
        { "replies without a relay", one => one.Incoming.AuthServId = " ",
            ["Mail:Incoming:ReplyAddress", "Mail:Incoming:AuthServId"] },
        { "no token", one => one.Incoming.ReplyAddress = "xieshang@example.gov.cn", ["Mail:Incoming:ReplyAddress"] },
        { "token behind the @", one => one.Incoming.ReplyAddress = "x@{token}.example.gov.cn",
            ["Mail:Incoming:ReplyAddress"] },
        { "two tokens", one => one.Incoming.ReplyAddress = "x{token}{token}@example.gov.cn",
            ["Mail:Incoming:ReplyAddress"] },
        { "too long", one => one.Incoming.ReplyAddress = $"{new string('x', 40)}{{token}}@example.gov.cn",
            ["Mail:Incoming:ReplyAddress"] },
        { "no address", one => one.Incoming.ReplyAddress = "x {token}@example.gov.cn", ["Mail:Incoming:ReplyAddress"] },
        { "no folder", one => one.Incoming.Folder = "", ["Mail:Incoming:Folder", "Mail:Incoming:Source"] },
        { "our own outbox", one => one.Incoming.Folder = one.PickupFolder,
            ["Mail:PickupFolder", "Mail:Incoming:Folder"] },
        { "no mailbox", one => one.Incoming.Source = IncomingSource.Imap,
            ["Mail:Incoming:Imap:Host", "Mail:Incoming:Source"] },
        { "moved to where it is", one =>
            (one.Incoming.Source, one.Incoming.Imap.MoveTo) = (IncomingSource.Imap, "inbox"),
            ["Mail:Incoming:Imap:MoveTo", "Mail:Incoming:Imap:Mailbox"] },
        { "no security", one => (one.Incoming.Source, one.Incoming.Imap.Security) =
            (IncomingSource.Imap, SmtpSecurity.StartTlsIfOffered), ["Mail:Incoming:Imap:Security"] },
        { "no secret", one => one.Incoming.Source = IncomingSource.Post,
            ["Mail:Incoming:PostSecretFile", "Mail:Incoming:Source"] },
        { "out of range", one => one.Incoming.OwnReceived = 0, ["Mail:Incoming:OwnReceived"] },
        { "out of range", one => one.Incoming.OldAfter = TimeSpan.Zero, ["Mail:Incoming:OldAfter"] },
        { "out of range", one => one.Incoming.MostBytes = 1, ["Mail:Incoming:MostBytes"] },
        { "out of range", one => one.Incoming.PollEvery = TimeSpan.Zero, ["Mail:Incoming:PollEvery"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named(string what, Action<MailOptions> change, string[] names)
    {
        var options = Replying.Options();
        change(options);

        Problems(options).Should().Contain(problem => names.All(name => problem.Contains(name)), what);
    }

    [Fact]
    public void A_short_secret_is_refused()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "short");
        var options = Replying.Options();
        (options.Incoming.Source, options.Incoming.PostSecretFile) = (IncomingSource.Post, file);

        Problems(options).Should().ContainSingle().Which.Should().Contain("32");
        File.Delete(file);
    }

    [Fact]
    public void A_token_is_found_in_whatever_case_the_address_comes()
    {
        var reply = new Replying();

        ReplyTokens.In([reply.Address.ToUpperInvariant()], Letter.Template).Should().Equal(reply.Token);
        ReplyTokens.In(["x" + reply.Address, reply.Address + "x"], Letter.Template).Should().BeEmpty();
        reply.Token.Should().MatchRegex("^[a-z2-7]{32}$").And.NotBe(Replying.Mint.TokenOf(reply.Link));
    }

    private static IEnumerable<string> Problems(MailOptions options)
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), found, validateAllProperties: true);
        return found.Select(problem => problem.ErrorMessage!);
    }
}
