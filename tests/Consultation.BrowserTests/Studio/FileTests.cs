using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>Workflows leave the designer as files and come back.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FileTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_json_file_becomes_a_draft()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.OpenListAsync();

        await ImportAsync(visit, File("file-json", "从文件来的流程"));
        await visit.ToldAsync("已成功导入 1 个流程");
        await visit.SearchAsync("从文件来的流程");
        await Expect(visit.Row("file-json")).ToBeVisibleAsync();

        var stored = await visit.StoredAsync("file-json");
        stored["isPublished"]!.GetValue<bool>().Should().BeFalse("an import never takes effect by itself");
        stored["root"]!["activities"]![0]!["remark"]!.ToString().Should().Be("保留");
        await visit.LeaveAsync("imported-json");
    }

    [SkippableFact]
    public async Task A_zip_brings_several_and_says_what_it_could_not_take()
    {
        var visit = await chromium.Studio.VisitAsync();
        visit.ExpectsRefusal = true;
        await visit.OpenListAsync();
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in new[]
            {
                File("zip-one", "压缩包之一"),
                File("zip-two", "压缩包之二"),
                File("zip bad/id", "压缩包坏", nesting: 200),
            })
            {
                using var entry = archive.CreateEntry(file.Name).Open();
                entry.Write(file.Buffer);
            }
        }

        await ImportAsync(visit, new() { Name = "流程.zip", MimeType = "application/zip", Buffer = zip.ToArray() });
        await visit.ToldAsync("失败");
        await visit.SearchAsync("压缩包");
        await Expect(visit.Rows).ToHaveCountAsync(2);

        (await visit.StoredAsync("zip-one"))["name"]!.ToString().Should().Be("压缩包之一");
        (await visit.StoredAsync("zip-two"))["name"]!.ToString().Should().Be("压缩包之二");
        await visit.LeaveAsync("imported-zip");
    }

    [SkippableFact]
    public async Task A_file_that_is_no_workflow_is_refused_with_a_reason()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.OpenListAsync();

        await ImportAsync(visit, new()
        {
            Name = "别的.json",
            MimeType = "application/json",
            Buffer = Encoding.UTF8.GetBytes("""{"a":1}"""),
        });

        await visit.ToldAsync("失败");
        await visit.LeaveAsync("import-refused");
    }

    [SkippableFact]
    public async Task An_exported_workflow_is_the_stored_one()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.OpenListAsync();

        var (name, bytes) = await DownloadAsync(visit, async () =>
        {
            await visit.ChooseAsync("topic-gate", "导出");
            await visit.PressAsync("导出");
        });

        var exported = JsonNode.Parse(bytes)!.AsObject();
        var stored = await visit.StoredAsync("topic-gate");
        name.Should().StartWith("workflow-definition-topic-gate-topic-gate-").And.EndWith(".json");
        exported.Remove("$schema").Should().BeTrue();
        foreach (var (property, value) in exported)
        {
            JsonNode.DeepEquals(value, stored[property]).Should()
                .BeTrue("{0} of the file is that of the host", property);
        }

        await visit.LeaveAsync("exported");
    }

    [SkippableFact]
    public async Task Several_are_exported_with_those_that_use_them()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.OpenListAsync();

        var (_, bytes) = await DownloadAsync(visit, async () =>
        {
            await visit.ChooseForAllAsync(["topic-gate", "periodic-report"], "导出");
            await visit.Dialog.Locator("input[type=checkbox]").CheckAsync();
            await visit.PressAsync("导出");
        });

        using var zip = new ZipArchive(new MemoryStream(bytes));
        var ids = zip.Entries.Select(entry =>
        {
            using var content = entry.Open();
            return JsonNode.Parse(content)!["definitionId"]!.ToString();
        });
        ids.Should().Contain(["topic-gate", "periodic-report", "six-step-procedure"]);
        await visit.LeaveAsync("exported-many");
    }

    private static async Task ImportAsync(StudioVisit visit, FilePayload file)
    {
        await visit.Page.Locator(".mud-button-group-root button").Last.ClickAsync();
        var chooser = await visit.Page.RunAndWaitForFileChooserAsync(() => visit.PickAsync("导入"));
        await chooser.SetFilesAsync(file);
    }

    private static async Task<(string Name, byte[] Content)> DownloadAsync(StudioVisit visit, Func<Task> action)
    {
        var download = await visit.Page.RunAndWaitForDownloadAsync(action);
        return (download.SuggestedFilename, await System.IO.File.ReadAllBytesAsync(await download.PathAsync()));
    }

    /// <summary>A definition as a file; nested deeper than a host accepts, if wanted.</summary>
    private static FilePayload File(string id, string name, int nesting = 0)
    {
        var activity = Activity("Line1", "Elsa.WriteLine", ("text", Literal("好")));
        activity["remark"] = "保留";
        JsonNode inner = new JsonObject();
        for (var level = 0; level < nesting; level++)
        {
            inner = new JsonObject { ["inner"] = inner };
        }

        activity["deep"] = inner;
        var definition = Model(name, [activity], definitionId: id);
        definition["id"] = id + "-v1";
        definition["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";
        return new()
        {
            Name = $"{id.Replace('/', '-')}.json",
            MimeType = "application/json",
            Buffer = Encoding.UTF8.GetBytes(definition.ToJsonString(new() { MaxDepth = 512 })),
        };
    }
}
