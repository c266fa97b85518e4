using System.Diagnostics;
using System.Net;
using System.Text;
using Consultation.Cases.Samples;
using Consultation.Web.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Pages;

/// <summary>
/// Importing hotline orders as the secretary does it (Q37, O20): file, preview, confirmation, progress, list.
/// </summary>
public sealed class ImportPageTests(ImportPageTests.Desk desk) : IClassFixture<ImportPageTests.Desk>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_table_in_gb18030_is_previewed_with_its_bad_rows_and_comes_in_behind_the_page()
    {
        using var browser = await desk.SecretaryAsync();
        var table = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(
            "工单编号,来电时间,诉求内容,来电人\r\nGB001,2026-03-01 "
                + "08:00,路灯不亮了,张三\r\nGB002,昨天,井盖丢失,\r\n,2026-03-01,没有编号的一行,\r\nGB001,2026-03-01,又是同一号,\r\n");

        await UploadAsync(browser, "热线.csv", table);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await browser.FollowAsync();

        browser.Text.Should()
            .Contain("按 GB18030 读取").And.Contain("路灯不亮了").And.Contain("第 3 行").And.Contain("来电时间“昨天”无法识别")
            .And.Contain("第 4 行").And.Contain("没有工单编号").And.Contain("工单编号与第 2 行重复");
        await browser.PostAsync("commit", []);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, "the page does not wait for the import");
        await UntilDoneAsync(browser);
        browser.Text.Should().Contain("新增 1 条").And.Contain("有问题未导入 3 条");
        await browser.GetAsync("/matters?source=Hotline&q=GB001");
        browser.Text.Should().Contain("路灯不亮了");
        await browser.GetAsync("/matters/import");
        browser.Text.Should().Contain("最近的导入").And.Contain("热线.csv").And.Contain("新增 1");
    }

    [Fact]
    public async Task A_table_with_unknown_headers_asks_which_column_is_what()
    {
        using var browser = await desk.SecretaryAsync();

        await UploadAsync(browser, "表.csv", Encoding.UTF8.GetBytes("甲,乙\nMAP1,路面有坑\n"));
        await browser.FollowAsync();
        browser.Text.Should().Contain("请指定各列的内容").And.Contain("没有找到“工单编号”列");
        await browser.PostAsync("remap", new() { ["map-OrderNumber"] = "0", ["map-Text"] = "0" });
        browser.Text.Should().Contain("被指定了两次");
        await browser.PostAsync("remap", new() { ["map-OrderNumber"] = "0", ["map-Text"] = "1" });
        await browser.FollowAsync();

        browser.Text.Should().Contain("路面有坑").And.Contain("导入这 1 条");
    }

    [Fact]
    public async Task An_import_that_is_given_up_stores_nothing_and_says_so()
    {
        using var browser = await desk.SecretaryAsync();
        await UploadAsync(browser, "orders.xlsx", SampleOrders.Excel(new(2020, 1, 1)));
        await browser.FollowAsync();
        browser.Text.Should().Contain("导入这 60 条");

        await browser.PostAsync("cancel", []);
        await browser.FollowAsync();

        browser.Text.Should().Contain("已放弃导入").And.Contain("没有写入任何事项");
        await browser.GetAsync("/matters?q=SL202000000001");
        browser.Text.Should().NotContain("SL202000000001");
    }

    public static TheoryData<string, byte[], string> Unreadable => new()
    {
        { "empty.csv", [], "文件是空的" },
        { "header.csv", Encoding.UTF8.GetBytes("工单编号,诉求内容\n"), "只有表头" },
        { "old.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "旧版 .xls" },
        { "utf16.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("工单编号,诉求内容\nA1,x\n")],
            "CSV UTF-8" },
        { "picture.csv", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13], "无法识别文件编码" },
        { "broken.xlsx", [0x50, 0x4B, 0x03, 0x04, 1, 2, 3, 4], "文件无法打开" },
        { "quote.csv", Encoding.UTF8.GetBytes("工单编号,诉求内容\nA1,\"没有收尾\nA2,x\n"), "引号没有成对" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_file_that_cannot_be_read_is_refused_with_what_to_do(string name, byte[] file, string words)
    {
        using var browser = await desk.SecretaryAsync();

        await UploadAsync(browser, name, file);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Page.QuerySelector(".error-summary")!.TextContent.Should().Contain(words);
        browser.Page.QuerySelector("input[name=file]").Should().NotBeNull("another file can be chosen at once");
    }

    [Fact]
    public async Task What_is_left_out_of_a_file_is_pointed_out_before_anything_is_imported()
    {
        using var browser = await desk.SecretaryAsync();

        await UploadAsync(browser, "明细.csv", Encoding.UTF8.GetBytes(
            "2026年3月工单明细,,,\n工单编号,诉求内容,来电时间,电话\n=\"0077\",居民说\"太吵了\"请处理,2026-03-01 上午9:10,1.38001E+10\n"
            + "0078,#N/A,,\n合计,共2件,,\n"));
        await browser.FollowAsync();

        browser.Text.Should().Contain("导入这 1 条").And.Contain("0077").And.Contain("2026").And.Contain("需要留意")
            .And.Contain("第 3 行").And.Contain("联系电话“1.38001E+10”").And.Contain("第 4 行").And.Contain("第 1、5 行");
    }

    [Fact]
    public async Task Where_there_is_nothing_to_import_there_is_no_button_for_it()
    {
        using var browser = await desk.SecretaryAsync();

        await UploadAsync(browser, "坏.csv", Encoding.UTF8.GetBytes("工单编号,诉求内容\n1.2E+13,路灯坏了请修\n"));
        await browser.FollowAsync();

        browser.Text.Should().NotContain("导入这").And.Contain("没有可以导入的工单").And.Contain("科学记数法");
        browser.Page.QuerySelectorAll("button[disabled]").Should().BeEmpty();
    }

    [Fact]
    public async Task A_template_is_offered_and_reads_as_what_it_is()
    {
        using var browser = await desk.SecretaryAsync();
        await browser.GetAsync("/matters/import");
        var link = browser.Page.QuerySelector("a[href='/matters/import/template']");

        link.Should().NotBeNull();
        using var answer = await browser.Client.GetAsync("/matters/import/template");
        await UploadAsync(browser, "模板.xlsx", await answer.Content.ReadAsByteArrayAsync());

        answer.Content.Headers.ContentDisposition!.FileNameStar.Should().Be("12345 工单导入模板.xlsx");
        browser.Page.QuerySelector(".error-summary")!.TextContent.Should().Contain("只有表头");
    }

    [Fact]
    public async Task A_title_that_no_document_can_carry_is_cleaned_at_the_door_and_its_list_exported()
    {
        using var browser = await desk.SecretaryAsync();
        await browser.GetAsync("/matters/new");

        await browser.PostAsync("matter", new()
        {
            ["title"] = "门口\uFFFF积水\u0001\uFFFE严重",
            ["text"] = "下雨以后门口积水很深走不过去\u000B。",
            ["source"] = "Desk",
        });
        using var workbook = await browser.Client.GetAsync("/matters/export?format=xlsx");
        using var table = await browser.Client.GetAsync("/matters/export?format=csv");

        workbook.StatusCode.Should().Be(HttpStatusCode.OK);
        (await workbook.Content.ReadAsByteArrayAsync()).Should().StartWith("PK"u8.ToArray());
        (await table.Content.ReadAsStringAsync()).Should().Contain("门口积水严重");
    }

    [Fact]
    public async Task An_import_of_nobody_is_not_found()
    {
        using var browser = await desk.SecretaryAsync();

        await browser.GetAsync($"/matters/import/{Guid.NewGuid()}");

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task UploadAsync(DeskBrowser browser, string name, byte[] file)
    {
        await browser.GetAsync("/matters/import");
        await browser.UploadAsync("upload", "file", name, file);
    }

    /// <summary>What the page's Refresh header does in a browser.</summary>
    private static async Task UntilDoneAsync(DeskBrowser browser)
    {
        var address = browser.Answer.Headers.Location!.ToString();
        var watch = Stopwatch.StartNew();
        do
        {
            await browser.GetAsync(address);
            watch.Elapsed.Should().BeLessThan(Patience, "the worker runs");
        }
        while (browser.Answer.Headers.TryGetValues("Refresh", out _));
        browser.Text.Should().Contain("导入完成");
    }

    /// <summary>A host whose worker runs, with the sample organisation.</summary>
    public sealed class Desk() : DeskHost([new("Host:RunsWork", "true")]), IAsyncLifetime
    {
        private string _password = "";

        public async Task InitializeAsync() =>
            _password = (await Services.GetRequiredService<ISampleData>().LoadAsync(default))!.Password;

        Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

        internal async Task<DeskBrowser> SecretaryAsync()
        {
            var browser = Browser();
            (await browser.SignInAsync("secretary", _password)).Should().BeTrue();
            return browser;
        }
    }
}
