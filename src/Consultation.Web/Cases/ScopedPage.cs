using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Web.Layout;
using Consultation.Web.People;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Cases;

/// <summary>
/// Base of the pages about cases: who looks, what that person may see, and what people and units are called.
/// </summary>
public abstract class ScopedPage : DeskPage
{
    [Inject]
    internal DeskDirectory Directories { get; set; } = null!;

    [Inject]
    internal Viewer Me { get; set; } = null!;

    [Inject]
    internal IAccessLog Access { get; set; } = null!;

    [Inject]
    internal DeskTexts Words { get; set; } = null!;

    /// <summary>The organisation as of this request.</summary>
    protected OrganisationDirectory Directory { get; private set; } = null!;

    /// <summary>What the viewer may see and do.</summary>
    protected CaseScope Scope { get; private set; } = null!;

    /// <summary>The part of the list that the address asks for.</summary>
    protected TableQuery Table => field ??= TableQuery.Of(Http.Request);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Directory = await Directories.LoadAsync(Aborted);
        Scope = CaseScope.Of(Me.PersonId, Directory);
        await LoadAsync();
    }

    /// <summary>What the page shows.</summary>
    protected abstract Task LoadAsync();

    /// <summary>From here on the page knows the guests who have seats in these tasks by name.</summary>
    protected void Meet(params IEnumerable<WorkTask> tasks) => Directory = Directory.With(tasks);

    /// <summary>Writes down that the viewer is shown something of a case, when the case is restricted (O15).</summary>
    protected Task NoteAccessAsync(Case file, LocalText what) => Access.NoteAsync(file, Scope.PersonId, what, Aborted);

    /// <summary>
    /// The page is not there for the viewer; when that is because the case is restricted, it is written down (O15).
    /// </summary>
    protected async Task NotFoundAsync(CaseId caseId, LocalText what)
    {
        await Access.NoteRefusalAsync(Scope.OrganisationId, caseId, Scope.PersonId, what, Aborted);
        NotFound();
    }

    /// <summary>A person's name, with the title; "" for nobody.</summary>
    protected string NameOf(PersonId? person) => PeopleNames.Of(Directory, person);

    /// <summary>A unit's name; "" for none.</summary>
    protected string NameOf(UnitId? unit) => Words.Of(Directory.Find(unit)?.Name);

    /// <summary>An id of the address, or null when it is none.</summary>
    protected static Guid? IdOf(string? text) => Guid.TryParse(text, out var id) ? id : null;

    /// <summary>A unit that the address asks for, or null.</summary>
    protected UnitId? UnitAsked(string name) => IdOf(Table[name]) is { } id ? new UnitId(id) : null;

    /// <summary>A value of an enumeration that the address asks for, or null.</summary>
    protected T? Asked<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(Table[name], out var value) && Enum.IsDefined(value) ? value : null;
}
