using System.Net;

namespace Consultation.ServerTests.Pages;

/// <summary>
/// Entering an organisation: units, people, roles, log-ins, delegations, calendar, policies, mail words.
/// </summary>
public sealed class PeopleTests(DeskHost host) : IClassFixture<DeskHost>
{
    [Fact]
    public async Task A_platform_without_an_officer_is_named_until_somebody_gets_the_duty()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/units/new");
        await browser.PostAsync("unit", new() { ["name"] = "河畔委员工作站", ["kind"] = "MemberStation" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await browser.FollowAsync();
        browser.Text.Should().Contain("河畔委员工作站没有平台专人");

        var unit = browser.Answer.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
        await NewPersonAsync(browser, "林专人");
        await browser.PostAsync("grant", new() { ["role"] = "PlatformOfficer", ["unit"] = unit });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);

        await browser.GetAsync($"/units/{unit}");
        browser.Text.Should().NotContain("河畔委员工作站没有平台专人").And.Contain("林专人");
    }

    [Fact]
    public async Task A_platform_may_have_a_procedure_of_its_own_from_the_published_ones()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/units/new");
        await browser.PostAsync("unit", new()
        {
            ["name"] = "湖滨委员工作站",
            ["kind"] = "MemberStation",
            ["procedure"] = "tracked-item",
        });
        browser.Page.QuerySelector("#field-procedure .invalid-feedback").Should()
            .NotBeNull("a part of a procedure starts nothing");

        await browser.PostAsync("unit", new()
        {
            ["name"] = "湖滨委员工作站",
            ["kind"] = "MemberStation",
            ["procedure"] = "six-step-procedure",
        });
        await browser.FollowAsync();

