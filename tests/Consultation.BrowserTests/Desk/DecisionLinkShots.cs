using Consultation.ServerTests.Desk;

namespace Consultation.BrowserTests.Desk;

/// <summary>
/// The page behind the link of a mail, on a desk and on a phone: what is judged stands before the answers, long texts
/// fold, the document comes.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class DecisionLinkShots(Chromium chromium)
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_closing_check_and_a_second_check_fit_the_screen(bool phone)
    {
        var page = await chromium.SampleAdministratorAsync(phone, "zh-CN");
        var moves = new CaseMoves(chromium.Services);
        var (_, check) = await moves.ReportedItemAsync();
        var (task, second) = await moves.ExcludedAsync(8);
        foreach (var (token, name) in new[] { (check, "check"), (second, "second") })
        {
            await page.GotoAsync($"/t/{token}?lang=zh");

            await Chromium.ShootAsync(page, $"{(phone ? "phone" : "wide")}-zh-link-{name}");
            (await Chromium.FitsAsync(page)).Should().BeTrue($"{name} must not scroll sideways");
        }

        var director = await chromium.SignedInAsync("director", chromium.SamplePassword, phone);
        await director.GotoAsync($"/tasks/{task.Id.Value}");
        await Chromium.ShootAsync(director, $"{(phone ? "phone" : "wide")}-zh-task-second");
        (await Chromium.FitsAsync(director)).Should().BeTrue("the desk's page must not scroll sideways");
        await director.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    [SkippableTheory]
    [InlineData(false, "zh-CN")]
    [InlineData(true, "zh-CN")]
    [InlineData(false, "en-GB")]
    [InlineData(true, "en-GB")]
    public async Task What_is_judged_is_read_and_fetched_by_the_link(bool phone, string language)
    {
        var page = await chromium.SampleAdministratorAsync(phone, language);
        var (_, token) = await new CaseMoves(chromium.Services).JudgedReportAsync();
        await page.GotoAsync($"/t/{token}?lang={language[..2]}");
        var mark = $"{(phone ? "phone" : "wide")}-{language[..2]}-link";
        await Chromium.ShootAsync(page, mark);
        (await Chromium.FitsAsync(page)).Should().BeTrue($"{mark} must not scroll sideways");
        var whole = page.GetByText("末段没有路灯");
        (await whole.IsVisibleAsync()).Should().BeFalse("a long text is folded");

        await page.ClickAsync(".long-text > summary");

        (await whole.IsVisibleAsync()).Should().BeTrue();
        (await Chromium.FitsAsync(page)).Should().BeTrue($"{mark} must not scroll sideways when a text is opened");
        await Chromium.ShootAsync(page, mark + "-open");
        var file = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(".material a[download]"));
        file.SuggestedFilename.Should().Be("调研报告-河边步道夜间照明.docx");
        await page.Context.CloseAsync();
    }
}
