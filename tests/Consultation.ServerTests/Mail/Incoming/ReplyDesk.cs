using System.Net;
using System.Security.Cryptography;
using System.Text;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.ServerTests.Desk;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Mail.Incoming;

/// <summary>
/// The whole host as an operator sets it up for replies: a mail server posts what comes in, and vouches for senders as
/// <see cref="Letter.Relay"/>.
/// </summary>
public class ReplyDesk : GateDesk
{
    public const string Secret = "a-secret-of-this-test-that-is-long-enough";
    private const string Domain = "sample.example.org";

    public ReplyDesk()
        : this([new("Mail:Incoming:Source", "Post"), new("Mail:Incoming:PostSecretFile", SecretFile())])
    {
    }

    internal ReplyDesk(IEnumerable<KeyValuePair<string, string>> settings)
        : base(
        [
            new("Mail:From", "xieshang@tongzhou.example.gov.cn"), new("Mail:PollEvery", "00:00:00.2"),
            new("Mail:Incoming:ReplyAddress", Letter.Template), new("Mail:Incoming:AuthServId", Letter.Relay),
            .. settings,
        ])
    {
    }

    internal DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();

    private static string SecretFile()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("consultation-secret").FullName, "secret");
        File.WriteAllText(file, Secret + "\n");
        return file;
    }

    /// <summary>A case that stands before the gate, its task, and the mail by which the director was asked.</summary>
    internal async Task<(WorkTask Task, OutgoingMail Mail, string ReplyTo)> AskedAsync(bool restricted = false)
    {
        var caseId = await OpenCaseAsync(restricted: restricted);
        await UntilAsync(
            rows => rows.Mails.AnyAsync(mail => mail.CaseId == caseId.Value && mail.State == MailState.Sent),
            "the director is asked");
        await using var db = Open();
        var mail = await db.Mails.AsNoTracking().FirstAsync(one => one.CaseId == caseId.Value && one.TaskId != null);
        return (await TaskAsync(caseId), mail, await ReplyToAsync(mail));
    }

    /// <summary>The address to which a reply to a mail goes, as the mail says it.</summary>
    internal async Task<string> ReplyToAsync(OutgoingMail mail)
    {
        await using var db = Open();
        var link = await db.ActionLinks.AsNoTracking().SingleAsync(one => one.Id == mail.LinkIds[0]);
        return Letter.Template.Replace(
            "{token}", Services.GetRequiredService<ActionLinkMint>().ReplyTokenOf(link)!, StringComparison.Ordinal);
    }

    /// <summary>A reply of somebody of the sample, for whom the relay vouches.</summary>
    internal static Letter From(string address, string to, string text) => new()
    {
        From = address,
        To = to,
        Text = text,
        MessageId = $"{Guid.NewGuid():N}@{Domain}",
        Results = $"dmarc=pass header.from={address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..]}",
    };

    /// <summary>The mail server posts a mail, proving itself by the secret.</summary>
    internal Task<HttpStatusCode> PostAsync(Letter letter) =>
        PostAsync(letter.Bytes(Now), ("Authorization", $"Bearer {Secret}"));

    internal async Task<HttpStatusCode> PostAsync(byte[] raw, params (string Name, string Value)[] headers)
    {
        using var client = CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mail/post");
        request.Content = new ByteArrayContent(raw);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>What the signature of a body is.</summary>
    internal static string Sign(byte[] raw, string secret = Secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), raw))}";

    /// <summary>What was kept of mails to a task, in the order in which they came.</summary>
    internal async Task<List<IncomingMail>> KeptAsync(WorkTask task)
    {
        await using var db = Open();
        return await db.IncomingMails.AsNoTracking().Where(row => row.TaskId == task.Id.Value)
            .OrderBy(row => row.Id).ToListAsync();
    }

    internal async Task<WorkTask> NowAsync(WorkTask task)
    {
        await using var db = Open();
        return await db.Tasks.AsNoTracking().SingleAsync(row => row.Id == task.Id);
    }

    internal async Task<string> AddressAsync(string user) => (await PersonAsync(user)).Email!;
}
