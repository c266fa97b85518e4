using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Web.Layout;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.People;

/// <summary>Base of pages that edit the organisation: who edits, against which version, and what came of it.</summary>
public abstract class OrganisationPage : DeskPage
{
    [Inject]
    internal OrganisationEdits Edits { get; set; } = null!;

    [Inject]
    internal DeskDirectory Directories { get; set; } = null!;

    [Inject]
    internal Viewer Me { get; set; } = null!;

    [Inject]
    internal DeskTexts Words { get; set; } = null!;

    /// <summary>The organisation as of this request.</summary>
    protected OrganisationDirectory Directory { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Directory = await Directories.LoadAsync(Aborted);
        await LoadAsync();
    }

    /// <summary>What else the page needs.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Who edits what version, from the posted form (see <see cref="EditMarks"/>).</summary>
    protected OrganisationEdit Edit() => new(
        Me.OrganisationId,
        Me.PersonId,
        long.TryParse(Posted["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null,
        Posted.Operation);

    /// <summary>Goes on after a stored edit; otherwise shows what is wrong and keeps what was typed.</summary>
    protected void Finish(EditResult result, string url, string noticeKey = "notice.saved")
    {
        switch (result)
        {
            case EditResult.Saved:
                Done(url, noticeKey);
                break;
            case EditResult.Refused refused:
                Errors.AddRange(refused.Errors);
                break;
            case EditResult.Conflict conflict:
                Wrong("", conflict.Message);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A posted id as a unit, or null.</summary>
    protected UnitId? PostedUnit(string name) => Posted.Id(name) is { } id ? new UnitId(id) : null;

    /// <summary>
    /// A posted local day and time as an instant; end of the day when only the day was typed and <paramref
    /// name="end"/>.
    /// </summary>
    protected DateTimeOffset? PostedInstant(string name, bool end = false)
    {
        if (FormValues.Day(Posted[name]) is not { } day)
        {
            return null;
        }

        return new WorkingCalendar([], Me.Zone).At(end ? day.AddDays(1) : day, TimeOnly.MinValue);
    }

    /// <summary>An instant as a day field shows it.</summary>
    protected string DayField(DateTimeOffset? instant, bool end = false) => instant is { } known
        ? TimeZoneInfo.ConvertTime(end ? known.AddTicks(-1) : known, Me.Zone)
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : "";
}
