using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>
/// Definitions from files: by the desk's page with its preview, and by the designer's API. Nothing is stored that was
/// not confirmed.
/// </summary>
public sealed class ImportTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    [Fact]
    public async Task A_package_is_shown_first_and_stored_when_it_is_confirmed()
    {
        var client = await host.AdministratorAsync();
        var desk = new DeskBrowser(client.Http);
        var known = await client.SaveAsync("已有流程", [ElsaClient.Activity("End1", "Elsa.End")], publish: true);
        using var file = await client.SendAsync("GET", $"/workflow-definitions/{known["definitionId"]}/export");
        var broken = Definition("import-broken", "有错流程", """{"id":"U1","type":"Other.Unknown","version":1}""");
        var zip = Zip(
            ("known.json", await file.Content.ReadAsByteArrayAsync()),
            ("folder/new.json", Definition("import-new", "新流程", """{"id":"End1","type":"Elsa.End","version":1}""")),
            ("broken.json", broken), ("cut.json", broken[..30]), ("readme.txt", "hello"u8.ToArray()));

        await desk.GetAsync("/workflows/import");
        await desk.UploadAsync("read", "file", "package.zip", zip);
        var preview = desk.Text;
        using var before = await client.SendAsync("GET", "/workflow-definitions/by-definition-id/import-new");
        await desk.PostAsync("take", new() { ["take"] = "import-new" });
        var stored = await client.JsonAsync("GET", "/workflow-definitions/by-definition-id/import-new");

        preview.Should().Contain("已有流程").And.Contain("与第 1 版相同，跳过").And.Contain("新增").And.Contain("不能导入")
            .And.Contain("U1").And.Contain("package.zip/cut.json").And.Contain("第 1 行").And.Contain("readme.txt");
        before.StatusCode.Should().Be(HttpStatusCode.NotFound, "a preview stores nothing");
        desk.Answer.Headers.Location!.ToString().Should().Contain("notice.workflows-imported");
        (stored["name"]!.ToString(), stored["isPublished"]!.GetValue<bool>()).Should().Be(("新流程", false));
        using var notChosen = await client.SendAsync("GET", "/workflow-definitions/by-definition-id/import-broken");
        notChosen.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_somebody_saved_since_the_preview_is_not_overwritten()
    {
        var client = await host.AdministratorAsync();
        var desk = new DeskBrowser(client.Http);
        await client.SaveAsync("先有的", [ElsaClient.Activity("End1", "Elsa.End")], definitionId: "import-race");

        await desk.GetAsync("/workflows/import");
        await desk.UploadAsync("read", "file", "race.json",
            Definition("import-race", "导入的", """{"id":"End1","type":"Elsa.End","version":1}"""));
        desk.Text.Should().Contain("覆盖草稿");
        await client.SaveAsync("同时保存的", [ElsaClient.Activity("End1", "Elsa.End")], definitionId: "import-race");
        await desk.PostAsync("take", new() { ["take"] = "import-race" });

        desk.Text.Should().Contain("没有覆盖").And.Contain("导入的");
        (await client.JsonAsync("GET", "/workflow-definitions/by-definition-id/import-race"))["name"]!.ToString()
            .Should().Be("同时保存的");
    }

    [Fact]
    public async Task Secretaries_may_look_at_workflows_but_not_import_them()
    {
        var secretary = await host.ClientAsync("secretary");
        var desk = new DeskBrowser(secretary.Http);

        await desk.GetAsync("/workflows");
        desk.Page.QuerySelector("a[href='/workflows/import']").Should().BeNull();
        await desk.GetAsync("/workflows/import");

        (desk.Answer.Headers.Location?.ToString() ?? desk.Answer.StatusCode.ToString()).Should()
            .ContainAny("403", "Forbidden");
    }

    [Fact]
    public async Task A_small_file_that_unpacks_without_end_is_refused()
    {
        var client = await host.AdministratorAsync();
        var bomb = Zip(("bomb.json", new byte[40 * 1024 * 1024]));
        bomb.Length.Should().BeLessThan(100_000);

        using var form = new MultipartFormDataContent { { new ByteArrayContent(bomb), "files", "bomb.zip" } };
        using var api = await client.SendAsync("POST", "/workflow-definitions/import-files", form);
        var desk = new DeskBrowser(client.Http);
        await desk.GetAsync("/workflows/import");
        await desk.UploadAsync("read", "file", "bomb.zip", bomb);

        api.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await api.Content.ReadAsStringAsync()).Should().Contain("解压后过大");
        desk.Text.Should().Contain("解压后过大");
    }

    [Fact]
    public async Task Files_and_zips_are_imported_by_the_api_all_or_none()
    {
        var client = await host.AdministratorAsync();
        var good = Definition("import-files-a", "甲", """{"id":"End1","type":"Elsa.End","version":1}""");
        using var mixed = new MultipartFormDataContent
        {
            { new ByteArrayContent(Zip(("a.json", good))), "files", "a.zip" },
                { new ByteArrayContent("{"u8.ToArray()), "files", "b.json" },
        };
        using var fine =
            new MultipartFormDataContent { { new ByteArrayContent(Zip(("a.json", good))), "files", "a.zip" } };

        using var refused = await client.SendAsync("POST", "/workflow-definitions/import-files", mixed);
        using var nothing = await client.SendAsync("GET", "/workflow-definitions/by-definition-id/import-files-a");
        var taken = await client.JsonAsync("POST", "/workflow-definitions/import-files", fine);

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("b.json");
        nothing.StatusCode.Should().Be(HttpStatusCode.NotFound);
        taken["count"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task What_macOS_and_Windows_put_into_a_ZIP_is_passed_over()
    {
        var client = await host.AdministratorAsync();
        var desk = new DeskBrowser(client.Http);
        var good = Definition("import-mac", "苹果打包", """{"id":"End1","type":"Elsa.End","version":1}""");
        var zip = Zip(
            ("流程/a.json", good), ("__MACOSX/流程/._a.json", [0, 5, 22, 7]), ("流程/.DS_Store", [0, 0, 0, 1]),
            ("流程/Thumbs.db", [1]), ("流程\\desktop.ini", [2]));

        using var form = new MultipartFormDataContent { { new ByteArrayContent(zip), "files", "mac.zip" } };
        var taken = await client.JsonAsync("POST", "/workflow-definitions/import-files", form);
        await desk.GetAsync("/workflows/import");
        await desk.UploadAsync("read", "file", "mac.zip", zip);

        taken["count"]!.GetValue<int>().Should().Be(1);
        desk.Text.Should().Contain("苹果打包").And.NotContain("__MACOSX").And.NotContain("DS_Store");
    }

    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "deep.json", Encoding.UTF8.GetBytes(new string('[', 100_000)), "嵌套超过 120 层" },
        { "wide.json", Encoding.UTF8.GetBytes("[" + string.Concat(Enumerable.Repeat("[],", 300_000)) + "0]"), "个值" },
        { "half.json", Encoding.UTF8.GetBytes("""{"definitionId":"half","name":"\uD800","root":{}}"""), "不完整的字符" },
        { "nul.json", Encoding.UTF8.GetBytes("""{"definitionId":"nul","name":"a\u0000b","root":{}}"""), "不完整的字符" },
        { "latin.json", [.. "{\"definitionId\":\""u8, 0xE9, .. "\",\"root\":{}}"u8], "不完整的字符" },
        { "list.zip", Entries(100_000), "超过 200 个" },
        { "cut.zip", Zip(("a.json", "{}"u8.ToArray()))[..30], "不是完整的 ZIP" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_file_is_refused_in_words_by_every_door(string name, byte[] file, string words)
    {
        var client = await host.AdministratorAsync();
        var desk = new DeskBrowser(client.Http);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "files", name } };
        using var runs = new MultipartFormDataContent { { new ByteArrayContent(file), "files", name } };

        using var api = await client.SendAsync("POST", "/workflow-definitions/import-files", form);
        using var body = new ByteArrayContent(file);
        body.Headers.ContentType = new("application/json");
        using var import = await client.SendAsync("POST", "/workflow-definitions/import", body);
        using var instances = await client.SendAsync("POST", "/bulk-actions/import/workflow-instances", runs);
        await desk.GetAsync("/workflows/import");
        await desk.UploadAsync("read", "file", name, file);

        api.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await api.Content.ReadAsStringAsync()).Should().Contain(words);
        import.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        instances.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        desk.Text.Should().Contain(words);
    }

    /// <summary>The list of a ZIP with so many entries, and none of them.</summary>
    private static byte[] Entries(int count)
    {
        var entry = new byte[46];
        "PK\u0001\u0002"u8.CopyTo(entry);
        return [.. "PK\u0003\u0004"u8, .. Enumerable.Repeat(entry, count).SelectMany(one => one)];
    }

    private static byte[] Definition(string id, string name, string activity) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
        ["definitionId"] = id,
        ["id"] = id + "-1",
        ["name"] = name,
        ["root"] = new JsonObject
        {
            ["id"] = "Flow",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray(JsonNode.Parse(activity)),
            ["connections"] = new JsonArray(),
        },
    }.ToJsonString());

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }
}
