using System.Net;
using Consultation.Cases.People;
using Consultation.Cases.Rules;
using Consultation.Mail.Templates;
using Consultation.Storage;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// Every rule of the house is read, understood and changed at the desk; whoever made it is written down.
/// </summary>
public sealed class RulePageTests(DeskHost host) : IClassFixture<DeskHost>
{
    [Fact]
    public async Task Every_rule_is_listed_with_its_reason_and_whose_it_is_and_has_a_page()
    {
        using var browser = await host.SignedInAsync();
        foreach (var language in new[] { "zh", "en" })
        {
            await browser.GetAsync($"/policies?lang={language}");
            browser.Text.Should().Contain(RuleCatalogue.Note.For(language));
            foreach (var rule in RuleCatalogue.All)
            {
                browser.Text.Should().Contain(rule.Name.For(language)).And.Contain(rule.Why.For(language));
                browser.Page.QuerySelector($"a[href='/policies/rules/{rule.Key}']").Should().NotBeNull(rule.Key);
            }
        }

        foreach (var rule in RuleCatalogue.All)
        {
            await browser.GetAsync($"/policies/rules/{rule.Key}?lang=zh");
            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK, rule.Key);
            browser.Text.Should().Contain("产品默认，非方案规定").And.Contain(rule.Why.Zh);
        }
    }

    [Fact]
    public async Task A_rule_is_changed_said_wrong_at_its_field_and_taken_back()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/policies/rules/verify?lang=zh");

        await browser.PostAsync("rule", new() { ["value"] = "明天", ["act"] = "save" });
        browser.Text.Should().Contain("请按“2工作日”或“3天”的样子填写");
        (await ValueAsync("verify")).Should().Be("3wd");
        await browser.PostAsync("rule", new() { ["value"] = "7工作日", ["act"] = "save" });
        await browser.FollowAsync();

        browser.Text.Should().Contain("7 个工作日").And.Contain("本单位规定（产品默认 3 个工作日）");
        (await ValueAsync("verify")).Should().Be("7wd");
        await browser.GetAsync("/policies/rules/verify");
        await browser.PostAsync("rule", new() { ["act"] = "default" });
        await browser.FollowAsync();
        (await ValueAsync("verify")).Should().Be("3wd");
        browser.Text.Should().NotContain("本单位规定（产品默认 3 个工作日）");
    }

    [Fact]
    public async Task The_English_at_the_end_of_Chinese_mails_is_switched_off_for_the_organisation()
    {
        var templates = host.Services.GetRequiredService<IMailTemplateStore>();
        (await templates.WithoutEnglishAsync(default)).Should().BeEmpty("it is there unless somebody leaves it out");
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/policies/rules/mail-english");

        await browser.PostAsync("rule", new() { ["value"] = "no", ["act"] = "save" });

        await using var db = host.Services.GetRequiredService<Database>().Open();
        var organisation = await db.Organisations.SingleAsync();
        (await templates.WithoutEnglishAsync(default)).Should().Equal(organisation.Id.Value);
        await browser.GetAsync("/policies/rules/mail-english");
        await browser.PostAsync("rule", new() { ["value"] = "yes", ["act"] = "save" });
        (await templates.WithoutEnglishAsync(default)).Should().BeEmpty();
    }

    private async Task<string> ValueAsync(string key)
    {
        await using var db = host.Services.GetRequiredService<Database>().Open();
        var organisation = await db.Organisations.AsNoTracking().SingleAsync();
        OrganisationSnapshot? known = await host.Services.GetRequiredService<DirectoryCache>()
            .FindAsync(db, organisation.Id, default);
        return known!.Policies.Rules[key];
    }
}
