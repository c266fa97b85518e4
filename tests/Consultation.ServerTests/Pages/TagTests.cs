using System.Net;

namespace Consultation.ServerTests.Pages;

/// <summary>The tags of matters in an organisation's own words (Q36).</summary>
public sealed class TagTests(DeskHost host) : IClassFixture<DeskHost>
{
    [Fact]
    public async Task A_tag_is_renamed_added_and_switched_off_and_the_form_offers_what_is_left()
    {
        using var browser = await host.SignedInAsync();
        await SaveAsync(browser, "/policies/tags?key=have-work", new() { ["name"] = "就业增收", ["offered"] = "true" });
        await SaveAsync(browser, "/policies/tags", new()
        {
            ["name"] = "接诉即办",
            ["group"] = "focus",
            ["offered"] = "true",
        });
        await SaveAsync(browser, "/policies/tags?key=sub-centre", new() { ["offered"] = "" }, off: true);

        await browser.GetAsync("/matters/new");

        browser.Text.Should().Contain("就业增收").And.Contain("接诉即办").And.NotContain("劳有所得").And.NotContain("城市副中心");
        await browser.GetAsync("/policies/tags");
        browser.Text.Should().Contain("城市副中心").And.Contain("已停用", "it stays in the list, to be switched on again");
    }

    [Fact]
    public async Task Two_tags_of_one_name_and_a_tag_without_a_name_are_refused_at_the_field()
    {
        using var browser = await host.SignedInAsync();
        foreach (var name in new[] { "便利性", "" })
        {
            await browser.GetAsync("/policies/tags");
            await browser.PostAsync("tag", new() { ["name"] = name, ["group"] = "nature", ["offered"] = "true" });

            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
            browser.Page.QuerySelector("#field-name .invalid-feedback").Should().NotBeNull(name);
        }
    }

    [Fact]
    public async Task A_tag_of_nobody_is_not_found()
    {
        using var browser = await host.SignedInAsync();

        await browser.GetAsync("/policies/tags?key=nothing");

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task SaveAsync(
        DeskBrowser browser, string address, Dictionary<string, string> values, bool off = false)
    {
        await browser.GetAsync(address);
        if (off)
        {
            browser.Page.QuerySelector("input[name=offered]")!.Remove();
            values.Remove("offered");
        }

        await browser.PostAsync("tag", values);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
    }
}
