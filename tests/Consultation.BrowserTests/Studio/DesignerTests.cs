using System.Text.Json;
using Microsoft.Playwright;

namespace Consultation.BrowserTests.Studio;

/// <summary>
/// The genuine designer in Chromium, used as an administrator does. Each journey takes a picture; none may leave the designer's error bar behind.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class DesignerTests(Chromium chromium)
{
    private const float Patient = 90_000;

    [SkippableFact]
    public async Task The_list_is_opened_searched_and_its_menus_are_in_chinese()
    {
        var page = await EnterAsync("/studio/definitions", "tbody tr td");
        (await page.Locator("tbody tr").CountAsync()).Should().BeGreaterThanOrEqualTo(6);
        await ShootAsync(page, "list");

        await page.Locator("tbody tr").First.Locator("button").Last.ClickAsync();
        var row = await page.Locator(".mud-popover-open").First.InnerTextAsync();
        await ShootAsync(page, "row-menu");

        foreach (var action in new[] { "编辑", "运行", "复制一份", "删除", "发布", "撤回发布", "导出" })
        {
            row.Should().Contain(action);
        }

        await LeaveAsync(page, "list");
    }

    [SkippableFact]
    public async Task The_six_steps_are_drawn_whole_with_our_categories()
    {
        var page = await EnterAsync("/studio/definitions/six-step-procedure/edit", ".x6-node");
        var drawn = await page.Locator(".x6-node").CountAsync();
        var stored = await page.EvaluateAsync<int>(
            "async () => (await (await fetch('/elsa/api/workflow-definitions/by-definition-id/six-step-procedure')).json()).root.activities.length");
        var text = await page.Locator("elsa-workflow-definition-editor").InnerTextAsync();

        drawn.Should().Be(stored);
        text.Should().ContainAll("协商", "督办", "文书", "办理");
        await LeaveAsync(page, "six-steps");
    }

    [SkippableFact]
    public async Task Looking_at_a_definition_saves_nothing()
    {
        var page = await EnterAsync("/studio/definitions", "tbody tr td");
        var changes = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Method != "GET" && request.Url.EndsWith("/workflow-definitions", StringComparison.Ordinal))
            {
                changes.Add(request.Url);
            }
        };

        await page.GotoAsync("/studio/definitions/topic-gate/edit");
        await page.Locator(".x6-node").First.WaitForAsync(new() { Timeout = Patient });
        await page.GetByText("代码视图").ClickAsync();
        await page.Locator(".monaco-editor").First.WaitForAsync(new() { Timeout = Patient });

        changes.Should().BeEmpty();
        await LeaveAsync(page, "code-view");
    }

    [SkippableFact]
    public async Task An_instance_is_seen_with_its_journal_and_leads_back()
    {
        var page = await EnterAsync("/studio/definitions", "tbody tr td");
        var instance = await page.EvaluateAsync<string>(
            """
            async () => {
              const headers = { 'Content-Type': 'application/json' };
              const model = { name: '看一次运行', definitionId: 'seen-run', root: { id: 'Flow', type: 'Elsa.Flowchart', version: 1, connections: [],
                activities: [{ id: 'Line1', type: 'Elsa.WriteLine', version: 1, text: { typeName: 'String', expression: { type: 'JavaScript', value: "'好'" } } }] } };
              await fetch('/elsa/api/workflow-definitions', { method: 'POST', headers, body: JSON.stringify({ model, publish: false }) });
              const run = await fetch('/elsa/api/workflow-definitions/seen-run/execute', { method: 'POST', headers, body: '{"versionOptions":"Latest"}' });
              return run.headers.get('x-elsa-workflow-instance-id');
            }
            """);

        instance.Should().NotBeNullOrEmpty();
        (await page.Locator("#studio-started a").GetAttributeAsync("href")).Should().EndWith(instance);
        await page.GotoAsync("/studio/instances");
        await page.Locator("tbody tr td").First.WaitForAsync(new() { Timeout = Patient });
        await ShootAsync(page, "instances");
        await page.GotoAsync($"/studio/instances/{instance}");
        await page.Locator(".x6-node").First.WaitForAsync(new() { Timeout = Patient });
        await page.GetByText("已完成").Or(page.GetByText("完成")).First.WaitForAsync(new() { Timeout = Patient });
        await LeaveAsync(page, "viewer");
    }

    [SkippableFact]
    public async Task What_an_interface_text_still_says_in_english_is_known()
    {
        var allowed = (await File.ReadAllLinesAsync(AllowedFile())).ToHashSet(StringComparer.Ordinal);
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var page = await EnterAsync("/studio/definitions", "tbody tr td");
        foreach (var (address, ready) in new[]
        {
            ("/studio/definitions", "tbody tr td"), ("/studio/definitions/topic-gate/edit", ".x6-node"), ("/studio/instances", "thead th"),
        })
        {
            await page.GotoAsync(address);
            await page.Locator(ready).First.WaitForAsync(new() { Timeout = Patient });
            unknown.UnionWith(await page.EvaluateAsync<string[]>("() => [...window.studioUntranslated]"));
        }

        // Ids, and the probes by which the code editor measures its letters, are no texts.
        unknown.RemoveWhere(text => text.Any(char.IsAsciiDigit) || text.Contains('-') || text.Distinct().Count() == 1);
        unknown.Except(allowed).Should().BeEmpty("a new text of the designer needs its Chinese in studio-texts.zh.json: {0}", JsonSerializer.Serialize(unknown));
        await page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task A_second_visit_transfers_next_to_nothing()
    {
        var page = await EnterAsync("/studio/definitions", "tbody tr td");
        await page.ReloadAsync();
        await page.Locator("tbody tr td").First.WaitForAsync(new() { Timeout = Patient });

        var transferred = await page.EvaluateAsync<long>(
            "() => performance.getEntriesByType('resource').filter(one => one.name.includes('/_framework/')).reduce((sum, one) => sum + one.transferSize, 0)");

        transferred.Should().BeLessThan(1_000_000, "the runtime and its assemblies are kept by the browser");
        await LeaveAsync(page, "second-visit");
    }

    private async Task<IPage> EnterAsync(string address, string ready)
    {
        var page = await chromium.SampleAdministratorAsync();
        await page.GotoAsync(address);
        Skip.If(await page.Locator("#studio").CountAsync() == 0, "This build was made without the designer (WithStudio=false).");
        await page.Locator(ready).First.WaitForAsync(new() { Timeout = Patient });
        return page;
    }

    private static async Task LeaveAsync(IPage page, string name)
    {
        await ShootAsync(page, name);
        (await page.Locator("#blazor-error-ui").IsVisibleAsync()).Should().BeFalse("the designer met no problem");
        await page.Context.CloseAsync();
    }

    private static Task ShootAsync(IPage page, string name) => Chromium.ShootAsync(page, $"designer-{name}");

    private static string AllowedFile([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "untranslated.txt");
}
