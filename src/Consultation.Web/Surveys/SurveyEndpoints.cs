using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Surveys;
using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Reading.Surveys;
using Consultation.Web.Layout;
using Consultation.Web.People;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Surveys;

/// <summary>The answers to a survey as a file.</summary>
internal static class SurveyEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/surveys/{id:guid}/export", ExportAsync);

    private static async Task<IResult> ExportAsync(
        Guid id, HttpContext http, DeskDirectory directories, Viewer viewer, SurveyReader surveys, CaseReader cases,
        IAccessLog access, DeskTexts texts, DeskTime when, CancellationToken cancellationToken)
    {
        var directory = await directories.LoadAsync(cancellationToken);
        var scope = CaseScope.Of(viewer.PersonId, directory);
        if (await surveys.FindAsync(scope, new SurveyId(id), cancellationToken) is not { } row
            || row.Survey.State == SurveyState.Draft
            || await cases.FindAsync(scope, row.Survey.CaseId, cancellationToken) is not { } file)
        {
            return Results.NotFound();
        }

        await access.NoteAsync(file, scope.PersonId, new("问卷答卷", "answers of a survey"), cancellationToken);
        var asked = row.Survey.Anonymous ? []
            : (await surveys.AskedAsync(row.Survey, cancellationToken)).ToDictionary(one => one.Id);
        var columns = new List<Column<SurveyAnswer>>
        {
            new("day", texts["survey.day"], one => one.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("way", texts["survey.way"], one => texts.Name(one.Way)),
        };
        if (!row.Survey.Anonymous)
        {
            columns.Add(new("who", texts["survey.name"], one => one.InvitationId is { } whose
                && asked.TryGetValue(whose, out var who) ? directory.Find(who.PersonId)?.Name ?? who.Name ?? "" : ""));
        }

        columns.AddRange(row.Survey.Questions.Select((question, at) => new Column<SurveyAnswer>(
            question.Key, $"{at + 1}. {texts.Of(question.Text)}",
            one => Shown(question, one.Values.GetValueOrDefault(question.Key) ?? "", texts))));
        return TableExport.File(
            http.Request, texts.Of(row.Survey.Title), when.Today, columns,
            await surveys.AnswersAsync(row.Survey, cancellationToken));
    }

    private static string Shown(SurveyQuestion question, string value, DeskTexts texts) => question.HasOptions
        ? string.Join('、', FormValues.List(value).Select(key =>
            question.Options.FirstOrDefault(option => option.Key == key) is { } option
                ? texts.Of(option.Label) : key))
        : value;
}
