using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Storage.Reading.Tasks;
using Consultation.Web.Cases;
using Consultation.Web.Layout;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Tasks;

/// <summary>Rows and columns of the list of tasks; the page and its export use the same.</summary>
internal static class TaskTable
{
    /// <summary>The rows of a view: "" for what waits for me, "done", "all" for those who steer.</summary>
    public static async Task<IReadOnlyList<TaskRow>> RowsAsync(
        TaskReader reader, CaseScope scope, OrganisationDirectory directory, TableQuery table, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var rows = table["view"] switch
        {
            "done" => await reader.DoneAsync(scope, cancellationToken),
            _ when OfEverybody(scope, table) => await reader.AllOpenAsync(scope, cancellationToken),
            _ => await reader.OpenAsync(directory, scope.PersonId, now, cancellationToken),
        };
        return table["late"] switch
        {
            "late" => [.. rows.Where(row => LevelOf(row) == Lateness.Late)],
            "soon" => [.. rows.Where(row => LevelOf(row) is Lateness.Late or Lateness.DueSoon)],
            "rests" => [.. rows.Where(row => row.Rests)],
            "vacant" => [.. rows.Where(row => row.Flag == Vacancies.Flag)],
            _ => rows,
        };

        Lateness LevelOf(TaskRow row) => DueText.Level(row.DueAt, row.ClosedAt, now, row.Rests);
    }

    /// <summary>Whether the list is that of everybody's open tasks, which only those see who steer.</summary>
    public static bool OfEverybody(CaseScope scope, TableQuery table) => scope.MaySteer && table["view"] == "all";

    /// <summary>
    /// The columns; templates only for the page. Where everybody's tasks are listed, who still owes an answer stands
    /// beside each.
    /// </summary>
    public static IReadOnlyList<Column<TaskRow>> Columns(
        DeskTexts texts,
        DeskTime when,
        OrganisationDirectory directory,
        PersonId me,
        bool everybody,
        RenderFragment<TaskRow>? title = null,
        RenderFragment<TaskRow>? due = null,
        RenderFragment<TaskRow>? file = null) =>
    [
        new("title", texts["tasks.title"], row => texts.Of(row.Title)) { IsTitle = true, Template = title },
        new("due", texts["tasks.due"], row => row.Rests ? texts["due.rests"] : when.Exact(row.DueAt))
        { Template = due, Compact = true,
            SortBy = row => row.DueAt ?? DateTimeOffset.MaxValue },
        new("case", texts["tasks.case"], row => row.CaseTitle ?? texts["case.kept"]) { Template = file },
        new("kind", texts["tasks.kind"], row => texts.Name(row.Kind)) { Compact = true },
        everybody
            ? new("for", texts["tasks.waits-for"], row => row.HeldUntil is null
                ? PeopleNames.Of(directory, row.Seats, DeskTexts.IsEnglish)
                : PeopleNames.Held(DeskTexts.IsEnglish))
            : new("for", texts["tasks.for"], row => PeopleNames.Of(
                directory, row.Seats.Where(seat => seat.PersonId != me), DeskTexts.IsEnglish)) { Minor = true },
        new("rung", texts["tasks.rung"], row => row.RungName ?? "") { Minor = true, SortBy = row => row.Rung },
        new("number", texts["tasks.number"], row => row.Number) { Compact = true },
        new("opened", texts["tasks.opened"], row => when.Exact(row.OpenedAt)) { Compact = true, Minor = true },
    ];
}
