using System.Net;
using Consultation.Testing;

namespace Consultation.ServerTests.Pages;

/// <summary>
/// An organisation's first hour as its administrator lives it: people from a workbook, doubles, the steps at home.
/// </summary>
public sealed class DirectoryPageTests(DeskHost host) : IClassFixture<DeskHost>
{
    [Fact]
    public async Task A_workbook_is_looked_at_row_by_row_and_stored_when_it_is_confirmed()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/people");
        browser.Page.QuerySelector("a[href='/people/import']").Should().NotBeNull();
        await UploadAsync(browser, SampleWorkbooks.Of(
            ("单位", [["单位名称", "类型"], ["南湖街道", "镇（街）"]]),
            ("人员", [["姓名", "单位", "邮箱", "角色"], ["诸葛亮明", "南湖街道", "zhuge@example.org", "承办单位联系人"],
                ["坏地址", "", "没有地址", ""], ["无单位", "没有的单位", "", ""]])));
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await browser.FollowAsync();

        browser.Text.Should().Contain("诸葛亮明").And.Contain("没有叫“没有的单位”的单位")
            .And.Contain("导入不发任何邮件").And.Contain("写入这 2 行").And.Contain("角色：承办单位联系人（南湖街道）");
        var preview = browser.Answer.RequestMessage!.RequestUri!.AbsolutePath;
        using (var other = await host.SignedInAsync())
        {
            await other.GetAsync("/people?q=诸葛亮明");
            other.Page.QuerySelectorAll("tbody tr").Should().BeEmpty("nothing is stored yet");
        }

