using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Consultation.Testing.Databases;
using Microsoft.Data.Sqlite;

namespace Consultation.ServerTests.Pages;

/// <summary>
/// The database goes away while somebody fills in a form: nothing typed is lost, and nobody sees a stack trace.
/// </summary>
public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task On_sqlite_a_post_gives_back_what_was_typed_and_goes_through_when_sent_again()
    {
        await using var host = new DeskHost();
        var file = Path.Combine(host.Folder, "desk.db");
        await PostWhileAwayAsync(host, "数据库文件", away: () =>
        {
            // A folder in the file's place: even root cannot open that as a database.
            File.Move(file, file + ".away");
            Directory.CreateDirectory(file);
            SqliteConnection.ClearAllPools();
        }, back: () =>
        {
            Directory.Delete(file);
            File.Move(file + ".away", file);
        });
    }

    [SkippableFact]
    public async Task On_postgresql_a_post_gives_back_what_was_typed_and_goes_through_when_sent_again()
    {
        var server = PostgreSqlCluster.TryStart(out var whyNot);
        Skip.If(server is null, whyNot);
        await using var host = new DeskHost(
            [new("Storage:Provider", "PostgreSql"), new("Storage:ConnectionString", server!.ConnectionTo("away"))]);
        await PostWhileAwayAsync(host, "PostgreSQL", server.Stop, server.StartAgain);
    }

    [Fact]
    public async Task A_password_is_not_given_back()
    {
        await using var host = new DeskHost();
        using var browser = host.Browser();
        await browser.GetAsync("/sign-in");
        File.Delete(Path.Combine(host.Folder, "desk.db"));
        Directory.CreateDirectory(Path.Combine(host.Folder, "desk.db"));
        SqliteConnection.ClearAllPools();

        await browser.PostAsync("sign-in", new() { ["user"] = "admin", ["password"] = "a-secret-that-stays-secret" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        browser.Page.DocumentElement.OuterHtml.Should().NotContain("a-secret-that-stays-secret");
        browser.Page.QuerySelector("form[data-guard]").Should()
            .BeNull("a form with a password cannot be sent again for the person");
        browser.Page.QuerySelector(".error-page a[href='/sign-in']").Should().NotBeNull();
    }

    private static async Task PostWhileAwayAsync(DeskHost host, string cause, Action away, Action back)
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/people/new");

        away();
        await browser.PostAsync("person", new() { ["name"] = "周明<b>", ["email"] = "zhou@example.org" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        browser.Text.Should().Contain("数据库暂时无法使用").And.Contain(cause).And.Contain("没有保存任何东西").And.NotContain(
            "   at ").And.NotContain("Exception");
        browser.Answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'none'");
        browser.Page.QuerySelector<IHtmlTextAreaElement>("#typed-name")!.Value.Trim().Should().Be("周明<b>");
        browser.Page.QuerySelector("label[for=typed-name]")!.TextContent.Should()
            .Be("姓名", "the label of the form, not the name of the field");
        browser.Page.QuerySelectorAll(".error-page label").Select(label => label.TextContent)
            .Should().OnlyContain(label => !label.Contains('_') && !label.Contains('-'));
        var ready = await browser.Client.GetAsync("/health/ready");
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).Should().Contain(cause);
        var failed = browser.Page;
        await browser.GetAsync("/people");
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, "looking is said in words too");

        back();
        await browser.SendAgainAsync(failed);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
        await browser.GetAsync("/people");
        browser.Page.QuerySelectorAll("td").Count(cell => cell.TextContent.Contains("周明<b>", StringComparison.Ordinal))
            .Should().Be(1);
        (await browser.Client.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