        browser.Page.QuerySelector("#in-procedure option[selected]")!.GetAttribute("value").Should()
            .Be("six-step-procedure");
    }

    [Fact]
    public async Task A_wrong_address_is_said_beside_the_field_and_everything_typed_stays()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/people/new");

        await browser.PostAsync("person", new() { ["name"] = "赵一", ["title"] = "主任", ["email"] = "不是邮箱" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Page.QuerySelector("#field-email .invalid-feedback").Should().NotBeNull();
        browser.Page.QuerySelector("#in-title")!.GetAttribute("value").Should().Be("主任");
        browser.Page.QuerySelector("#in-email")!.GetAttribute("value").Should().Be("不是邮箱");
    }

    [Fact]
    public async Task A_new_log_in_shows_its_password_once_and_lets_its_person_in()
    {
        using var browser = await host.SignedInAsync();
        var address = await NewPersonAsync(browser, "钱二");
        await browser.PostAsync("login", new() { ["user-name"] = "qian", ["act"] = "password" });
        var password = browser.Page.QuerySelector(".secret")!.TextContent.Trim();

        await browser.GetAsync(address);
        browser.Text.Should().NotContain(password);
        using var qian = host.Browser();
        (await qian.SignInAsync("qian", password)).Should().BeTrue();
    }

    [Fact]
    public async Task Somebody_without_a_role_sees_no_office_page()
    {
        using var browser = await host.SignedInAsync();
        await NewPersonAsync(browser, "孙三");
        await browser.PostAsync("login", new() { ["user-name"] = "sun", ["act"] = "password" });
        var given = browser.Page.QuerySelector(".secret")!.TextContent.Trim();
        using var sun = host.Browser();
        await sun.SignInAsync("sun", given);
        await sun.GetAsync("/account/password");
        await sun.PostAsync(
            "password", new()
            {
                ["present-password"] = given,
                ["new-password"] = "quite-a-long-one",
                ["repeat-password"] = "quite-a-long-one",
            });

        foreach (var page in new[]
        {
            "/people",
            "/units",
            "/outbox",
            "/mail-templates",
            "/status",
            "/policies",
            "/workflows",
        })
        {
            await sun.GetAsync(page);
            sun.Answer.StatusCode.Should().BeOneOf([HttpStatusCode.Redirect, HttpStatusCode.Forbidden], page);
        }

        await sun.GetAsync("/");
        sun.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        sun.Page.QuerySelectorAll(".desk-nav a").Select(link => link.GetAttribute("href")).Should()
            .NotContain("/people").And.Contain("/tasks");
    }

    [Fact]
    public async Task The_list_of_people_is_searched_and_exported_with_formulas_made_harmless()
    {
        using var browser = await host.SignedInAsync();
        await NewPersonAsync(browser, "=HYPERLINK(\"x\")");

        await browser.GetAsync("/people?q=HYPERLINK");
        browser.Page.QuerySelectorAll(".data-table tbody tr").Length.Should().Be(1);
        var csv = await browser.Client.GetStringAsync("/people/export?format=csv&q=HYPERLINK");
        csv.Should().Contain("\"'=HYPERLINK(\"\"x\"\")\"");
        using var sheet = await browser.Client.GetAsync("/people/export?format=xlsx");
        sheet.Content.Headers.ContentType!.MediaType.Should().Contain("spreadsheetml");
    }

    [Fact]
    public async Task A_day_off_is_named_and_can_be_taken_back()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/calendar/2026-03-04");
        await browser.PostAsync("day", new() { ["kind"] = "Holiday", ["name"] = "本地放假", ["act"] = "save" });
        await browser.FollowAsync();
        browser.Text.Should().Contain("本地放假");

        await browser.GetAsync("/calendar/2026-03-04");
        await browser.PostAsync("day", new() { ["kind"] = "Rhythm", ["act"] = "save" });
        await browser.FollowAsync();
        browser.Text.Should().NotContain("本地放假");
    }

    [Fact]
    public async Task A_mail_template_with_a_mistake_is_refused_with_its_line_and_kept_as_typed()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/mail-templates/reminder/zh");

        await browser.PostAsync("template", new() { ["text"] = "第一行\n{% if case_number %}\n没有结束", ["act"] = "save" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Text.Should().MatchRegex("第 [0-9]+ 行");
        browser.Page.QuerySelector("#in-text")!.TextContent.Should().Contain("没有结束");
    }

    [Fact]
    public async Task Edited_words_of_a_mail_are_kept_and_can_be_given_back()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/mail-templates/digest/zh");
        await browser.PostAsync("template", new() { ["subject"] = "今日要办的事 {{ date }}", ["act"] = "save" });
        await browser.GetAsync("/mail-templates");
        browser.Text.Should().Contain("今日要办的事");

        await browser.GetAsync("/mail-templates/digest/zh");
        await browser.PostAsync("template", new() { ["act"] = "reset" });
        await browser.GetAsync("/mail-templates");
        browser.Text.Should().NotContain("今日要办的事");
    }

    [Fact]
    public async Task Two_who_edit_the_same_unit_do_not_overwrite_each_other()
    {
        using var first = await host.SignedInAsync();
        using var second = await host.SignedInAsync();
        await first.GetAsync("/units/new");
        await first.PostAsync("unit", new() { ["name"] = "交通局", ["kind"] = "Department" });
        var address = first.Answer.Headers.Location!.ToString();
        await first.GetAsync(address);
        await second.GetAsync(address);

        await first.PostAsync("unit", new() { ["name"] = "区交通局" });
        await second.PostAsync("unit", new() { ["name"] = "市交通局" });

        first.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        second.Answer.StatusCode.Should().Be(HttpStatusCode.OK, "the second is told instead of overwriting");
        second.Page.QuerySelector("#in-name")!.GetAttribute("value").Should().Be("市交通局");
    }

    private static async Task<string> NewPersonAsync(DeskBrowser browser, string name)
    {
        await browser.GetAsync("/people/new");
        await browser.PostAsync("person", new() { ["name"] = name });
        var address = browser.Answer.Headers.Location!.ToString();
        await browser.GetAsync(address);
        return address;
    }
}
