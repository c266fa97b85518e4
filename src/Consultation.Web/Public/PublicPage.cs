using System.Globalization;
using Consultation.Cases;
using Consultation.Storage.Reading.Matters;
using Consultation.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Public;

/// <summary>Base of the pages for everybody: which hall they belong to. An unknown hall is "not found".</summary>
public abstract class PublicPage : DeskPage
{
    /// <summary>Short name of the organisation in the address.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    internal PublicReader Reader { get; set; } = null!;

    [Inject]
    internal TimeProvider Clock { get; set; } = null!;

    /// <summary>The hall, or null when there is none of that name: show nothing.</summary>
    protected PublicHall? Hall { get; private set; }

    /// <summary>The hall's day.</summary>
    protected DateOnly Today => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(Hall!.TimeZone)).DateTime);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Hall = await Reader.FindHallAsync(Slug, Aborted);
        if (Hall is null)
        {
            NotFound();
            return;
        }

        await LoadAsync(Hall);
    }

    /// <summary>What the page shows.</summary>
    protected virtual Task LoadAsync(PublicHall hall) => Task.CompletedTask;

    /// <summary>A local day of the hall, as lists show it.</summary>
    protected string DayOf(DateTimeOffset at) => DayOf(DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(Hall!.TimeZone)).DateTime));

    /// <summary>A day as public pages show it.</summary>
    protected static string DayOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An organisation's text in the language of the request.</summary>
    protected static string Of(LocalText? text) => text?.For(Texts.DeskTexts.Language) ?? "";
}
