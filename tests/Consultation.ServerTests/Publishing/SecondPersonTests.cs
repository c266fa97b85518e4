using System.Net;
using Consultation.Cases.Forms;
using Consultation.ServerTests.Desk;

namespace Consultation.ServerTests.Publishing;

/// <summary>The second person judges what will be read, and nothing else.</summary>
public sealed class SecondPersonTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [Fact]
    public async Task What_was_not_asked_holds_nobody_up()
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"{desk.Case}/publish/topic");
        await secretary.PostAsync("publish", new()
        {
            ["f.title"] = "不征求意见的议题",
            ["f.summary"] = "只公开，不征求意见。",
            ["f.summary-level"] = "public",
            ["f.consult"] = FormValues.No,
            ["f.question"] = "没有问的问题",
            ["f.consult-until"] = "2020-01-01",
        });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        using var admin = await desk.AsAsync("sample-admin");
        await admin.GetAsync("/publishing");
        await admin.GetAsync(admin.Page.QuerySelectorAll("a[href^='/publishing/']")
            .First(link => link.TextContent.Contains("不征求意见的议题")).GetAttribute("href")!);

        admin.Text.Should().NotContain("没有问的问题");
        await admin.PostAsync("second", new() { ["agrees"] = "1" });

        admin.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, admin.Text);
        using var visitor = desk.Browser();
        await visitor.GetAsync("/p/sample");
        visitor.Text.Should().Contain("不征求意见的议题").And.NotContain("没有问的问题");
    }
}
