using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>The editor of one definition: canvas, toolbox and the panels around it.</summary>
public sealed class StudioEditor
{
    private readonly StudioVisit _visit;
    private readonly string _definition;

    private StudioEditor(StudioVisit visit, string definition) => (_visit, _definition) = (visit, definition);

    private IPage Page => _visit.Page;

    /// <summary>The canvas.</summary>
    public ILocator Canvas => Page.Locator(".x6-graph").First;

    /// <summary>The boxes on the canvas.</summary>
    public ILocator Nodes => Page.Locator(".x6-node");

    /// <summary>The lines between them.</summary>
    public ILocator Lines => Page.Locator(".x6-edge");

    /// <summary>The button that saves.</summary>
    public ILocator SaveButton => Page.Locator(".elsa-toolbar-icon button");

    /// <summary>The button that publishes.</summary>
    public ILocator PublishButton => Page.Locator(".mud-toolbar .mud-button-group-root button").First;

    /// <summary>The button that starts a test.</summary>
    public ILocator RunButton => Page.Locator(".mud-toolbar button.mud-success-text");

    /// <summary>Opens a definition and waits until it is drawn.</summary>
    public static async Task<StudioEditor> OpenAsync(StudioVisit visit, string definition)
    {
        await visit.GoAsync($"/studio/definitions/{definition}/edit", ".x6-node");
        return new(visit, definition);
    }

    /// <summary>Drags an activity from the toolbox to a place on the canvas.</summary>
    public async Task DropAsync(string category, string activity, int x, int y)
    {
        await Page.GetByPlaceholder("搜索").First.FillAsync(activity);
        var tile = Page.Locator(".mud-collapse-entered [draggable=true]",
            new() { HasTextRegex = new Regex($@"^\s*{Regex.Escape(activity)}\s*$") });
        if (!await tile.First.IsVisibleAsync())
        {
            await Page.Locator(".mud-expand-panel-text", new() { HasText = category }).ClickAsync();
        }

        await tile.First.DragToAsync(Canvas, new() { TargetPosition = new() { X = x, Y = y } });
    }

    /// <summary>Draws a line from a port of one activity to the entrance of another.</summary>
    public async Task ConnectAsync(string from, string port, string to)
    {
        var (x, y) = await CentreAsync(
            Page.Locator($".x6-node[data-cell-id='{from}'] [port='{port}'] .elsa-designer-port-circle"));
        var (u, v) =
            await CentreAsync(Page.Locator($".x6-node[data-cell-id='{to}'] [port='In'] .elsa-designer-port-circle"));
        await Page.Mouse.MoveAsync(x, y);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync((x + u) / 2, (y + v) / 2, new() { Steps = 5 });
        await Page.Mouse.MoveAsync(u, v, new() { Steps = 5 });
        await Page.Mouse.UpAsync();
    }

    /// <summary>Chooses an activity, so that its properties are shown below.</summary>
    public async Task SelectAsync(string activity)
    {
        var (x, y) = await CentreAsync(Page.Locator($".x6-node[data-cell-id='{activity}'] .activity-content"));
        await Page.Mouse.ClickAsync(x, y);
        await Expect(Page.Locator($".x6-widget-selection-box[data-cell-id='{activity}']")).ToBeVisibleAsync();
    }

    /// <summary>Clicks beside everything on the canvas.</summary>
    public Task ClickBesideAsync() => Canvas.ClickAsync(new() { Position = new() { X = 20, Y = 20 } });

    /// <summary>Opens a panel by its tab, which may be scrolled out of sight.</summary>
    public Task OpenPanelAsync(string tab) =>
        Page.Locator(".mud-tab", new() { HasTextRegex = new Regex($@"^\s*{Regex.Escape(tab)}\s*$") }).Last
            .DispatchEventAsync("click");

    /// <summary>A field by its label.</summary>
    public ILocator Field(string label) =>
        Page.Locator(
            ".mud-input-control", new() { Has = Page.Locator($"label.mud-input-label:text-is('{label}')") }).Last;

    /// <summary>Types into a field and leaves it.</summary>
    public async Task FillAsync(string label, string value)
    {
        var input = Field(label).Locator("input:not([type=hidden]),textarea").First;
        await input.FillAsync(value);
        await input.PressAsync("Tab");
    }

    /// <summary>Chooses from a drop-down.</summary>
    public async Task PickAsync(string label, string item)
    {
        await Field(label).Locator(".mud-input").First.ClickAsync();
        await _visit.PickAsync(item);
    }

    /// <summary>A box to tick.</summary>
    public ILocator Tick(string label) =>
        Page.Locator("label.mud-checkbox", new() { HasText = label }).Locator("input");

    /// <summary>Ticks or unticks a box.</summary>
    public Task TickAsync(string label) => Tick(label).ClickAsync();

    /// <summary>Switches an input to another kind of expression.</summary>
    public async Task ExpressAsync(string label, string kind)
    {
        await Field(label).Locator("xpath=ancestor::*[contains(@class,'d-flex')][1]")
            .GetByRole(AriaRole.Button).Last.ClickAsync();
        await _visit.PickAsync(kind);
    }

    /// <summary>An input of an activity as the host has it, once it is there.</summary>
    public async Task<JsonNode> InputWhenAsync(string activity, string input, Func<JsonNode, bool> holds)
    {
        var stored = await _visit.StoredWhenAsync(
            _definition, one =>
                Activity(one, activity)?[input] is { } value && holds(value), $"{input} of {activity} is saved");
        return Activity(stored, activity)![input]!;
    }

    /// <summary>An activity as the host has it now.</summary>
    public async Task<JsonNode> StoredAsync(string activity) =>
        Activity(await _visit.StoredAsync(_definition), activity)!;

    /// <summary>Waits until the dot at the save button says that nothing is unsaved.</summary>
    public Task RestsAsync() =>
        Expect(Page.Locator(".elsa-toolbar-icon .mud-badge.mud-theme-success")).ToBeVisibleAsync();

    /// <summary>Waits until an input of an activity has this expression on the host.</summary>
    public Task SavedAsync(string activity, string input, string value, string kind = "Literal") => InputWhenAsync(
        activity, input, one =>
            one["expression"]?["value"]?.ToString() == value && one["expression"]!["type"]!.ToString() == kind);

    private static JsonNode? Activity(JsonNode definition, string id) =>
        definition["root"]!["activities"]!.AsArray().FirstOrDefault(activity => activity!["id"]!.ToString() == id);

    /// <summary>The middle of something drawn; what is being drawn anew has no place for a moment.</summary>
    public static async Task<(float X, float Y)> CentreAsync(ILocator locator)
    {
        for (var attempt = 0; ; attempt++)
        {
            await locator.WaitForAsync();
            if (await locator.BoundingBoxAsync() is { } box) return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
            attempt.Should().BeLessThan(10, "{0} has a place on the canvas", locator);
        }
    }
}
