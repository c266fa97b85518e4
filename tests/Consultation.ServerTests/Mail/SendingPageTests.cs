using System.Diagnostics;
using System.Security.Cryptography;
using Consultation.Mail.Outgoing;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Mail;

/// <summary>The page about sending on the whole host: servers and records, a test mail, holding mail back.</summary>
public sealed class SendingPageTests : IDisposable
{
    private const string Page = "/outbox/sending";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _key = Path.GetTempFileName();

    public void Dispose() => File.Delete(_key);

    [Fact]
    public async Task Mail_is_held_back_tried_and_let_go_and_the_page_says_how_it_stands()
    {
        using var rsa = RSA.Create(2048);
        await File.WriteAllTextAsync(_key, rsa.ExportPkcs8PrivateKeyPem());
        await using var server = new SmtpSink();
        await using var desk = new SampleDesk(
        [
            new("Mail:Transport", "Smtp"), new("Mail:Smtp:Host", "127.0.0.1"), new("Mail:Smtp:Port", "1"),
            new("Mail:Smtp:Security", "None"), new("Mail:FurtherServers:0:Host", "127.0.0.1"),
            new("Mail:FurtherServers:0:Port", $"{server.Port}"), new("Mail:FurtherServers:0:Security", "None"),
            new("Mail:From", "xieshang@example.gov.cn"), new("Mail:Dkim:KeyFile", _key),
            new("Mail:Dkim:Domain", "example.gov.cn"), new("Mail:Dkim:Selector", "xs1"),
            new("Mail:PollEvery", "00:00:00.2"),
        ]);
        await desk.InitializeAsync();
        await using (var db = desk.Services.GetRequiredService<Database>().ForOrganisation(desk.Organisation))
        {
            var person = await db.People.SingleAsync(one => one.UserName == "sample-admin");
            person.Email = "admin@sample.example.org";
            await db.SaveChangesAsync();
        }

        using var admin = await desk.AsAsync("sample-admin");

        await admin.GetAsync(Page);
        await admin.PostAsync("pause", new() { ["reason"] = "" });
        admin.Text.Should().Contain("请填写", "a pause has a reason");
        await admin.PostAsync("pause", new() { ["reason"] = "邮件服务器检修" });
        await admin.FollowAsync();
        admin.Text.Should().Contain("发信已暂停").And.Contain("邮件服务器检修");
        await admin.PostAsync("trial", []);
        await admin.FollowAsync();
        admin.Text.Should().Contain("测试邮件已排队");
        (await TrialAsync(desk)).State.Should().Be(MailState.Pending);
        await desk.Services.GetRequiredService<MailSender>().SendDueAsync(default);
        (await TrialAsync(desk)).Should().BeEquivalentTo(new { State = MailState.Pending, Attempts = 0 });

        await admin.GetAsync(Page);
        await admin.PostAsync("resume", []);
        await admin.FollowAsync();
        admin.Text.Should().Contain("发信已恢复");
        for (var watch = Stopwatch.StartNew(); (await TrialAsync(desk)).State != MailState.Sent;)
        {
            watch.Elapsed.Should().BeLessThan(Patience);
            await Looking.AgainAsync();
        }

        server.Mails.Should().Contain(mail => mail.Data.Contains("DKIM-Signature:")
            && mail.Data.Contains("d=example.gov.cn"));
        await admin.GetAsync(Page);
        admin.Text.Should().Contain("127.0.0.1:1").And.Contain("连接不上邮件服务器").And.Contain("有问题")
            .And.Contain("xs1._domainkey.example.gov.cn").And.Contain("v=DKIM1; k=rsa; p=");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/outbox");
        secretary.Text.Should().NotContain("发信情况和设置", "it is for administrators");
    }

    private static async Task<OutgoingMail> TrialAsync(SampleDesk desk)
    {
        await using var db = desk.Services.GetRequiredService<Database>().ForOrganisation(desk.Organisation);
        return await db.Mails.AsNoTracking().SingleAsync(mail => mail.Subject.Contains("测试邮件"));
    }
}
