using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.History;
using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Reading.Tasks;
using Consultation.Web.Cases;
using Consultation.Web.Layout;
using Consultation.Web.People;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Tasks;

/// <summary>
/// Addresses about tasks that are not pages: the export, documents of a task's case, and finding a task by the number
/// on its slip.
/// </summary>
internal static class TaskEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/tasks/export", ExportAsync);
        endpoints.MapGet("/tasks/by-number", ByNumberAsync);
        endpoints.MapGet("/tasks/{id:guid}/documents/{document:guid}", DownloadAsync);
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, DeskDirectory directories, Viewer viewer, TaskReader reader, DeskTexts texts, DeskTime when,
        CancellationToken cancellationToken)
    {
        var directory = await directories.LoadAsync(cancellationToken);
        var table = TableQuery.Of(http.Request);
        var scope = CaseScope.Of(viewer.PersonId, directory);
        var rows = await TaskTable.RowsAsync(reader, scope, directory, table, when.Now, cancellationToken);
        var columns = TaskTable.Columns(texts, when, directory, viewer.PersonId, TaskTable.OfEverybody(scope, table));
        return TableExport.File(http.Request, texts["nav.tasks"], when.Today, columns, table.Matching(rows, columns));
    }

    private static async Task<IResult> ByNumberAsync(
        string? number, Viewer viewer, TaskReader reader, CancellationToken cancellationToken) =>
        await reader.FindByNumberAsync(viewer.OrganisationId, (number ?? "").Trim(), cancellationToken) is { } id
            ? Results.Redirect($"/tasks/{id.Value}")
            : Results.Redirect($"/tasks?q={Uri.EscapeDataString((number ?? "").Trim())}");

    private static async Task<IResult> DownloadAsync(
        Guid id, Guid document, HttpContext http, DeskDirectory directories, Viewer viewer, TaskReader reader,
        CaseReader cases, MaterialReader materials,
        IAccessLog access, TimeProvider time, CancellationToken cancellationToken)
    {
        var directory = await directories.LoadAsync(cancellationToken);
        var scope = CaseScope.Of(viewer.PersonId, directory);
        if (await reader.FindAsync(scope.OrganisationId, new TaskId(id), cancellationToken) is not { } found)
        {
            return Results.NotFound();
        }

        if (!scope.TakesPartIn(found.Task, directory, time.GetUtcNow())
            && await cases.FindAsync(scope, found.Case.Id, cancellationToken) is null)
        {
            await access.NoteRefusalAsync(
                scope.OrganisationId, found.Case.Id, scope.PersonId, new("文件", "document"), cancellationToken);
            return Results.NotFound();
        }

        if (await materials.DocumentAsync(
            found.Task, found.Case, new DocumentId(document), cancellationToken) is not { } file)
        {
            return Results.NotFound();
        }
        await access.NoteAsync(found.Case, scope.PersonId, CaseEndpoints.WhatOf(file), cancellationToken);
        return CaseEndpoints.Download(http, file);
    }
}
