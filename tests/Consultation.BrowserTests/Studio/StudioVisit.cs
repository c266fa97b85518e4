using System.Text.Json.Nodes;
using Consultation.ServerTests.Elsa;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>
/// One person's journey through the designer, in the words of what he does. At its end nothing may be left that the
/// journey did not expect: no error bar, no complaint of the browser, no English text, no request that is not recorded.
/// </summary>
public sealed class StudioVisit
{
    private const float Patient = 60_000;

    private readonly StudioDesk _desk;
    private readonly List<string> _complaints = [];
    private readonly SortedSet<string> _english = new(StringComparer.Ordinal);

    static StudioVisit() => SetDefaultExpectTimeout(30_000);

    internal StudioVisit(IPage page, StudioDesk desk, ElsaClient client)
    {
        (Page, _desk, Client) = (page, desk, client);
        page.SetDefaultTimeout(30_000);
        page.Request += (_, request) => desk.Traffic.Note(request);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Add(message.Text);
            }
        };
    }

    /// <summary>The tab.</summary>
    public IPage Page { get; }

    /// <summary>The same person's requests by hand.</summary>
    public ElsaClient Client { get; }

    /// <summary>True when the host is meant to refuse something: the browser then logs the refusal.</summary>
    public bool ExpectsRefusal { get; set; }

    /// <summary>The rows of a list.</summary>
    public ILocator Rows => Page.Locator("tbody tr:has(td:nth-child(3))");

    /// <summary>The open menu.</summary>
    public ILocator Menu => Page.Locator(".mud-popover-open");

    /// <summary>The open dialog.</summary>
    public ILocator Dialog => Page.Locator(".mud-dialog");

    /// <summary>Messages that the designer shows for a moment.</summary>
    public ILocator Messages => Page.Locator(".mud-snackbar");

    /// <summary>What the host refused, in the page's own words.</summary>
    public ILocator Refusal => Page.Locator("#studio-refused");

    /// <summary>Opens a page of the designer and waits for what shows that it is there.</summary>
    public async Task GoAsync(string address, string ready)
    {
        await NoteTextsAsync();
        await Page.GotoAsync(address);
        await Page.Locator(ready).First.WaitForAsync(new() { Timeout = Patient });
    }

    /// <summary>Opens the list of definitions.</summary>
    public Task OpenListAsync() => GoAsync("/studio/definitions", "tbody tr td:nth-child(3)");

    /// <summary>Opens the list of instances.</summary>
    public Task OpenInstancesAsync() => GoAsync("/studio/instances", "thead th");

    /// <summary>Opens one instance.</summary>
    public Task OpenInstanceAsync(string id) => GoAsync($"/studio/instances/{id}", ".x6-node");

    /// <summary>The row of a list that says this.</summary>
    public ILocator Row(string text) => Rows.Filter(new() { HasText = text });

    /// <summary>
    /// Chooses from the menu at the end of a row. A list that is just being read again closes the menu or still offers
    /// what was possible before; then it is opened anew.
    /// </summary>
    public async Task ChooseAsync(string row, string item)
    {
        var choice = Menu.GetByText(item, new() { Exact = true }).First;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await Row(row).Locator("button").Last.ClickAsync();
            try
            {
                await choice.ClickAsync(new() { Timeout = 5000 });
                return;
            }
            catch (TimeoutException)
            {
                await Page.Keyboard.PressAsync("Escape");
                await Expect(Menu).ToHaveCountAsync(0);
            }
        }

        await choice.ClickAsync();
    }

    /// <summary>Marks rows and chooses what is done with all of them.</summary>
    public async Task ChooseForAllAsync(IEnumerable<string> rows, string item)
    {
        foreach (var row in rows)
        {
            await Row(row).Locator("input[type=checkbox]").CheckAsync();
        }

        await Page.GetByText("批量操作").ClickAsync();
        await PickAsync(item);
    }

    /// <summary>Chooses from the open menu.</summary>
    public Task PickAsync(string item) => Menu.GetByText(item, new() { Exact = true }).First.ClickAsync();

    /// <summary>Presses a button of the open dialog.</summary>
    public Task PressAsync(string button) =>
        Dialog.Last.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Searches the list.</summary>
    public Task SearchAsync(string text) => Page.Locator("input[placeholder^=按]").First.FillAsync(text);

    /// <summary>Waits for a message of the designer.</summary>
    public Task ToldAsync(string text) => Expect(Messages.Filter(new() { HasText = text }).First).ToBeVisibleAsync();

    /// <summary>What the host has of a definition.</summary>
    public async Task<JsonObject> StoredAsync(string definitionId, string versions = "Latest") =>
        (await Client.JsonAsync(
            "GET", $"/workflow-definitions/by-definition-id/{definitionId}?versionOptions={versions}")).AsObject();

    /// <summary>Waits until the host has what the journey did.</summary>
    public Task<JsonNode> StoredWhenAsync(string definitionId, Func<JsonNode, bool> holds, string because) =>
        WhenAsync("GET", $"/workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest", null,
            holds, because);

    /// <summary>Asks the host until its answer is as expected.</summary>
    public async Task<JsonNode> WhenAsync(
        string method, string path, object? body, Func<JsonNode, bool> holds, string because)
    {
        JsonNode answer = new JsonObject();
        for (var asked = 0; asked < 150; asked++)
        {
            answer = await Client.JsonAsync(method, path, body);
            if (holds(answer))
            {
                return answer;
            }

            // A turn of the browser between two looks, which survives that the page is loaded anew.
            await Page.WaitForFunctionAsync(
                "() => (window.turns = (window.turns ?? 0) + 1) % 2 === 0", null, new() { PollingInterval = 100 });
        }

        await ShootAsync("not-as-expected");
        holds(answer).Should().BeTrue("{0}, but the host has {1}", because, answer.ToJsonString());
        return answer;
    }

    /// <summary>Takes a picture.</summary>
    public Task ShootAsync(string name) => Chromium.ShootAsync(Page, $"designer-{name}");

    /// <summary>Ends the journey with a picture and looks at what it left.</summary>
    public async Task LeaveAsync(string name)
    {
        await NoteTextsAsync();
        await ShootAsync(name);
        (await Page.Locator("#blazor-error-ui").IsVisibleAsync())
            .Should().BeFalse("the designer met no problem: {0}", string.Join('\n', _complaints));
        _complaints.Where(text => !(ExpectsRefusal && IsOfRefusal(text))).Should()
            .BeEmpty("the browser has nothing to complain of");
        StudioTexts.Unknown(_english).Should()
            .BeEmpty("a new text of the designer needs its Chinese in studio-texts.zh.json");
        _desk.Traffic.Check();
        await Page.CloseAsync();
    }

    private static bool IsOfRefusal(string complaint) =>
        complaint.Contains("status of 40", StringComparison.Ordinal)
            || complaint.Contains("Refit.ApiException", StringComparison.Ordinal);

    private async Task NoteTextsAsync()
    {
        if (Page.Url.Contains("/studio/", StringComparison.Ordinal))
        {
            _english.UnionWith(await Page.EvaluateAsync<string[]>("() => [...(window.studioUntranslated ?? [])]"));
        }
    }
}
