using System.Diagnostics;
using System.Net;
using Consultation.Mail.Outgoing;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Mail.Channel;

/// <summary>
/// The second channel on the whole host: chosen at the person's page, tried out, a task given by it, its link answered,
/// a number that fails, the gateway's reports, and what the pages say of it all.
/// </summary>
public sealed class ChannelDeskTests : IAsyncLifetime
{
    private const string Number = "13800000000";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private Gateway _gateway = null!;
    private SampleDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _gateway = await Gateway.StartAsync();
        _desk = Behind(_gateway);
        await _desk.InitializeAsync();
    }

    private static SampleDesk Behind(Gateway gateway) => new(
        [
            new("Mail:Channel:Url", gateway.Url.AbsoluteUri), new("Mail:Channel:KeyFile", gateway.KeyFile),
            new("Mail:Channel:FromHour", "0"), new("Mail:Channel:ToHour", "24"), new("Mail:PollEvery", "00:00:00.2"),
        ]);

    public async Task DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_person_without_mail_is_given_a_task_by_the_channel_and_opens_its_link()
    {
        using var secretary = await _desk.AsAsync("secretary");
        var person = await ReachableByAsync(secretary, "officer2", "138 0000 0000");

        await AssignAsync(secretary, person);

        var message = await TakenAsync(one => one["kind"] == "task");
        message["to"].Should().Be(Number);
        message["words"].Should().Contain(message["link"]);
        var row = await RowAsync(mail => mail.RecipientAddress == Number && mail.State == MailState.Sent);
        await secretary.GetAsync("/outbox?way=Channel");
        secretary.Text.Should().Contain(Number).And.Contain("短信等通道");
        await secretary.GetAsync($"/outbox/{row.Id.Value:N}");
        secretary.Text.Should().Contain("发出的文字").And.NotContain(message["link"]!);
        await secretary.GetAsync(_desk.Task);
        secretary.Text.Should().NotContain("请打印任务单", "the person is reached");

        using var visitor = _desk.Browser();
        var link = new Uri(message["link"]!).AbsolutePath;
        await visitor.GetAsync(link);
        visitor.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        visitor.Page.QuerySelector("a[href$='/calendar']").Should().NotBeNull();
        await visitor.GetAsync($"{link}/calendar");
        visitor.Page.QuerySelector("#feed-address").Should().BeNull("looking shows nothing");
        await visitor.PostAsync("feed", new() { ["act"] = "show" });
        var address = visitor.Page.QuerySelector("#feed-address")!.GetAttribute("value")!;
        (await visitor.Client.GetAsync(new Uri(address).AbsolutePath)).StatusCode.Should().Be(HttpStatusCode.OK);
        await visitor.GetAsync($"/link/{new string('A', 43)}/calendar");
        visitor.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_gateway_reports_arrival_and_failure_and_the_desk_says_so()
    {
        using var secretary = await _desk.AsAsync("secretary");
        await AssignAsync(secretary, await ReachableByAsync(secretary, "officer2", Number));
        var message = await TakenAsync(one => one["kind"] == "task");
        await RowAsync(mail => mail.RecipientAddress == Number && mail.State == MailState.Sent);

        using var client = _desk.CreateClient();
        (await ReportAsync(client, message.Id, "delivered", key: "not-the-key-of-anybody-here-at-all")).Should()
            .Be(HttpStatusCode.Unauthorized);
        (await ReportAsync(client, Guid.NewGuid().ToString("N"), "failed")).Should().Be(HttpStatusCode.NotFound);
        (await ReportAsync(client, message.Id, "undeliverable", "空号")).Should().Be(HttpStatusCode.NoContent);
        (await ReportAsync(client, message.Id, "undeliverable", "空号")).Should().Be(HttpStatusCode.NoContent);
        using var huge = new ByteArrayContent(new byte[100_000]);
        (await client.PostAsync("/channel/report", huge)).StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);

        var row = await RowAsync(mail => mail.RecipientAddress == Number && mail.State == MailState.Failed);
        await RowAsync(mail => mail.Purpose == "undeliverable");
        await secretary.GetAsync(_desk.Task);
        secretary.Text.Should().Contain("短信等通道无法送达").And.Contain("请打印任务单");
        await secretary.GetAsync($"/people/{row.PersonId:N}");
        secretary.Text.Should().Contain("1 条消息没有送达");
        await secretary.GetAsync($"/outbox/{row.Id.Value:N}");
        secretary.Text.Should().Contain("空号");
        await secretary.PostAsync("send-again", []);
        var again = await TakenAsync(one => one.Id == $"{message.Id}.1");
        again["link"].Should().Be(message["link"]);
        await RowAsync(mail => mail.Id == row.Id && mail.State == MailState.Sent);
        (await ReportAsync(client, again.Id, "delivered")).Should().Be(HttpStatusCode.NoContent);
        (await RowAsync(mail => mail.Id == row.Id && mail.ArrivedAt != null)).DeliveryNote.Should()
            .Be(DeliveryNotes.Arrived);
    }

    [Fact]
    public async Task The_administrator_chooses_tries_and_sees_how_the_channel_stands()
    {
        using var admin = await _desk.AsAsync("sample-admin");
        await admin.GetAsync("/outbox/sending");
        await admin.PostAsync("channel-trial", []);
        admin.Text.Should().Contain("没有通道号码");
        await admin.GetAsync("/account");
        await admin.PostAsync("preferences", new() { ["channel-address"] = "a/b" });
        admin.Text.Should().Contain("请填写手机号码或通道中的账号");
        await admin.PostAsync("preferences", new() { ["channel-address"] = Number, ["way-news"] = "both" });
        await admin.FollowAsync();
        await admin.GetAsync("/outbox/sending");
        await admin.PostAsync("channel-trial", []);
        await admin.FollowAsync();
        admin.Text.Should().Contain("测试消息已排队");

        (await TakenAsync(one => one["kind"] == "news"))["words"].Should().Contain("测试消息");
        await RowAsync(mail => mail.Way == MessageWay.Channel && mail.State == MailState.Sent);
        await admin.GetAsync("/outbox/sending");
        admin.Text.Should().Contain("127.0.0.1").And.Contain("1 条");
        await admin.GetAsync("/status");
        admin.Text.Should().Contain("通道网关 127.0.0.1 可以连接");
        await admin.GetAsync("/mail-templates/reminder/zh");
        await admin.PostAsync("template", new() { ["short"] = "{{ task_title", ["act"] = "save" });
        admin.Answer.StatusCode.Should().Be(HttpStatusCode.OK, "what cannot be read is shown with its place");
        await admin.PostAsync("template", new() { ["short"] = "催：{{ task_title }} {{ link }}", ["act"] = "save" });
        await admin.FollowAsync();
        admin.Text.Should().Contain("催：确定协商议题 https://");
    }

    private async Task<Guid> ReachableByAsync(DeskBrowser secretary, string name, string number)
    {
        await secretary.GetAsync("/people/new");
        await secretary.PostAsync("person", new()
        {
            ["name"] = name,
            ["channel-address"] = number,
            ["way-task"] = "mail",
            ["email"] = "",
        });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await secretary.FollowAsync();
        await using var db = _desk.Services.GetRequiredService<Database>().ForOrganisation(_desk.Organisation);
        var person = await db.People.AsNoTracking().SingleAsync(one => one.Name == name);
        (person.ChannelAddress, person.Ways["task"]).Should().Be((Number, "mail"));
        return person.Id.Value;
    }

    private async Task AssignAsync(DeskBrowser secretary, Guid person)
    {
        await secretary.GetAsync($"{_desk.Task}/assign");
        await secretary.PostAsync("assign", new() { ["to"] = person.ToString("N") });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
    }

    private async Task<HttpStatusCode> ReportAsync(
        HttpClient client, string id, string state, string words = "", string? key = null)
    {
        using var report = Gateway.Report(
            id, state, words, _desk.Services.GetRequiredService<TimeProvider>().GetUtcNow(), key);
        return (await client.SendAsync(report)).StatusCode;
    }

    private async Task<GatewayMessage> TakenAsync(Func<GatewayMessage, bool> which)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Yield())
        {
            if (_gateway.Taken.FirstOrDefault(which) is { } found) return found;
        }

        throw new TimeoutException("The gateway did not get it.");
    }

    private async Task<OutgoingMail> RowAsync(System.Linq.Expressions.Expression<Func<OutgoingMail, bool>> which)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience;)
        {
            await using var db = _desk.Services.GetRequiredService<Database>().ForOrganisation(_desk.Organisation);
            if (await db.Mails.AsNoTracking().FirstOrDefaultAsync(which) is { } found) return found;
        }

        throw new TimeoutException("The row did not come to that state.");
    }
}
