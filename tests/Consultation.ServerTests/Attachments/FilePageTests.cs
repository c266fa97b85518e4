using System.Net;
using System.Text;
using System.Text.Json;
using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.ServerTests.Desk;
using Consultation.Storage.Attachments;
using Consultation.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Attachments;

/// <summary>Files as people hand them in and look at them: public form, desk, on behalf, in pieces.</summary>
public sealed class FilePageTests(GateDesk desk) : IClassFixture<GateDesk>
{
    [Fact]
    public async Task A_photo_of_a_resident_comes_in_without_script_and_the_desk_sees_it_without_its_place()
    {
        using var resident = desk.Browser();
        await resident.GetAsync("/p/sample/new");
        await PostAsync(resident, "hand-in", Matter("路口照片"), ("files", "..\\我家门口.jpg", SampleFiles.Photo()));
        resident.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, resident.Text);
        await WorkAsync();

        var file = await FileAsync("我家门口.jpg");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/matters/{file.MatterId!.Value.Value}");
        secretary.Page.QuerySelector(".file-grid img")!.GetAttribute("src").Should()
            .Be($"/files/{file.Id.Value}/thumbnail");
        await secretary.GetAsync($"/files/{file.Id.Value}");
        secretary.Text.Should().Contain("群众提交").And.Contain("涉及个人信息");

