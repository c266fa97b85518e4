using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static Consultation.ServerTests.Elsa.EndpointTests;

namespace Consultation.ServerTests.Elsa;

/// <summary>Forms, files and their limits at <c>Elsa.HttpEndpoint</c>, over real requests.</summary>
public sealed class EndpointUploadTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    private const string Reads =
        "({ body: getBody(), files: (getOutputFrom('Http1', 'Files') ?? []).map(f => f.FileName + ':' + f.ContentType "
            + "+ ':' + f.Length), "
        + "first: getOutputFrom('Http1', 'File')?.Content ?? null })";

    [Fact]
    public async Task Fields_of_a_form_reach_the_workflow()
    {
        await PublishAsync("form", Reads);
        using var nobody = host.Nobody();

        using var answer =
            await nobody.PostAsync(
                "/endpoints/form", new StringContent(
                    "name=%E5%BC%A0%E4%B8%89&tag=a&tag=b", Encoding.UTF8, "application/x-www-form-urlencoded"));

        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        json["body"]!.ToJsonString().Should().Be("""{"name":"\u5F20\u4E09","tag":["a","b"]}""");
        json["files"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Files_of_a_form_reach_the_workflow_with_their_names_types_and_content()
    {
        await PublishAsync("files", Reads);
        using var nobody = host.Nobody();
        using var form = Form(("会议记录.txt", "text/plain", "协商"), ("b.bin", "application/octet-stream", "xy"));
        form.Add(new StringContent("第三季度"), "note");

        using var answer = await nobody.PostAsync("/endpoints/files", form);

        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        json["body"]!["note"]!.ToString().Should().Be("第三季度");
        json["files"]!.AsArray().Select(file => file!.ToString()).Should()
            .Equal("会议记录.txt:text/plain:6", "b.bin:application/octet-stream:2");
        Encoding.UTF8.GetString(Convert.FromBase64String(json["first"]!.ToString())).Should().Be("协商");
    }

    [Theory]
    [InlineData("fileSizeLimit", "5", "a.txt", "text/plain", HttpStatusCode.RequestEntityTooLarge, "5 bytes",
        "File too large", "exposeFileTooLargeOutcome")]
    [InlineData(
        "allowedFileExtensions", "[\".pdf\",\"docx\"]", "a.txt", "text/plain", HttpStatusCode.UnsupportedMediaType,
        ".pdf, .docx", "Invalid file extension", "exposeInvalidFileExtensionOutcome")]
    [InlineData("blockedFileExtensions", "[\".exe\"]", "a.EXE.", "text/plain", HttpStatusCode.UnsupportedMediaType,
        ".exe", "Invalid file extension", "exposeInvalidFileExtensionOutcome")]
    [InlineData("allowedMimeTypes", "[\"application/pdf\"]", "a.pdf", "text/plain", HttpStatusCode.UnsupportedMediaType,
        "application/pdf", "Invalid file MIME type", "exposeInvalidFileMimeTypeOutcome")]
    [InlineData("requestSizeLimit", "20", "a.txt", "text/plain", HttpStatusCode.RequestEntityTooLarge, "20 bytes",
        "Request too large", "exposeRequestTooLargeOutcome")]
    public async Task A_file_that_breaks_a_rule_is_refused_with_words_or_goes_its_own_way(
        string rule, string value, string name, string type, HttpStatusCode status, string words, string outcome,
        string exposes)
    {
        var path = rule.ToLowerInvariant();
        await PublishAsync(path, "'taken'", (rule, Wrapped("Object", value)["expression"]!));
        var endpoint =
            Endpoint($"{path}/own-way", ["POST"], starts: true, (rule, Wrapped("Object", value)["expression"]!));
        endpoint[exposes] = true;
        var client = await host.AdministratorAsync();
        await client.SaveAsync(
            "另走出口", [endpoint,
                Answer("'own way of ' + (getQuery().from ?? '') + ': ' + JSON.stringify(getBody() ?? null)")],
                Line("Http1", "Answer1", outcome), publish: true);
        using var nobody = host.Nobody();
        nobody.DefaultRequestHeaders.Add("Accept-Language", "en");

        using var refused = await nobody.PostAsync($"/endpoints/{path}", Form((name, type, "more than five")));
        using var goesOn =
            await nobody.PostAsync($"/endpoints/{path}/own-way?from=me", Form((name, type, "more than five")));

        refused.StatusCode.Should().Be(status);
        JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["message"]!.ToString().Should().Contain(words);
        (await goesOn.Content.ReadAsStringAsync()).Should().Be("own way of me: null");
    }

    [Fact]
    public async Task Files_that_keep_all_rules_are_taken()
    {
        await PublishAsync(
            "rules", "getOutputFrom('Http1', 'Files').length",
            ("fileSizeLimit", Wrapped("JavaScript", "2 * 1024")["expression"]!),
            ("allowedFileExtensions", Wrapped("Object", "[\".PDF\"]")["expression"]!),
            ("blockedFileExtensions", Wrapped("Object", "[\".exe\"]")["expression"]!),
            ("allowedMimeTypes", Wrapped("Object", "[\"application/pdf\"]")["expression"]!));
        using var nobody = host.Nobody();

        using var taken = await nobody.PostAsync("/endpoints/rules",
            Form(("a.pdf", "application/pdf", new string('x', 2048)), ("b.Pdf", "Application/PDF", "y")));
        using var oneTooMany = await nobody.PostAsync("/endpoints/rules",
            Form(("a.pdf", "application/pdf", "x"), ("b.pdf", "application/pdf", new string('x', 2049))));

        (await taken.Content.ReadAsStringAsync()).Should().Be("2");
        oneTooMany.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_limit_that_needs_a_run_is_not_published()
    {
        var client = await host.AdministratorAsync();
        var endpoint = Endpoint("no-limit", ["POST"], starts: true,
            ("fileSizeLimit", Wrapped("JavaScript", "nowhere.limit")["expression"]!));

        using var answer = await client.SendAsync(
            "POST", "/workflow-definitions", new { model = ElsaClient.Model("无法计算", [endpoint]), publish = true });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("FileSizeLimit").And.Contain("固定值");
    }

    [Fact]
    public async Task A_form_that_breaks_off_is_not_readable()
    {
        await PublishAsync("broken", "'taken'");
        using var nobody = host.Nobody();
        var content = new StringContent("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhalf");
        content.Headers.ContentType =
            System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        using var answer = await nobody.PostAsync("/endpoints/broken", content);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("请求内容无法读取");
    }

    [Fact]
    public async Task A_request_that_does_not_come_to_its_end_is_given_up()
    {
        await PublishAsync("slow", "'taken'", ("requestTimeout", Literal("00:00:00.2")));
        using var nobody = host.Nobody();
        using var content = new Endless();

        using var answer = await nobody.PostAsync("/endpoints/slow", content);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestTimeout);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("00:00:00.2");
    }

    [Fact]
    public async Task A_file_is_sent_back_as_it_came_to_be_kept_and_not_shown()
    {
        await PublishFileAsync("echo", "getOutputFrom('Http1', 'File')");
        using var nobody = host.Nobody();

        using var answer =
            await nobody.PostAsync("/endpoints/echo", Form(("会议记录.html", "text/html", "<script>alert(1)</script>")));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Be("<script>alert(1)</script>");
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        answer.Content.Headers.ContentDisposition.FileNameStar.Should().Be("会议记录.html");
        answer.Headers.GetValues("Content-Security-Policy").Should().Equal("sandbox; default-src 'none'");
    }

    [Fact]
    public async Task Several_files_are_sent_in_an_archive_and_none_as_no_content()
    {
        await PublishFileAsync(
            "both", "getOutputFrom('Http1', 'Files')?.concat('文本')", ("filename", Literal("材料.zip")),
            ("entityTag", Literal("\"v1\"")));
        using var nobody = host.Nobody();

        using var answer =
            await nobody.PostAsync("/endpoints/both", Form(("a.txt", "text/plain", "一"), ("a.txt", "text/plain", "二")));
        using var none = await nobody.PostAsync("/endpoints/both", new StringContent("x"));

        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/zip");
        answer.Content.Headers.ContentDisposition!.FileNameStar.Should().Be("材料.zip");
        answer.Headers.ETag!.Tag.Should().Be("\"v1\"");
        using var zip = new System.IO.Compression.ZipArchive(await answer.Content.ReadAsStreamAsync());
        zip.Entries.Select(entry => (entry.Name, new StreamReader(entry.Open()).ReadToEnd()))
            .Should().Equal(("a.txt", "一"), ("a (2).txt", "二"), ("file.txt", "文本"));
        none.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private async Task PublishFileAsync(string path, string script, params (string Name, JsonNode Value)[] inputs)
    {
        var client = await host.AdministratorAsync();
        var write = ElsaClient.Activity(
            "Answer1", "Elsa.WriteFileHttpResponse", [("content", ElsaClient.JavaScript(script)), .. inputs]);
        await client.SaveAsync(
            path, [Endpoint(path, ["POST"], starts: true), write], Line("Http1", "Answer1"), publish: true);
    }

    private async Task PublishAsync(string path, string script, params (string Name, JsonNode Value)[] inputs)
    {
        var client = await host.AdministratorAsync();
        await client.SaveAsync(path, [Endpoint(path, ["POST"], starts: true, inputs), Answer(script)],
            Line("Http1", "Answer1"), publish: true);
    }

    private static MultipartFormDataContent Form(params (string Name, string Type, string Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, type, content) in files)
        {
            var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
            file.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
            form.Add(file, "files", name);
        }

        return form;
    }

    /// <summary>A body whose end never comes.</summary>
    private sealed class Endless : HttpContent
    {
        private readonly TaskCompletionSource _end = new();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("half"u8.ToArray());
            await stream.FlushAsync();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            _end.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
