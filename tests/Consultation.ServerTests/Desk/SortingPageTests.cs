using System.Net;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// The pages by which the pool is sorted: from a resident's words by question, answer and routing to what he thinks of
/// the reply; and what the list does with many at once.
/// </summary>
public sealed class SortingPageTests(GateDesk desk) : IClassFixture<GateDesk>
{
    [Fact]
    public async Task From_a_residents_words_to_mostly_satisfied_after_it_was_reopened_once()
    {
        var (matter, code) = await HandInAsync("河边步道晚上没有灯");
        using var secretary = await desk.AsAsync("secretary");

        // Asked back, and answered; the link of the mail has a key of its own in the place of the code.
        await secretary.GetAsync($"/matters/act/ask?matter={matter.Value}");
        secretary.Text.Should().Contain("1 位提出人会收到邮件");
        await secretary.PostAsync("act", new() { ["words"] = "请问是哪一段步道？" });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        using var resident = desk.Browser();
        await resident.GetAsync($"/p/sample/reply?n={await NumberAsync(matter)}&k={code}");
        resident.Text.Should().Contain("请问是哪一段步道");
        resident.Answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        await resident.PostAsync("reply", new() { ["words"] = "老桥到新桥之间。" });
        resident.Text.Should().Contain("已经收到");
        await secretary.GetAsync("/matters?wait=replied");
        secretary.Text.Should().Contain("河边步道晚上没有灯");
        await secretary.GetAsync($"/matters/{matter.Value}");
        secretary.Text.Should().Contain("老桥到新桥之间");

        // Routed, signed for, answered, looked at.
        await secretary.GetAsync($"/matters/act/route?matter={matter.Value}");
        await secretary.PostAsync("act", []);
        secretary.Text.Should().Contain("请选择主办单位");
        var contact = await desk.PersonAsync("contact");
        await secretary.PostAsync("act", new()
        {
            ["lead-unit"] = contact.UnitId!.Value.Value.ToString("N"),
            ["wanted"] = "请一周内到现场看看。",
        });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await DoAsync(matter, "Sign", "contact", "SignFor", []);
        await ReplyAsync(matter, "已增设路灯十二盏，三月底前全部通电，请您放心出行。");

        // Not satisfied: dealt with once more, with the reason.
        await RateAsync(resident, matter, code, "Dissatisfied", "灯装了没有通电。");
        (await TaskAsync(matter, "Reply")).Question.Zh.Should().Contain("灯装了没有通电");
        await ReplyAsync(matter, "已于三月二十日全部通电，现场已经复查，夜间照明正常。");

        await RateAsync(resident, matter, code, "MostlySatisfied", "");
        await UntilAsync(matter, one => one.State == MatterState.Closed);
        await secretary.GetAsync($"/matters/{matter.Value}");
        secretary.Text.Should().Contain("基本满意").And.Contain("灯装了没有通电").And.Contain("办结");
        await resident.GetAsync($"/p/sample/follow?n={await NumberAsync(matter)}&s={code}");
        resident.Text.Should().Contain("已办结").And.Contain("夜间照明正常");
    }

    [Fact]
    public async Task The_desk_enters_an_opinion_for_a_proposer_without_mail()
    {
        var (matter, _) = await HandInAsync("楼道堆放杂物", mail: false);
        using var secretary = await desk.AsAsync("secretary");
        var contact = await desk.PersonAsync("contact");
        await secretary.GetAsync($"/matters/act/route?matter={matter.Value}");
        await secretary.PostAsync("act", new() { ["lead-unit"] = contact.UnitId!.Value.Value.ToString("N") });
        await DoAsync(matter, "Sign", "contact", "SignFor", []);
        await ReplyAsync(matter, "楼道杂物已经全部清理，并安排网格员每周巡查一次。");
        await UntilAsync(matter, one => one.Answer != null);

        await secretary.GetAsync($"/matters/{matter.Value}/rate");
        await secretary.PostAsync("rate", new() { ["rating"] = "Dissatisfied" });
        secretary.Text.Should().Contain("请填写“原因”");
        await secretary.PostAsync("rate", new() { ["rating"] = "Satisfied" });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await UntilAsync(matter, one => one.State == MatterState.Closed && one.Satisfaction == Satisfaction.Satisfied);
    }

