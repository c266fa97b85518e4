using Consultation.Cases;
using Consultation.Cases.Surveys;
using Consultation.Mail.Templates;
using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Reading.Surveys;
using Consultation.Web.Cases;
using Consultation.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Surveys;

/// <summary>Base of the pages about one survey: it is there for whoever may see its case.</summary>
public abstract class SurveyPageBase : ScopedPage
{
    /// <summary>The survey's id in the address.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    internal SurveyReader Reader { get; set; } = null!;

    [Inject]
    internal CaseReader Cases { get; set; } = null!;

    [Inject]
    internal MailComposer Mail { get; set; } = null!;

    /// <summary>The survey, or null when there is none for the viewer: show nothing.</summary>
    protected SurveyRow? Row { get; private set; }

    /// <summary>Where the survey stands in the desk.</summary>
    protected IReadOnlyList<Crumb> Crumbs =>
    [
        new("/surveys", Words["nav.surveys"]), new($"/cases/{Row!.Survey.CaseId}", Row.CaseTitle),
        new($"/surveys/{Row.Survey.Id.Value:N}", Words.Of(Row.Survey.Title)),
    ];

    /// <summary>The open address.</summary>
    protected string Address => Mail.SurveyAddress(Directory.Organisation.Slug, Row!.Survey.Code);

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Row = await Reader.FindAsync(Scope, new SurveyId(Id), Aborted);
        if (Row is null)
        {
            NotFound();
            return;
        }

        if (Row.Restricted && await Cases.FindAsync(Scope, Row.Survey.CaseId, Aborted) is { } file)
        {
            await NoteAccessAsync(file, new("问卷", "survey"));
        }
    }

    /// <summary>Who is asked, by name; outsiders are forgotten when an anonymous survey is over.</summary>
    protected string NameOf(SurveyInvitation one) => one.PersonId is { } person
        ? NameOf((PersonId?)person)
        : one.Name is { Length: > 0 } name ? name : one.Email ?? Words["survey.forgotten"];
}
