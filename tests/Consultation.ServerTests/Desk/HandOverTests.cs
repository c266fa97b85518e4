using System.Net;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// A tracked item goes into other hands, and its closing check is told on its page (Q100–Q110), through the whole host.
/// </summary>
public sealed class HandOverTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private static readonly Dictionary<string, string> Finished = new()
    {
        ["percent"] = "100",
        ["progress"] = "已与三家单位签订错峰停车协议",
        ["problems"] = "无",
        ["solution"] = "按协议执行",
        ["done"] = "yes",
    };

    private static readonly Dictionary<string, string> Checked = new()
    {
        ["done"] = "yes",
        ["seen"] = "yes",
        ["told"] = "yes",
        ["note"] = "现场核实，三处停车场已开放",
    };

    [Fact]
    public async Task Another_supervisor_gets_the_open_check_the_old_one_loses_it_and_both_are_told()
    {
        var item = await desk.OpenItemAsync();
        var (contact, taker) = (await desk.PersonAsync("contact"), await desk.PersonAsync("director2"));
        (await desk.AnswerAsync(await desk.TaskAsync(item, "AwaitEntry"), contact, "Report", Finished))
            .Should().BeOfType<AnswerResult.Accepted>();
        var check = await desk.TaskAsync(item, "Check");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tracking/{item.Id.Value}");
        secretary.Page.QuerySelector($"a[href='/tracking/{item.Id.Value}/assign']").Should().NotBeNull();
        await secretary.GetAsync($"/tracking/{item.Id.Value}/assign");

        await secretary.PostAsync(
            "hand-over", new() { ["supervisor"] = taker.Id.Value.ToString("N"), ["reason"] = "郑强调离" });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await secretary.FollowAsync();
        secretary.Text.Should().Contain("督办负责人由郑强改为周敏").And.Contain("郑强调离").And.Contain("周敏 主任");
        var passed = await desk.TaskAsync(item, "Check");
        passed.Assignees.Where(seat => seat.Active).Select(seat => seat.PersonId).Should().Equal(taker.Id);
        using var old = await desk.AsAsync("supervisor");
        await old.GetAsync($"/tasks/{check.Id.Value}");
        old.Page.QuerySelector("#answer").Should().BeNull("the check is with somebody else now");
        await using var db = desk.Open();
        var told = await db.Mails.Where(mail => mail.CaseId == item.CaseId.Value && mail.Subject.Contains("更换负责人"))
            .ToListAsync();
        told.Select(mail => mail.RecipientName).Should()
            .BeEquivalentTo(["郑强", "韩梅"], "the task itself tells the new supervisor");
        told.Should().OnlyContain(mail => mail.TextBody.Contains("郑强调离"));
        (await db.Mails.SingleAsync(mail => mail.TaskId == check.Id.Value && mail.RecipientName == "郑强")).State
            .Should().BeOneOf(MailState.Cancelled, MailState.Sent);
        (await db.Mails.CountAsync(mail => mail.TaskId == check.Id.Value && mail.RecipientName == "周敏"))
            .Should().Be(1, "the task goes to the new supervisor");
    }

    [Fact]
    public async Task The_closing_check_stands_in_the_course_of_events_with_who_when_and_what_was_found()
    {
        var item = await desk.OpenItemAsync();
        (await desk.AnswerAsync(
            await desk.TaskAsync(item, "AwaitEntry"), await desk.PersonAsync("contact"), "Report", Finished))
            .Should().BeOfType<AnswerResult.Accepted>();
        (await desk.AnswerAsync(
            await desk.TaskAsync(item, "Check"), await desk.PersonAsync("supervisor"), "Confirm", Checked))
            .Should().BeOfType<AnswerResult.Accepted>();
        using var secretary = await desk.AsAsync("secretary");

        await secretary.GetAsync($"/tracking/{item.Id.Value}");

        var entry = secretary.Page.QuerySelectorAll(".timeline-list li").Should()
            .ContainSingle(line => line.TextContent.Contains("核查：")).Subject.TextContent;
        entry.Should().Contain("郑强 督办专员").And.Contain("现场核实，三处停车场已开放");
        secretary.Text.Should().Contain("2026年3月12日", "the day of the consultation has its year");
    }

    [Fact]
    public async Task A_list_that_lets_a_unit_check_itself_is_pointed_out_without_script_and_refused()
    {
        var list = await desk.OpenListAsync();
        var (contact, director) = (await desk.PersonAsync("contact"), await desk.PersonAsync("director"));
        var row = new Dictionary<string, string>
        {
            ["outcome"] = "Done",
            ["f.items[0].consulted-on"] = "2026-03-12",
            ["f.items[0].topic"] = "老旧小区停车",
            ["f.items[0].advice"] = "错峰共享周边单位停车场",
            ["f.items[0].undertaking"] = contact.UnitId!.Value.Value.ToString("N"),
            ["f.items[0].office"] = director.UnitId!.Value.Value.ToString("N"),
            ["f.items[0].supervisor"] = contact.Id.Value.ToString("N"),
            ["f.items[0].due"] = "2029-06-29",
        };
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{list.Id.Value}");
        secretary.Page.QuerySelector(".field-warn")!.HasAttribute("hidden").Should().BeTrue("nobody is chosen yet");

        await secretary.PostAsync("answer", row);

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        secretary.Page.QuerySelector(".field-warn")!.HasAttribute("hidden").Should().BeFalse();
        secretary.Page.QuerySelector(".field-warn")!.TextContent.Should().Contain("不能核查自己单位填报的内容");
        secretary.Page.QuerySelector(".error-summary a")!.GetAttribute("href").Should()
            .Be("#" + secretary.Page.QuerySelector(".field-warn")!.ParentElement!.Id);
        secretary.Text.Should().Contain("不能督办自己的单位").And.NotContain("再提交一次", "it is refused however often it is sent");
        (await desk.TaskAsync(list.CaseId)).State.Should().Be(TaskState.Open, "nothing was handed in yet");

        row["f.items[0].supervisor"] = (await desk.PersonAsync("supervisor")).Id.Value.ToString("N");
        await secretary.PostAsync("answer", row);
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_words_and_what_was_typed_stays()
    {
        var item = await desk.OpenItemAsync();
        var contact = await desk.PersonAsync("contact");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tracking/{item.Id.Value}/assign");

        await secretary.PostAsync(
            "hand-over", new() { ["supervisor"] = contact.Id.Value.ToString("N"), ["reason"] = "" });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        secretary.Page.QuerySelector("#field-supervisor .invalid-feedback")!.TextContent.Should()
            .Contain("韩梅是承办单位自己的人");
        secretary.Page.QuerySelector("#field-reason .invalid-feedback").Should().NotBeNull();
        secretary.Page.QuerySelector("select[name=supervisor] option[selected]")!.GetAttribute("value").Should()
            .Be(contact.Id.Value.ToString("N"));
    }

    [Fact]
    public async Task Whoever_was_slower_is_told_and_a_form_posted_twice_acts_once()
    {
        var item = await desk.OpenItemAsync();
        var taker = await desk.PersonAsync("director2");
        using var first = await desk.AsAsync("secretary");
        using var second = await desk.AsAsync("sample-admin");
        await first.GetAsync($"/tracking/{item.Id.Value}/assign");
        await second.GetAsync($"/tracking/{item.Id.Value}/assign");
        var entry =
            new Dictionary<string, string> { ["supervisor"] = taker.Id.Value.ToString("N"), ["reason"] = "分工调整" };
        var fields = first.FieldsOf("hand-over", entry);
        await first.PostAsync("hand-over", entry);
        first.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, first.Text);

        await second.PostAsync("hand-over", entry);

        second.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        second.Page.QuerySelector(".error-summary")!.TextContent.Should().Contain("刚才已有人更换过负责人");
        using var again = new FormUrlEncodedContent(fields);
        (await first.Client.PostAsync($"/tracking/{item.Id.Value}/assign", again)).StatusCode
            .Should().Be(HttpStatusCode.Redirect, "the same operation has the same answer");
        (await desk.HistoryAsync(item.CaseId)).Count(verb => verb == "item.handed-over").Should().Be(1);
    }

    [Fact]
    public async Task Who_may_not_steer_finds_no_such_page()
    {
        var item = await desk.OpenItemAsync();
        using var supervisor = await desk.AsAsync("supervisor");

        await supervisor.GetAsync($"/tracking/{item.Id.Value}/assign");

        supervisor.Answer.StatusCode.Should().NotBe(HttpStatusCode.OK);
        await supervisor.GetAsync($"/tracking/{item.Id.Value}");
        supervisor.Page.QuerySelector($"a[href='/tracking/{item.Id.Value}/assign']").Should().BeNull();
    }

    [Fact]
    public async Task An_item_that_would_check_itself_says_so_on_its_page()
    {
        var item = await desk.OpenItemAsync();
        using var secretary = await desk.AsAsync("secretary");
        var supervisor = await desk.PersonAsync("supervisor");
        await MoveAsync(supervisor, item.UndertakingUnitId);

        await secretary.GetAsync($"/tracking/{item.Id.Value}");

        secretary.Page.QuerySelector(".alert-warning")!.TextContent.Should()
            .Contain("郑强 督办专员是承办单位").And.Contain("更换为其他单位的督办负责人");
        await MoveAsync(supervisor, supervisor.UnitId);
    }

    /// <summary>The supervisor changes to another unit: what was right at first is so no more.</summary>
    private async Task MoveAsync(Person person, UnitId? unit) =>
        (await desk.Services.GetRequiredService<OrganisationEdits>().SavePersonAsync(
            new(desk.Organisation, null, null, Guid.NewGuid().ToString("N")),
            PersonEntry.Of(person) with { UnitId = unit }, default)).Should().BeOfType<EditResult.Saved>();

    [Fact]
    public async Task Looks_at_a_restricted_item_are_noted_and_so_is_a_refusal()
    {
        var item = await desk.OpenItemAsync(restricted: true);
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tracking/{item.Id.Value}");
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        using var administrator = await desk.AsAsync("sample-admin");
        await administrator.GetAsync($"/tracking/{item.Id.Value}");
        administrator.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);

        await secretary.GetAsync($"/cases/{item.CaseId}?tab=access");

        var rows = secretary.Page.QuerySelectorAll("table tbody tr").Select(row => row.TextContent).ToList();
        rows.Should().Contain(
            row => row.Contains("孙静") && row.Contains($"督办事项 {item.Year}-{item.Number}") && row.Contains("已显示"));
        rows.Should().Contain(row => row.Contains("督办事项") && row.Contains("已拒绝"));
    }
}