        await browser.PostAsync("commit", []);
        await browser.FollowAsync();
        browser.Text.Should().Contain("导入完成").And.Contain("新增 2，修改 0，未变 0，未导入 2");
        await browser.GetAsync("/people?q=zglm");
        browser.Text.Should().Contain("诸葛亮明", "the first letters of a name find it");
        await browser.GetAsync(preview);
        browser.Page.QuerySelector("form [name=plan]").Should().BeNull("it is over");
        await browser.GetAsync("/people/import");
        browser.Text.Should().Contain("已完成");
    }

    [Fact]
    public async Task The_template_comes_back_and_a_file_that_is_none_is_refused_in_words()
    {
        using var browser = await host.SignedInAsync();
        using var answer = await browser.Client.GetAsync("/people/import/template");
        answer.Content.Headers.ContentDisposition!.FileNameStar.Should().Be("单位和人员导入模板.xlsx");
        await UploadAsync(browser, [0x50, 0x4B, 0x03, 0x04, 9, 9, 9, 9]);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Page.QuerySelector("#field-file, .error-summary").Should().NotBeNull();
        browser.Text.Should().Contain("文件无法打开");
    }

    [Fact]
    public async Task Two_entries_are_compared_side_by_side_and_become_one_after_a_tick()
    {
        using var browser = await host.SignedInAsync();
        await UploadAsync(browser, SampleWorkbooks.Of(("人员",
            [["姓名", "邮箱", "电话"], ["司马双", "sima@example.org", "13800000077"]])));
        await browser.FollowAsync();
        await browser.PostAsync("commit", []);
        await browser.GetAsync("/people/new");
        await browser.PostAsync("person", new() { ["name"] = "司 马双", ["phone"] = "138-0000-0077" });
        await browser.GetAsync("/people/doubles");
        browser.Text.Should().Contain("电话相同");
        var address = browser.Page.QuerySelectorAll("a.btn-sm[href^='/people/merge']")
            .Single(link => link.ParentElement!.TextContent.Contains("司马双")).GetAttribute("href")!;
        await browser.GetAsync(address);
        browser.Text.Should().Contain("sima@example.org").And.Contain("138-0000-0077");
        var kept = browser.Page.QuerySelector("[name=keep]")!.GetAttribute("value")!;

        await browser.PostAsync("merge", new() { ["keep"] = kept });
        browser.Text.Should().Contain("请先核对并勾选");
        await browser.PostAsync("merge", new() { ["keep"] = kept, ["sure"] = "true" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await browser.FollowAsync();

        browser.Text.Should().Contain("已合并");
        await browser.GetAsync(address);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound, "one of them is nobody's page any more");
        await browser.GetAsync("/people/doubles");
        browser.Text.Should().NotContain("司马双");
    }

    [Fact]
    public async Task A_doubled_unit_is_merged_after_a_look_and_only_the_one_kept_is_shown()
    {
        using var browser = await host.SignedInAsync();
        await UploadAsync(browser, SampleWorkbooks.Of(
            ("单位", [["单位名称", "类型"], ["北山水务局", "区直部门"], ["北山水务局（重）", "区直部门"]]),
            ("人员", [["姓名", "单位", "角色"], ["公孙重", "北山水务局（重）", "承办单位联系人"]])));
        await browser.FollowAsync();
        await browser.PostAsync("commit", []);
        await browser.GetAsync("/units?q=北山水务局");
        var links = browser.Page.QuerySelectorAll("tbody a[href^='/units/']").ToDictionary(
            link => link.TextContent.Trim(), link => link.GetAttribute("href")!);
        var (old, kept) = (links["北山水务局（重）"], links["北山水务局"]);
        await browser.GetAsync(old);
        browser.Page.QuerySelector($"a[href='{old}/merge']").Should().NotBeNull();
        await browser.GetAsync($"{old}/merge");
        browser.Page.QuerySelectorAll("#in-into option").Select(option => option.TextContent.Trim()).Should()
            .Contain("北山水务局").And.NotContain("北山水务局（重）");
        await browser.GetAsync($"{old}/merge?into={kept["/units/".Length..]}&lang=en");
        browser.Text.Should().Contain("Goes").And.NotMatchRegex(@"\[[a-z-]+\.[\w.-]+\]");
        await browser.GetAsync($"{old}/merge?into={kept["/units/".Length..]}&lang=zh");
        browser.Text.Should().Contain("承办单位联系人 公孙重").And.Contain("督办事项");

        await browser.PostAsync("merge", []);
        browser.Text.Should().Contain("请先核对并勾选");
        await browser.PostAsync("merge", new() { ["sure"] = "true" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await browser.FollowAsync();

        browser.Text.Should().Contain("单位已合并").And.Contain("公孙重").And.Contain("已并入本单位：北山水务局（重）");
        await browser.GetAsync("/units?q=北山水务局&state=all");
        browser.Page.QuerySelectorAll("tbody tr").Should().ContainSingle();
        await browser.GetAsync(old);
        browser.Page.QuerySelector("#in-name")!.GetAttribute("value").Should().Be("北山水务局", "old links lead on");
        foreach (var wrong in new[] { $"{old}/merge", $"{kept}/merge?into={old["/units/".Length..]}",
            $"{kept}/merge?into={kept["/units/".Length..]}", $"{kept}/merge?into={Guid.NewGuid():N}" })
        {
            await browser.GetAsync(wrong);
            browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound, wrong);
        }
    }

    [Fact]
    public async Task The_first_steps_tick_themselves_and_can_be_put_away()
    {
        await using var empty = new DeskHost();
        using var browser = await empty.SignedInAsync();
        await browser.GetAsync("/");
        browser.Page.QuerySelectorAll(".first-steps li").Should().HaveCount(10);
        var before = browser.Page.QuerySelectorAll(".first-steps .is-done").Length;

        await UploadAsync(browser, SampleWorkbooks.Of(
            ("单位", [["单位名称", "类型", "指导专委会"], ["城建委", "专委会", ""], ["河畔工作站", "委员工作站（室）", "城建委"]]),
            ("人员", [["姓名", "角色"], ["甲", "专委会主任（城建委）"], ["乙", "平台专人（河畔工作站）、平台负责人（河畔工作站）"]])));
        await browser.FollowAsync();
        await browser.PostAsync("commit", []);
        await browser.GetAsync("/");

        browser.Page.QuerySelectorAll(".first-steps .is-done").Should().HaveCount(before + 3,
            "units, people and duties are found in the database");
        await browser.PostAsync("put-away", []);
        await browser.FollowAsync();
        browser.Page.QuerySelector(".first-steps").Should().BeNull();
    }

    [Fact]
    public async Task Five_hundred_people_are_paged_and_found_by_their_first_letters_everywhere()
    {
        await using var large = new DeskHost();
        using var browser = await large.SignedInAsync();
        var people = Enumerable.Range(1, 500).Select(n => new[] { $"委员{n}", "政协委员", $"w{n}@example.org" });
        await UploadAsync(browser, SampleWorkbooks.Of(("人员",
            [["姓名", "角色", "邮箱"], .. people, ["欧阳修远", "政协委员", "ou@example.org"]])));
        await browser.FollowAsync();
        await browser.PostAsync("commit", []);

        await browser.GetAsync("/people");
        browser.Page.QuerySelectorAll("tbody tr").Should().HaveCount(50);
        browser.Text.Should().Contain("共 502 条");
        await browser.GetAsync("/people?q=oyxy");
        browser.Page.QuerySelectorAll("tbody tr").Should().ContainSingle().Which.TextContent.Should().Contain("欧阳修远");
        await browser.GetAsync("/delegations");
        browser.Page.QuerySelectorAll("#in-to option").Should().HaveCount(503);
        browser.Page.QuerySelectorAll("#in-to option").Select(one => one.GetAttribute("data-words")).Should()
            .Contain(words => words != null && words.Contains("oyxy"));
        foreach (var address in new[] { "/people/doubles", "/duties", "/units", "/" })
        {
            await browser.GetAsync(address);
            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }
    }

    private static async Task UploadAsync(DeskBrowser browser, byte[] file)
    {
        await browser.GetAsync("/people/import");
        await browser.UploadAsync("upload", "file", "名单.xlsx", file);
    }
}
