using System.Text;
using Consultation.Activities.Desk.Incoming;
using Consultation.Cases.Tasks;
using Consultation.Mail.Incoming;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail.Incoming;

/// <summary>Which replies decide, and why the others do not: each rule with what breaks it alone.</summary>
public sealed class ReplyJudgeTests
{
    private readonly Replying _reply = new();

    [Theory]
    [InlineData("同意\n", ReplyWord.Agree)]
    [InlineData("退回\n请补充预算。\n", ReplyWord.Return)]
    [InlineData("不同意\n不符合规划。\n\n> 同意", ReplyWord.Reject)]
    public void A_plain_answer_of_whom_it_was_sent_to_decides(string text, ReplyWord word) =>
        _reply.Judge(_reply.Letter with { Text = text }).Should().Be(new ReplyFinding(null, word));

    public static TheoryData<string, Func<Replies, Letter>, IncomingReason> Kept() => new()
    {
        { "no token", one => one.Plain with { To = "xieshang@tongzhou.example.gov.cn" }, IncomingReason.NoToken },
        { "forged token", one => one.Plain with { To = one.With(new string('a', 32)) }, IncomingReason.UnknownToken },
        { "two tokens", one => one.Plain with { To = $"{one.Address}, {one.With(new string('b', 32))}" },
            IncomingReason.SeveralTokens },
        { "token of another person", one => one.Plain with
            { From = "wang.fang@tonghe.example" }, IncomingReason.OtherSender },
        { "forged From", one => one.Plain with { Results = "dmarc=fail header.from=tonghe.example" },
            IncomingReason.NotAuthenticated },
        { "no word of our relay", one => one.Plain with { Results = null }, IncomingReason.NotAuthenticated },
        { "another relay's word", one => one.Plain with { AuthServId = "mx.elsewhere.example" },
            IncomingReason.NotAuthenticated },
        { "old", one => one.Plain with { Date = Letter.At(Replying.Now.AddDays(-8)) }, IncomingReason.Old },
        { "of the future", one => one.Plain with { Date = Letter.At(Replying.Now.AddDays(2)) }, IncomingReason.Old },
        { "without a date", one => one.Plain with { Date = "" }, IncomingReason.Old },
        { "before the task's mail", one => one.Plain with { Date = Letter.At(MailMaking.Noon.AddHours(-1)) },
            IncomingReason.Old },
        { "auto-submitted", one => one.Plain with { More = ["Auto-Submitted: auto-replied"] },
            IncomingReason.Automatic },
        { "precedence", one => one.Plain with { More = ["Precedence: auto_reply"] }, IncomingReason.Automatic },
        { "autoreply", one => one.Plain with { More = ["X-Autoreply: yes"] }, IncomingReason.Automatic },
        { "out of office", one => one.Plain with { More = ["X-Auto-Response-Suppress: All"] },
            IncomingReason.Automatic },
        { "empty return path", one => one.Plain with { More = ["Return-Path: <>"] }, IncomingReason.Automatic },
        { "autoreply by subject", one => one.Plain with { Subject = "自动回复：同意" }, IncomingReason.Automatic },
        { "read receipt", one => one.Plain with { Body = """
            Content-Type: multipart/report; report-type=disposition-notification; boundary=r

            --r
            Content-Type: text/plain

            同意
            --r--

            """ }, IncomingReason.Automatic },
        { "bulk", one => one.Plain with { More = ["Precedence: bulk"] }, IncomingReason.List },
        { "list", one => one.Plain with { More = ["List-Id: <news.example.org>"] }, IncomingReason.List },
        { "our own list", one => one.Plain with { More = ["List-Id: <xieshang.tongzhou.example.gov.cn>"] },
            IncomingReason.Own },
        { "from ourselves", one => one.Plain with { From = "xieshang@tongzhou.example.gov.cn" }, IncomingReason.Own },
        { "quoted answer", one => one.Plain with { Text = "我再看看\n\n> 同意\n" }, IncomingReason.NoWord },
        { "nothing but a quote", one => one.Plain with { Text = "> 同意\n同意\n" }, IncomingReason.NoWord },
        { "more on the line", one => one.Plain with { Text = "同意，但要改预算\n" }, IncomingReason.NoWord },
        { "empty", one => one.Plain with { Text = "" }, IncomingReason.NoWord },
        { "HTML alone", one => one.Plain with
            { Body = "Content-Type: text/html; charset=utf-8\n\n<p>同意</p>\n" }, IncomingReason.HtmlOnly },
        { "hidden in HTML", one => one.Plain with
            { Body = "Content-Type: text/html\n\n<div style=\"display:none\">agree</div><p>no</p>\n" },
            IncomingReason.HtmlOnly },
        { "with a file", one => one.Plain with { Body = """
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: text/plain; charset=utf-8

            同意
            --m
            Content-Type: application/pdf
            Content-Disposition: attachment; filename=plan.pdf

            x
            --m--

            """ }, IncomingReason.Files },
        { "text as a file", one => one.Plain with
            { Body = "Content-Type: text/plain; charset=utf-8\nContent-Disposition: attachment\n\n同意\n" },
            IncomingReason.Files },
        { "UTF-7", one => one.Plain with { Body = "Content-Type: text/plain; charset=utf-7\n\n+VAxhDw-\n" },
            IncomingReason.NoWord },
        { "no reason", one => one.Plain with { Text = "退回\n" }, IncomingReason.NeedsReason },
        { "reason only quoted", one => one.Plain with { Text = "不同意\n> 请您审批\n" }, IncomingReason.NeedsReason },
        { "not offered", one => one.Plain with { Text = "已收到\n" }, IncomingReason.NotOffered },
        { "not a meeting", one => one.Plain with { Text = "参加\n" }, IncomingReason.NotOffered },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public void Everything_else_is_kept_with_its_reason(
        string what, Func<Replies, Letter> make, IncomingReason why) =>
        _reply.Judge(make(new(_reply))).Why.Should().Be(why, what);

    [Theory]
    [InlineData("gb18030")]
    [InlineData("gbk")]
    [InlineData("gb2312")]
    [InlineData("big5")]
    [InlineData("utf-16")]
    public void A_word_is_read_in_any_charset_of_Chinese_mail(string charset)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Encoding.GetEncoding(charset).GetBytes("同意\r\n");

        _reply.Judge(_reply.Letter with { Body = Letter.In(charset, text) }).Word.Should().Be(ReplyWord.Agree);
    }

