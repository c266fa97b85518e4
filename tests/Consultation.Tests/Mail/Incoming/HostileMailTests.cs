using System.Globalization;
using System.Text;
using Consultation.Mail.Incoming;
using Consultation.Testing.Mail;
using Xunit.Abstractions;

namespace Consultation.Tests.Mail.Incoming;

/// <summary>
/// Mail that is made to break its reader: it decides nothing, costs little, and the next is read. As many mutated mails
/// as CONSULTATION_MUTATED_MAILS says, by default some thousands.
/// </summary>
public sealed class HostileMailTests(ITestOutputHelper output)
{
    private const int Usual = 4000;

    /// <summary>So far stands the quoted answer from the first line that no single change moves it there.</summary>
    private static readonly string Filler = string.Concat(Enumerable.Repeat("这里写的是别的话，", 40));

    private readonly Replying _reply = new();

    [Fact]
    public void Nested_multiparts_a_thousand_deep_are_cut()
    {
        var body = new StringBuilder();
        for (var depth = 0; depth < 1000; depth++)
        {
            body.Append(CultureInfo.InvariantCulture,
                $"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
        }

        body.Append("Content-Type: text/plain\n\n同意\n");

        Why(_reply.Letter with { Body = body.ToString() }).Should().Be(IncomingReason.TooTangled);
    }

    [Fact]
    public void Deep_ones_below_the_limit_of_parts_are_cut_by_depth_and_decide_nothing()
    {
        var body = new StringBuilder();
        for (var depth = 0; depth < 150; depth++)
        {
            body.Append(CultureInfo.InvariantCulture,
                $"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
        }

        body.Append("Content-Type: text/plain\n\n同意\n");

        Why(_reply.Letter with { Body = body.ToString() }).Should().NotBeNull();
    }

    [Fact]
    public void A_subject_of_ten_megabytes_is_refused_before_it_is_read()
    {
        Why(_reply.Letter with { Subject = new string('x', 10_000_000) }).Should().Be(IncomingReason.TooTangled);
        var mail = Replying.Reader.Read((_reply.Letter with { Subject = new string('x', 11_000_000) })
            .Bytes(Replying.Now));

        mail.Closed.Should().Be(IncomingReason.TooBig);
        mail.Subject.Length.Should().BeLessThan(300);
    }

    [Theory]
    [InlineData("Subject: a\r\nX: ")]
    [InlineData("To: ")]
    [InlineData("References: ")]
    [InlineData("Content-Type: multipart/mixed; boundary=")]
    [InlineData("Authentication-Results: mx.example.gov.cn; ")]
    public void A_hundred_thousand_headers_are_refused(string header)
    {
        var many = Enumerable.Repeat(header + "a@b.example, ", 100_000).ToList();

        Why(_reply.Letter with { More = many }).Should().NotBeNull();
    }

    [Theory]
    [InlineData(100_000, "<a@b.c> ")]
    [InlineData(10_000, "(((((((((((")]
    [InlineData(10_000, "=?utf-8?B?5ZCM5oSP?= ")]
    [InlineData(10_000, "a:b:c;")]
    [InlineData(10_000, "\"")]
    public void One_long_header_takes_little_time(int times, string piece)
    {
        var value = string.Concat(Enumerable.Repeat(piece, times));
        value = value[..Math.Min(value.Length, 60_000)];

        foreach (var name in new[] { "To", "References", "Authentication-Results", "X-Failed-Recipients", "Cc" })
        {
            Replying.Reader.Read((_reply.Letter with { More = [$"{name}: {value}"] }).Bytes(Replying.Now));
        }
    }

    [Theory]
    [InlineData("Re: x\r\nBcc: victim@example.org")]
    [InlineData("=?utf-8?Q?Re=0D=0ABcc:_victim@example.org?=")]
    [InlineData("=?utf-8?B?UmUNCkJjYzogdmljdGltQGV4YW1wbGUub3Jn?=")]
    [InlineData("x\u2028Bcc: victim@example.org")]
    [InlineData("\u202Eexe.gpj")]
    public void Nothing_in_a_subject_or_name_breaks_a_line(string subject)
    {
        var mail = Replying.Reader.Read(
            (_reply.Letter with { Subject = subject, From = $"\"{subject[..2]}\" <li.min@tonghe.example>" })
            .Bytes(Replying.Now));

        (mail.Subject + mail.FromName).Should().NotContainAny("\r", "\n", "\u2028", "\u202E");
    }

    [Fact]
    public void Not_a_mail_at_all()
    {
        var lines = new string('\n', 100_000);
        foreach (var raw in new[] { "", "\r\n", "\r\n\r\n", "\0\0\0", "同意", ":::::", "From ", lines })
        {
            Replying.Reader.Read(Encoding.UTF8.GetBytes(raw)).Should().NotBeNull();
            _reply.Judge(Replying.Reader.Read(Encoding.UTF8.GetBytes(raw))).Why.Should().NotBeNull();
        }
    }

    /// <summary>
    /// Each of these lacks one thing that a deciding mail needs; whatever is changed about it by chance does not give
    /// it that thing. And whatever is changed about one that decides, it decides only as its first line says.
    /// </summary>
    [Fact]
    public void Mutated_mails_never_break_the_reader_and_never_decide_what_was_not_said()
    {
        var count = Environment.GetEnvironmentVariable("CONSULTATION_MUTATED_MAILS") is { Length: > 0 } asked
            ? int.Parse(asked, CultureInfo.InvariantCulture)
            : Usual;
        var bases = Bases().Select(letter => letter.Bytes(Replying.Now)).ToList();
        var good = (_reply.Letter with { Text = "同意\n\n> 请您审批\n" }).Bytes(Replying.Now);
        var decided = 0;

        for (var seed = 1; seed <= count; seed++)
        {
            var random = new Random(seed);
            var isGood = seed % 4 == 0;
            var raw = Mutate(isGood ? good : bases[seed % bases.Count], random);
            var finding = _reply.Judge(Replying.Reader.Read(raw));
            if (finding.Why is not null) continue;
            decided++;
            isGood.Should().BeTrue($"seed {seed}: {Encoding.UTF8.GetString(raw)}");
            finding.Word.Should().Be(ReplyWord.Agree, $"seed {seed}");
        }

        output.WriteLine($"{count} mutated mails, {decided} of them harmlessly changed ones that decide as they say");
    }

    private IEnumerable<Letter> Bases() =>
    [
        _reply.Letter with { Results = null },
        _reply.Letter with { Results = "dmarc=fail header.from=tonghe.example" },
        _reply.Letter with { From = "wang.fang@tonghe.example" },
        _reply.Letter with { To = "xieshang@tongzhou.example.gov.cn" },
        _reply.Letter with { Text = $"我再看看\n{new string('-', 3)}\n{Filler}\n> 同意\n" },
        _reply.Letter with { Body = "Content-Type: text/html; charset=utf-8\n\n<p>同意</p>\n", Results = null },
        _reply.Letter with { Body = Letter.Report("<a@b.example>", "li.min@tonghe.example"), Results = null },
        _reply.Letter with
        {
            Body = Letter.Calendar(Guid.NewGuid(), 0, "li.min@tonghe.example", "ACCEPTED"), Results = null,
        },
        _reply.Letter with { Body = Letter.In("gb18030", [0xCD, 0xAC, 0xD2, 0xE2, 0x0D, 0x0A]), Results = null },
    ];

    private static byte[] Mutate(byte[] raw, Random random)
    {
        var bytes = raw.ToList();
        for (var change = random.Next(1, 8); change > 0 && bytes.Count > 4; change--)
        {
            var at = random.Next(bytes.Count);
            var length = random.Next(1, Math.Min(80, bytes.Count - at) + 1);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 400)));
                    break;
                case 4:
                    bytes.InsertRange(at, "\r\n"u8.ToArray());
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private IncomingReason? Why(Letter letter) => _reply.Judge(letter).Why;
}
