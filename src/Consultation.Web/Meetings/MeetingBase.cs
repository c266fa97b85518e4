using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Storage.Reading.Meetings;
using Consultation.Web.Cases;
using Consultation.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Meetings;

/// <summary>Base of the pages of one meeting: finds it, says who may change it, does what was posted.</summary>
public abstract class MeetingBase : ScopedPage
{
    [Inject]
    internal MeetingReader Reader { get; set; } = null!;

    [Inject]
    internal IMeetingActs Acts { get; set; } = null!;

    /// <summary>The meeting of the address.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The meeting with its cases; null when the viewer sees none of that id.</summary>
    protected MeetingFound? Found { get; private set; }

    /// <summary>The meeting.</summary>
    protected Meeting Meeting => Found!.Meeting;

    /// <summary>The case through whose file the meeting is changed.</summary>
    protected CaseId LeadCase => Found!.Cases[0].Id;

    /// <summary>Whether the viewer runs the meeting.</summary>
    protected bool MayRun => Found!.Cases.Any(one => MeetingEdit.MayRun(Meeting, one, Scope.PersonId, Directory));

    /// <summary>The roster in the order of its classes.</summary>
    protected IReadOnlyList<MeetingSeat> Seats =>
        [.. Meeting.Current.OrderBy(seat => SeatClasses.All.ToList().FindIndex(one => one.Key == seat.Class))
            .ThenBy(seat => seat.AddedIn)];

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Found = await Reader.FindAsync(Scope, new MeetingId(Id), Aborted);
        if (Found is null)
        {
            NotFound();
            return;
        }

        Meet(Found.Tasks);
        await NoteAccessAsync(Found.Cases[0], new("会议", "meeting"));
        await FoundAsync();
    }

    /// <summary>What a page reads besides.</summary>
    protected virtual Task FoundAsync() => Task.CompletedTask;

    /// <summary>Does what was posted; goes on to a page that says so, or shows what to mend.</summary>
    protected async Task DoAsync(MeetingAct act, string to, string? notice)
    {
        Errors.AddRange(await Acts.DoAsync(act, Aborted));
        if (Errors.Count == 0) Done(to, notice);
    }

    /// <summary>Classes of people at a meeting.</summary>
    protected IReadOnlyList<Option> Classes =>
        [.. SeatClasses.All.Select(one => new Option(one.Key, Words.Of(one.Name)))];

    /// <summary>A seat's name.</summary>
    protected string Name(MeetingSeat seat) => seat.NameIn(Directory);

    /// <summary>An hour as people write it.</summary>
    protected static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