    [Fact]
    public async Task What_is_ticked_is_declined_at_once_and_taken_up_again_at_once()
    {
        var (one, _) = await HandInAsync("第一件");
        var (two, _) = await HandInAsync("第二件", mail: false);
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/matters/take?matter={one.Value}&matter={two.Value}&do=decline");
        await secretary.FollowAsync();
        secretary.Text.Should().Contain("共 2 件").And.Contain("1 位提出人会收到邮件").And.Contain("1 位没有邮箱");

        await secretary.PostAsync("act", []);
        secretary.Text.Should().Contain("请填写“理由”");
        await secretary.PostAsync("act", new() { ["words"] = "已有专项整治，不再单独受理。" });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await UntilAsync(one, matter => matter.State == MatterState.Excluded);
        using var resident = desk.Browser();
        await secretary.GetAsync($"/matters/act/reopen?matter={one.Value},{two.Value}");
        await secretary.PostAsync("act", new() { ["words"] = "整治范围不包括这里。" });
        await UntilAsync(two, matter => matter.State == MatterState.Pooled);
    }

    [Fact]
    public async Task A_talk_becomes_matters_point_by_point()
    {
        using var officer = await desk.AsAsync("officer");
        await officer.GetAsync("/matters/talk");

        await officer.PostAsync("talk", new()
        {
            ["place"] = "河畔社区",
            ["with"] = "居民代表",
            ["more"] = "1",
            ["point-1"] = "电梯坏了很久没修。",
        });
        officer.Page.QuerySelectorAll("textarea[name^=point-]").Should().HaveCountGreaterThan(3);
        officer.Page.QuerySelector("textarea[name=point-1]")!.TextContent.Should().Contain("电梯坏了很久没修");
        await officer.GetAsync("/matters/talk");
        await officer.PostAsync("talk", new()
        {
            ["place"] = "河畔社区",
            ["with"] = "居民代表 8 人",
            ["point-1"] = "电梯坏了很久没修。居民上下楼困难。",
            ["point-3"] = "小区门口积水严重。",
        });

        officer.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, officer.Text);
        await using var db = desk.Open();
        var made = await db.Matters.AsNoTracking()
            .Where(one => one.Place == "河畔社区" && one.TalkId != null).ToListAsync();
        made.Select(one => one.Title).Should().BeEquivalentTo("电梯坏了很久没修", "小区门口积水严重");
        await officer.GetAsync($"/matters/{made[0].Id.Value}");
        officer.Text.Should().Contain("面对面交流").And.Contain("居民代表 8 人");
    }

    [Fact]
    public async Task A_halls_code_opens_its_form_and_its_poster_shows_the_address()
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/matters/halls");
        var poster = secretary.Page.QuerySelector("a[href$='/poster']")!.GetAttribute("href")!;
        await secretary.GetAsync(poster);
        secretary.Page.QuerySelector("svg.qr-code").Should().NotBeNull();
        var address = new Uri(secretary.Page.QuerySelector(".code-address")!.TextContent).AbsolutePath;
        using var resident = desk.Browser();

        await resident.GetAsync(address);
        resident.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await resident.FollowAsync();

        resident.Page.QuerySelector("select[name=platform] option[selected]")!.GetAttribute("value")
            .Should().NotBeEmpty();
        await resident.GetAsync("/p/sample/h/nothing");
        resident.Answer.Headers.Location!.ToString().Should().Be("/p/sample");
    }

    [Fact]
    public async Task Ranked_scored_counted_and_given_back_the_pages_answer()
    {
        var (matter, _) = await HandInAsync("评分的事项");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/matters/act/score?matter={matter.Value}");
        await secretary.PostAsync("act", new()
        {
            ["representative"] = "4",
            ["widespread"] = "5",
            ["urgent"] = "5",
            ["words"] = "多个小区反映。",
        });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);

        await secretary.GetAsync("/matters/ranking");
        secretary.Text.Should().Contain("评分的事项").And.Contain("代表性 4 + 普遍性 5 + 紧迫性 5 = 14（满分 15）");
        await secretary.GetAsync("/matters/common");
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        var settled = await secretary.Client.GetAsync("/matters/settled?format=csv");
        (await settled.Content.ReadAsStringAsync()).Should().Contain("办理结果").And.Contain("群众评价");
    }

    private async Task RateAsync(DeskBrowser resident, MatterId matter, string key, string rating, string reason)
    {
        await resident.GetAsync("/p/sample/reply");
        await resident.PostAsync("open", new() { ["n"] = await NumberAsync(matter), ["k"] = key });
        await resident.PostAsync("rate", new() { ["rating"] = rating, ["reason"] = reason });
        resident.Text.Should().Contain("已经收到");
    }

    private async Task ReplyAsync(MatterId matter, string points)
    {
        await DoAsync(matter, "Reply", "contact", "Done", new()
        {
            ["points"] = points,
            ["done-by"] = "2030-03-31",
            ["signed"] = "区住房城乡建设委",
            ["signed-on"] = "2026-01-05",
            ["contact"] = "010-0000 0000",
        });
        await DoAsync(matter, "Quality", "secretary", "Confirm", new()
        {
            ["points-answered"] = "yes",
            ["days-given"] = "yes",
            ["signature-there"] = "yes",
        });
        desk.Pass(TimeSpan.FromMinutes(3));
        await desk.UntilAsync(db => db.Cases.AnyAsync(one => one.Rating != null
            && db.Matters.Any(of => of.Id == matter && of.CaseId == one.Id && of.ReplyKeyHash != null)),
            "the reply goes out");
    }

    private async Task DoAsync(
        MatterId matter, string step, string who, string outcome, Dictionary<string, string> fields)
    {
        var task = await TaskAsync(matter, step);
        (await desk.AnswerAsync(task, await desk.PersonAsync(who), outcome, fields))
            .Should().BeOfType<AnswerResult.Accepted>(step);
        desk.Pass(TimeSpan.FromMinutes(3));
    }

    private async Task<WorkTask> TaskAsync(MatterId matter, string step)
    {
        await desk.UntilAsync(db => Open(db, matter, step).AnyAsync(), $"{step} is asked for");
        await using var db = desk.Open();
        return await Open(db, matter, step).AsNoTracking().SingleAsync();
    }

    private static IQueryable<WorkTask> Open(ConsultationDb db, MatterId matter, string step) =>
        db.Tasks.Where(task => task.ActivityId == step && task.State == TaskState.Open
            && db.Matters.Any(one => one.Id == matter && one.CaseId == task.CaseId));

    private async Task UntilAsync(MatterId matter, System.Linq.Expressions.Expression<Func<Matter, bool>> holds) =>
        await desk.UntilAsync(
            db => db.Matters.Where(one => one.Id == matter).AnyAsync(holds), $"the matter is as it should be: {holds}");

    private async Task<string> NumberAsync(MatterId matter)
    {
        await using var db = desk.Open();
        return (await db.Matters.AsNoTracking().SingleAsync(one => one.Id == matter)).Number;
    }

    private async Task<(MatterId Matter, string Code)> HandInAsync(string title, bool mail = true)
    {
        using var browser = desk.Browser();
        await browser.GetAsync("/p/sample/new");
        await browser.PostAsync("hand-in", new()
        {
            ["title"] = title,
            ["text"] = $"{title}，已经好几个月，请帮助解决。",
            ["proposer-email"] = mail ? "liu.yang@example.cn" : "",
            ["consent"] = "true",
        });
        await browser.FollowAsync();
        var number = browser.Page.QuerySelector(".big-number")!.TextContent;
        var code = string.Concat(browser.Page.QuerySelectorAll(".big-secret span").Select(four => four.TextContent));
        await using var db = desk.Open();
        return ((await db.Matters.AsNoTracking().SingleAsync(one => one.Number == number)).Id, code);
    }
}