        using var picture = await secretary.Client.GetAsync($"/files/{file.Id.Value}/picture");
        picture.Content.Headers.ContentType!.MediaType.Should().Be("image/jpeg");
        picture.Content.Headers.ContentDisposition!.DispositionType.Should().Be("inline");
        picture.Headers.GetValues("Content-Security-Policy").Single().Should().Be("default-src 'none'; sandbox");
        picture.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        Encoding.Latin1.GetString(await picture.Content.ReadAsByteArrayAsync()).Should()
            .NotContain(SampleFiles.Marker);
        using var saved = await secretary.Client.GetAsync($"/files/{file.Id.Value}/content");
        saved.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        using var stranger = desk.Browser();
        (await stranger.Client.GetAsync($"/files/{file.Id.Value}/picture")).StatusCode.Should()
            .NotBe(HttpStatusCode.OK);
        using var contact = await desk.AsAsync("contact");
        (await contact.Client.GetAsync($"/files/{file.Id.Value}/picture")).StatusCode.Should()
            .Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_file_that_lies_is_refused_in_words_and_the_good_one_and_the_typed_text_stay()
    {
        using var resident = desk.Browser();
        await resident.GetAsync("/p/sample/new");

        await PostAsync(resident, "hand-in", Matter("两个文件"), ("files", "good.jpg", SampleFiles.Photo()),
            ("files", "bad.jpg", Encoding.ASCII.GetBytes("<html><script>alert(1)</script></html>")));

        resident.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        resident.Text.Should().Contain("“bad.jpg”：网页和 SVG 图片里可以藏有程序");
        resident.Page.QuerySelector("[name=title]")!.GetAttribute("value").Should().Be("两个文件");
        resident.Page.QuerySelector(".files-picked")!.TextContent.Should().Contain("good.jpg");
        await resident.PostAsync("hand-in", Matter("两个文件"));
        resident.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, resident.Text);
        (await FileAsync("good.jpg")).MatterId.Should().NotBeNull();
    }

    [Fact]
    public async Task More_files_than_the_rule_allows_are_pointed_out()
    {
        using var resident = desk.Browser();
        await resident.GetAsync("/p/sample/new");

        await PostAsync(resident, "hand-in", Matter("四张照片"),
            [.. Enumerable.Range(1, 4).Select(n => ("files", $"n{n}.jpg", SampleFiles.Photo(100 + n, 80)))]);

        resident.Text.Should().Contain("最多附 3 个文件");
    }

    [Fact]
    public async Task In_pieces_a_file_goes_on_and_needs_its_ticket_and_nothing_too_large_is_begun()
    {
        using var resident = desk.Browser();
        await resident.GetAsync("/p/sample/new");
        var token = resident.Page.QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        var photo = SampleFiles.Photo(900, 700);

        using var none = await BeginAsync(resident, "", "x.jpg", photo.Length);
        using var large = await BeginAsync(resident, token, "x.jpg", 4L * 1024 * 1024 * 1024);
        using var begun = await BeginAsync(resident, token, "pieces.jpg", photo.Length);
        none.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        large.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await large.Content.ReadAsStringAsync()).Should().Contain("10 MB");
        var at = (await JsonAsync(begun)).GetProperty("at").GetString()!;
        using var first = await resident.Client.PutAsync($"{at}?at=0", new ByteArrayContent(photo));
        var done = await JsonAsync(first);
        done.GetProperty("complete").GetBoolean().Should().BeTrue();
        using var forged = await resident.Client.GetAsync(at[..^32] + new string('0', 32));
        forged.StatusCode.Should().Be(HttpStatusCode.NotFound);

        await resident.PostAsync("hand-in",
            new(Matter("分段上传")) { ["files.ticket"] = done.GetProperty("ticket").GetString()! });
        (await FileAsync("pieces.jpg")).MatterId.Should().NotBeNull();
        using var late = await resident.Client.DeleteAsync(at);
        late.StatusCode.Should().Be(HttpStatusCode.NotFound, "what is attached is not theirs to drop any more");
    }

    [Fact]
    public async Task Files_are_added_to_a_case_changed_and_removed_with_a_reason()
    {
        using var secretary = await desk.AsAsync("secretary");
        var @case = await desk.OpenCaseAsync();
        await secretary.GetAsync($"/files/add?case={@case}");
        await PostAsync(secretary, "add",
            new() { ["caption"] = "签到表扫描件", ["given-by"] = "孙静", ["retention"] = "lasting" },
            ("files", "sheet.pdf", Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF")));
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await WorkAsync();
        await secretary.FollowAsync();
        secretary.Text.Should().Contain("签到表扫描件").And.Contain("不公开");

        var file = await FileAsync("sheet.pdf");
        await secretary.GetAsync($"/files/{file.Id.Value}");
        await secretary.PostAsync("notes", new() { ["may-publish"] = "true" });
        await secretary.GetAsync($"/files/{file.Id.Value}");
        secretary.Text.Should().Contain("同意公开").And.Contain("归档材料");
        using var viewer = await desk.AsAsync("viewer");
        await viewer.GetAsync($"/files/add?case={@case}");
        viewer.Text.Should().Contain("您不能在这里添加材料");
        await secretary.PostAsync("remove", new() { ["why"] = "传错了" });
        await secretary.GetAsync("/material");
        secretary.Text.Should().Contain("sheet.pdf").And.Contain("传错了");
        (await secretary.Client.GetAsync($"/files/{file.Id.Value}/content")).StatusCode.Should()
            .Be(HttpStatusCode.NotFound);
        await secretary.GetAsync($"/cases/{@case}?tab=history");
        secretary.Text.Should().Contain("提交材料“sheet.pdf”").And.Contain("删除材料“sheet.pdf”：传错了");
    }

    [Fact]
    public async Task A_scan_comes_with_an_answer_on_behalf_in_the_same_step()
    {
        var @case = await desk.OpenCaseAsync();
        var task = await desk.TaskAsync(@case);
        var director = await desk.PersonAsync("director");
        using var secretary = await desk.AsAsync("secretary");
        var shown = await secretary.GetAsync($"/tasks/{task.Id.Value}?behalf=1");

        for (var click = 0; click < 2; click++)
        {
            secretary.GoBackTo(shown);
            await PostAsync(secretary, "answer",
                new() { ["outcome"] = "Confirm", ["for"] = director.Id.Value.ToString("N") },
                ("scan", "signed.jpg", SampleFiles.Photo(333, 222)));
            secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, "two clicks are one: " + secretary.Text);
        }

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        var file = await AttachedAsync("signed.jpg");
        (file.TaskId, file.CaseId).Should().Be(((TaskId?)task.Id, (CaseId?)task.CaseId));
        file.AttachedAt.Should().NotBeNull();
        (await desk.HistoryAsync(@case)).Should().Contain("attachment.added");
    }

    private static Dictionary<string, string> Matter(string title) => new()
    {
        ["title"] = title,
        ["text"] = "照片里看得清楚，请尽快处理。",
        ["consent"] = "true",
    };

    private static async Task PostAsync(
        DeskBrowser browser, string form, Dictionary<string, string> values,
        params (string Field, string Name, byte[] Bytes)[] files)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in browser.FieldsOf(form, values)) content.Add(new StringContent(value), name);
        foreach (var (field, name, bytes) in files) content.Add(new ByteArrayContent(bytes), field, name);
        await browser.SendAsync(content);
    }

    private static Task<HttpResponseMessage> BeginAsync(DeskBrowser browser, string token, string name, long length) =>
        browser.Client.PostAsync("/p/sample/uploads", new FormUrlEncodedContent(
            [new("_token", token), new("name", name), new("length", $"{length}")]));

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private async Task<Attachment> AttachedAsync(string name)
    {
        await using var db = desk.Open();
        return await db.Set<Attachment>().AsNoTracking()
            .SingleAsync(row => row.Name == name && row.AttachedAt != null);
    }

    private async Task<Attachment> FileAsync(string name)
    {
        await using var db = desk.Open();
        return await db.Set<Attachment>().AsNoTracking().SingleAsync(row => row.Name == name);
    }

    /// <summary>The worker of the host may be at it too: a file is looked through by one of them.</summary>
    private async Task WorkAsync()
    {
        var worker = desk.Services.GetRequiredService<AttachmentWorker>();
        while (true)
        {
            await worker.TurnAsync(default);
            await using var db = desk.Open();
            if (!await db.Set<Attachment>().AnyAsync(row => row.State == AttachmentState.Checking)) return;
        }
    }
}