    [Fact]
    public void Raw_GBK_without_a_word_of_its_charset_is_read()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var head = (_reply.Letter with { Body = "Content-Type: text/plain\r\n\r\n" }).Bytes(Replying.Now);

        _reply.Judge(Replying.Reader.Read((byte[])[.. head, .. Encoding.GetEncoding("gbk").GetBytes("同意\r\n")]))
            .Should().Be(new ReplyFinding(null, ReplyWord.Agree));
    }

    [Fact]
    public void A_link_that_does_not_stand_decides_nothing()
    {
        Why(one => one.Link.UsedAt = Replying.Now).Should().Be(IncomingReason.Answered);
        Why(one => one.Link.RevokedAt = Replying.Now).Should().Be(IncomingReason.Revoked);
        Why(one => one.Task.Revision = 2).Should().Be(IncomingReason.Overtaken);
        Why(one => one.Task.State = TaskState.Done).Should().Be(IncomingReason.Overtaken);
        Why(one => one.Task.HeldUntil = Replying.Now.AddHours(1)).Should().Be(IncomingReason.Overtaken);
        Why(one => one.District.Director.Active = false).Should().Be(IncomingReason.OtherSender);
        Why(one => one.District.Director.Email = null).Should().Be(IncomingReason.OtherSender);
        Why(one => one.File.Restricted = true).Should().Be(IncomingReason.Restricted);
    }

    [Fact]
    public void A_reply_address_expires_with_its_link()
    {
        var later = Replying.Now.AddDays(40);
        var reader = new MessageReader(Replying.Options(), new MailClock(later));
        var mail = reader.Read(_reply.Letter.Bytes(later));

        ReplyJudge.Of(mail, _reply.MatchOf(mail), later).Why.Should()
            .Be(IncomingReason.Expired);
    }

    [Fact]
    public void An_outcome_for_good_and_a_form_are_not_decided_by_a_reply()
    {
        var forGood = new Replying(new TaskOutcome("Confirm", new("同意"), Irreversible: true));
        forGood.Judge(forGood.Letter with { Text = "同意\n理由\n" }).Why.Should().Be(IncomingReason.Irreversible);
        var final = new Replying(new TaskOutcome("Confirm", new("同意"), Final: true));
        final.Judge(final.Letter).Why.Should().Be(IncomingReason.Irreversible);
        var two = new Replying(new TaskOutcome("Confirm", new("同意")), new TaskOutcome("Grant", new("同意延期")));
        two.Judge(two.Letter).Why.Should().Be(IncomingReason.NotOffered, "nobody knows which of the two is meant");
    }

    private static IncomingReason? Why(Action<Replying> change)
    {
        var reply = new Replying();
        change(reply);
        return reply.Judge(reply.Letter).Why;
    }

    /// <summary>What a case of the table needs.</summary>
    public sealed class Replies
    {
        private readonly Replying _reply;

        internal Replies(Replying reply) => _reply = reply;

        public Letter Plain => _reply.Letter;
        public string Address => _reply.Address;

        public string With(string token) => Address.Replace(_reply.Token, token, StringComparison.Ordinal);
    }
}
