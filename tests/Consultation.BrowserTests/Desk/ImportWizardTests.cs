using System.Text;
using Consultation.Cases.Samples;
using Microsoft.Playwright;

namespace Consultation.BrowserTests.Desk;

/// <summary>The secretary imports hotline orders by clicking through the three steps (Q37, O20).</summary>
[Collection(BrowserCollection.Name)]
public sealed class ImportWizardTests(Chromium chromium)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Orders_in_gb18030_go_through_mapping_preview_and_import_into_the_list(bool script)
    {
        await chromium.LoadSampleAsync();
        var page = await chromium.SignedInAsync("secretary", chromium.SamplePassword, script: script);
        var mark = script ? "S" : "N";
        var table = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(
            $"甲,乙,丙\r\nWIZ{mark}1,桥下积水，车辆过不去,2026-03-01 08:00\r\nWIZ{mark}2,,2026-03-01\r\nWIZ{mark}3,井盖松动,上个月\r\n");

        await ReadAsync(page, "热线.csv", "text/csv", table);
        (await page.Locator(".error-summary").InnerTextAsync()).Should().Contain("没有找到“工单编号”列");
        await page.SelectOptionAsync("[name=map-OrderNumber]", "0");
        await page.SelectOptionAsync("[name=map-Text]", "1");
        await page.SelectOptionAsync("[name=map-RaisedAt]", "2");
        await page.GetByRole(AriaRole.Button, new() { Name = "按新的对应重新读取" }).ClickAsync();
        var preview = await page.Locator("main").InnerTextAsync();
        preview.Should().Contain("第 3 行").And.Contain("没有诉求内容").And.Contain("第 4 行").And.Contain(
            "“上个月”无法识别").And.Contain("桥下积水，车辆过不去");
        await Chromium.ShootAsync(page, $"import-preview-{(script ? "script" : "plain")}");
        await page.GetByRole(AriaRole.Button, new() { Name = "导入这 1 条" }).ClickAsync();
        await DoneAsync(page);
        (await page.Locator("main").InnerTextAsync()).Should().Contain("有问题未导入 2 条");
        await page.GotoAsync($"/matters?q=WIZ{mark}1");

        (await page.Locator("main").InnerTextAsync()).Should().Contain("桥下积水，车辆过不去");
        await page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task A_workbook_goes_in_and_the_same_again_changes_nothing()
    {
        await chromium.LoadSampleAsync();
        var page = await chromium.SignedInAsync("secretary", chromium.SamplePassword);
        var workbook = SampleOrders.Excel(new(2021, 5, 1));
        const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

        await ReadAsync(page, "12345.xlsx", Excel, workbook);
        await page.GetByRole(AriaRole.Button, new() { Name = "导入这 60 条" }).ClickAsync();
        await DoneAsync(page);
        await Chromium.ShootAsync(page, "import-done");
        await ReadAsync(page, "12345.xlsx", Excel, workbook);

        (await page.Locator(".import-counts").TextContentAsync()).Should().Contain("60 条无变化");
        (await page.Locator("form:has(input[value=commit]) button").CountAsync())
            .Should().Be(0, "there is nothing new");
        await page.GotoAsync("/matters/import");
        await Chromium.ShootAsync(page, "import-recent");
        await page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task A_file_that_is_too_large_is_refused_in_words()
    {
        await chromium.LoadSampleAsync();
        var page = await chromium.SignedInAsync("secretary", chromium.SamplePassword);
        var folder = Directory.CreateTempSubdirectory("consultation-import-");
        try
        {
            foreach (var megabytes in new[] { 31, 45 })
            {
                var file = Path.Combine(folder.FullName, $"{megabytes}.csv");
                await File.WriteAllBytesAsync(file, new byte[(megabytes * 1024 * 1024) - 4096]);
                await page.GotoAsync("/matters/import");
                await page.SetInputFilesAsync("[name=file]", file);
                await page.GetByRole(AriaRole.Button, new() { Name = "读取并预览" }).ClickAsync();

                (await page.Locator("main").InnerTextAsync()).Should().Contain("文件超过 30 MB，请分成几个文件导入");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        await page.Context.CloseAsync();
    }

    private static async Task ReadAsync(IPage page, string name, string type, byte[] content)
    {
        await page.GotoAsync("/matters/import");
        await page.SetInputFilesAsync("[name=file]", new FilePayload
        {
            Name = name,
            MimeType = type,
            Buffer = content,
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "读取并预览" }).ClickAsync();
    }

    /// <summary>The page comes again by itself until the worker is done.</summary>
    private static Task DoneAsync(IPage page) =>
        page.GetByRole(AriaRole.Heading, new() { Name = "导入完成" }).WaitForAsync();
}
