using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Runtime.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Definitions;

/// <summary>
/// Saving, publishing, retracting, rolling back, one and many (contract rows D4–D6, D9, D14, D15, D18, D19, D25).
/// </summary>
internal static class DefinitionWriting
{
    public static void Map(RouteGroupBuilder api)
    {
        var definitions = api.MapGroup("/workflow-definitions").AddEndpointFilter<DesignersOnly>();
        definitions.MapPost("", SaveAsync);
        string[] either = [HttpMethods.Post, HttpMethods.Put];
        definitions.MapMethods("/import", either, ImportAsync);
        definitions.MapMethods("/{definitionId}/import", either, ImportToAsync);
        definitions.MapPost("/import-files", ImportFilesAsync).DisableAntiforgery();
        definitions.MapPost("/{definitionId}/publish", PublishAsync);
        definitions.MapPost("/{definitionId}/retract", RetractAsync);
        definitions.MapPost("/{definitionId}/revert/{version:int}", RevertAsync);
        definitions.MapPost("/{definitionId}/update-references", UpdateReferencesAsync);
        var bulk = api.MapGroup("/bulk-actions").AddEndpointFilter<DesignersOnly>();
        var actions = api.MapGroup("/actions/workflow-definitions").AddEndpointFilter<DesignersOnly>();
        actions.MapPost("/refresh", RefreshAsync);
        actions.MapPost("/reload", (WorkflowCache cache) =>
        {
            cache.Forget();
            return Results.Ok();
        });
        bulk.MapPost("/publish/workflow-definitions/by-definition-ids", BulkPublishAsync);
        bulk.MapPost("/retract/workflow-definitions/by-definition-ids", BulkRetractAsync);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http, DefinitionBody request, DefinitionEditing editing, IDefinitionStore store,
        DefinitionReferences references, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        if (Read(http, request, request.Model, out var refusal) is not { } given)
        {
            return refusal!;
        }

        var publish = request.IsToBePublished;
        if (publish && !ElsaAccess.IsIn(http.User, access.Publishers))
        {
            return Answers.Invalid(http, NotAPublisher);
        }

        if (publish && access.AuthorMayNotPublish)
        {
            return await PublishAnothersAsync(http, given, editing, store, references, access, cancellationToken);
        }

        return await SavedAsync(http, await editing.SaveAsync(given, publish, Author(http), cancellationToken),
            references, access, cancellationToken);
    }

    /// <summary>
    /// Where a second person publishes, he publishes what another saved: changes of his own would go out unseen. What
    /// he would be the author of is kept as a draft for somebody else to publish.
    /// </summary>
    private static async Task<IResult> PublishAnothersAsync(
        HttpContext http, WorkflowDefinition given, DefinitionEditing editing, IDefinitionStore store,
        DefinitionReferences references, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        var latest = await store.FindAsync(given.DefinitionId, VersionOptions.Latest, cancellationToken);
        var isOwn = latest is null || IsOwnDraft(http, latest)
            || (latest.Definition.IsPublished && !editing.IsSame(given, latest.Definition));
        if (!isOwn)
        {
            return await SavedAsync(http, await editing.PublishAsync(given.DefinitionId, cancellationToken), references,
                access, cancellationToken);
        }

        var change = await editing.SaveAsync(given, publish: false, Author(http), cancellationToken);
        if (change is not DefinitionChange.Stored stored)
        {
            return Refused(http, change);
        }

        Tell(http, stored.Definition);
        return Answers.Invalid(http, new BilingualText(
            "编写人与发布人须为两人：已保存为草稿，请由另一位发布人发布。",
            "Author and publisher must be two people: it is saved as a draft, another publisher has to publish it."));
    }

    /// <summary>
    /// Says which state of the definition the caller has now seen, refused or not, so that his next save does not meet
    /// his own last one.
    /// </summary>
    private static void Tell(HttpContext http, StoredDefinition stored) =>
        http.Response.Headers.ETag = $"\"{stored.Tag}\"";

    private static bool IsOwnDraft(HttpContext http, StoredDefinition latest) =>
        !latest.Definition.IsPublished && latest.UpdatedBy == ElsaAccess.NameOf(http.User);

    private static Task<IResult> ImportAsync(
        HttpContext http, DefinitionBody request, DefinitionEditing editing, ElsaAccess access,
        CancellationToken cancellationToken) =>
        ImportAsAsync(http, null, request, editing, access, cancellationToken);

    /// <summary>The address says of which workflow the file becomes a draft, whatever the file says.</summary>
    private static Task<IResult> ImportToAsync(
        HttpContext http, string definitionId, DefinitionBody request, DefinitionEditing editing, ElsaAccess access,
        CancellationToken cancellationToken) =>
        ImportAsAsync(http, definitionId, request, editing, access, cancellationToken);

    private static async Task<IResult> ImportAsAsync(
        HttpContext http, string? definitionId, DefinitionBody request, DefinitionEditing editing, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        if (definitionId is not null && request.Json is { } json) json["definitionId"] = definitionId;
        if (Read(http, request, request.Json, out var refusal) is not { } given)
        {
            return refusal!;
        }

        var change = await editing.SaveAsync(given, publish: false, Author(http), cancellationToken);
        return change switch
        {
            DefinitionChange.Stored stored => Imported(http, stored.Definition, access),
            _ => Refused(http, change),
        };
    }

    private static IResult Imported(HttpContext http, StoredDefinition stored, ElsaAccess access)
    {
        Tell(http, stored);
        return Answers.Ok(DefinitionJson.Full(stored, MayEdit(http, access)));
    }

    /// <summary>JSON files and ZIPs of them: all of it in one transaction, or nothing.</summary>
    private static async Task<IResult> ImportFilesAsync(
        HttpContext http, IFormFileCollection files, DefinitionEditing editing, CancellationToken cancellationToken)
    {
        if (files.Count == 0) return Answers.Invalid(http, NoFile);
        var read = new List<PackagedDefinition>();
        foreach (var file in files)
        {
            if (file.Length > DefinitionLimits.MaxBytes)
            {
                return Answers.Invalid(http, DefinitionLimits.TooLarge);
            }

            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancellationToken);
            read.AddRange(DefinitionPackage.Read(file.FileName, content.ToArray()));
        }

        if (read.Exists(one => one.Problem is not null))
        {
            return Answers.Invalid(http, [.. read.Select(one => one.Problem).OfType<BilingualText>()]);
        }

        var changes =
            await editing.SaveAllAsync([.. read.Select(one => one.Definition!)], Author(http), cancellationToken);
        if (changes.Any(one => one.Change is not DefinitionChange.Stored))
        {
            return Answers.Invalid(http, [.. changes.Select(WhyNotSaved)]);
        }

        return Answers.Ok(new { count = read.Count });
    }

    private static async Task<IResult> PublishAsync(
        HttpContext http, string definitionId, DefinitionEditing editing, IDefinitionStore store,
        DefinitionReferences references, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        if (await WhyNotPublishAsync(http, definitionId, store, access, cancellationToken) is { } forbidden)
        {
            return Answers.Invalid(http, forbidden);
        }

        return await SavedAsync(
            http, await editing.PublishAsync(definitionId, cancellationToken), references, access, cancellationToken);
    }

    private static async Task<IResult> RetractAsync(
        HttpContext http, string definitionId, DefinitionEditing editing, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        if (!ElsaAccess.IsIn(http.User, access.Publishers))
        {
            return Answers.Invalid(http, NotAPublisher);
        }

        return await editing.RetractAsync(definitionId, cancellationToken) switch
        {
            DefinitionChange.Stored stored => Answers.Ok(DefinitionJson.Full(stored.Definition, MayEdit(http, access))),
            var other => Refused(http, other),
        };
    }

    private static async Task<IResult> UpdateReferencesAsync(
        HttpContext http, string definitionId, DefinitionReferences references, CancellationToken cancellationToken) =>
        Answers.Ok(new
        {
            affectedWorkflows =
                await references.UpdateAsync(definitionId, ElsaAccess.NameOf(http.User), cancellationToken),
        });

    private static async Task<IResult> RevertAsync(
        HttpContext http, string definitionId, int version, DefinitionEditing editing, ElsaAccess access,
        CancellationToken cancellationToken) =>
        await editing.RevertAsync(definitionId, version, Author(http).By, cancellationToken) switch
        {
            DefinitionChange.Stored { Definition: var draft } =>
                Answers.Ok(DefinitionJson.Summary(draft, MayEdit(http, access))),
            var other => Refused(http, other),
        };

    /// <summary>
    /// Publishes what it can. What it cannot is named in <c>refused</c>, which the designer's page shows: to the
    /// designer a 400 is a crash.
    /// </summary>
    private static async Task<IResult> BulkPublishAsync(
        HttpContext http, DefinitionIds body, DefinitionEditing editing, IDefinitionStore store,
        DefinitionReferences references, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        List<string> published = [], already = [], notFound = [], updated = [], refused = [];
        var culture = Answers.Culture(http);
        foreach (var id in await references.PartsFirstAsync(body.All, cancellationToken))
        {
            if (await WhyNotPublishAsync(http, id, store, access, cancellationToken) is { } forbidden)
            {
                refused.Add(About(id, forbidden).In(culture));
                continue;
            }

            switch (await editing.PublishAsync(id, cancellationToken))
            {
                case DefinitionChange.Stored { AlreadyPublished: true }: already.Add(id); break;
                case DefinitionChange.Stored stored:
                    published.Add(id);
                    updated.AddRange(await FollowAsync(http, stored, references, cancellationToken));
                    break;
                case DefinitionChange.Invalid invalid:
                    refused.AddRange(Errors(invalid).Select(error => About(id, error).In(culture))); break;
                default: notFound.Add(id); break;
            }
        }

        return Answers.Ok(new { published, alreadyPublished = already, notFound, updatedConsumers = updated, refused });
    }

    /// <summary>
    /// Compiles anew. Triggers are stored together with the publication, so that they are never behind it.
    /// </summary>
    private static async Task<IResult> RefreshAsync(
        DefinitionIds? body, IDefinitionStore store, WorkflowCache cache, CancellationToken cancellationToken)
    {
        var (items, _) = await store.ListAsync(
            new DefinitionFilter { Versions = VersionOptions.Published, DefinitionIds = body?.All ?? [] },
            cancellationToken);
        var refreshed = items.Select(item => item.DefinitionId).Distinct().ToList();
        cache.Forget();
        return Answers.Ok(new { refreshed, notFound = (body?.All ?? []).Except(refreshed) });
    }

    private static BilingualText WhyNotSaved(DefinitionSave refused)
    {
        var why = refused.Change switch
        {
            DefinitionChange.Conflict conflict => conflict.Message,
            DefinitionChange.NotAllowed not => not.Message,
            _ => new BilingualText("未能保存。", "It could not be saved."),
        };
        return refused.DefinitionId is { } id ? About(id, why) : why;
    }

    private static BilingualText About(string definitionId, BilingualText text) =>
        new($"“{definitionId}”：{text.Zh}", $"“{definitionId}”: {text.En}");

    private static async Task<IResult> BulkRetractAsync(
        HttpContext http, DefinitionIds body, DefinitionEditing editing, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        if (!ElsaAccess.IsIn(http.User, access.Publishers))
        {
            return Answers.Invalid(http, NotAPublisher);
        }

        List<string> retracted = [], already = [], notFound = [];
        foreach (var id in body.All)
        {
            var list = await editing.RetractAsync(id, cancellationToken) switch
            {
                DefinitionChange.Stored => retracted,
                DefinitionChange.NotAllowed => already,
                _ => notFound,
            };
            list.Add(id);
        }

        return Answers.Ok(new { retracted, alreadyRetracted = already, notFound });
    }

    private static async Task<IResult> SavedAsync(
        HttpContext http, DefinitionChange change, DefinitionReferences references, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        if (change is not DefinitionChange.Stored stored)
        {
            return Refused(http, change);
        }

        var definition = stored.Definition.Definition;
        await FollowAsync(http, stored, references, cancellationToken);
        Tell(http, stored.Definition);
        return Answers.Ok(new
        {
            workflowDefinition = DefinitionJson.Full(stored.Definition, MayEdit(http, access)),
            alreadyPublished = stored.AlreadyPublished,
            consumingWorkflowCount =
                (await references.ConsumersOfAsync(definition.DefinitionId, cancellationToken)).Count,
            validationErrors =
                stored.Findings.Select(finding => new { message = finding.Sentence.In(Answers.Culture(http)) }),
        });
    }

    /// <summary>
    /// Where the definition asks for it, those that use it follow a newly published version, as drafts.
    /// </summary>
    private static async Task<IReadOnlyList<string>> FollowAsync(
        HttpContext http, DefinitionChange.Stored stored, DefinitionReferences references,
        CancellationToken cancellationToken) =>
        stored is
        {
            AlreadyPublished: false,
            Definition.Definition: { IsPublished: true, Options.AutoUpdateConsumingWorkflows: true } definition
        }
            ? await references.UpdateAsync(definition.DefinitionId, ElsaAccess.NameOf(http.User), cancellationToken)
            : [];

    private static IResult Refused(HttpContext http, DefinitionChange change)
    {
        if (change is DefinitionChange.Invalid { Draft: { } draft }) Tell(http, draft);
        return change switch
        {
            DefinitionChange.Invalid invalid => Answers.Invalid(http, [.. Errors(invalid)]),
            DefinitionChange.Conflict conflict => Answers.Invalid(http, conflict.Message),
            DefinitionChange.NotAllowed refused => Answers.Invalid(http, refused.Message),
            _ => Answers.NotFound(http, "没有这个流程定义。", "There is no such workflow definition."),
        };
    }

    private static IEnumerable<BilingualText> Errors(DefinitionChange.Invalid invalid) =>
        invalid.Findings.Where(finding => finding.Severity == FindingSeverity.Error)
            .Select(finding => finding.Sentence);

    private static async Task<BilingualText?> WhyNotPublishAsync(
        HttpContext http, string definitionId, IDefinitionStore store, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        if (!ElsaAccess.IsIn(http.User, access.Publishers))
        {
            return NotAPublisher;
        }

        if (access.AuthorMayNotPublish
            && await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken) is { } latest
            && IsOwnDraft(http, latest))
        {
            return new BilingualText(
                "编写人与发布人须为两人：请由另一位发布人发布。",
                "Author and publisher must be two people: another publisher has to publish this.");
        }

        return null;
    }

    private static WorkflowDefinition? Read(
        HttpContext http, DefinitionBody request, JsonObject? model, out IResult? refusal)
    {
        refusal = request.Problem is { } problem ? Answers.Invalid(http, problem) : null;
        if (refusal is not null) return null;
        if (model is null)
        {
            refusal = Answers.Invalid(
                http, new BilingualText("请求中没有流程定义（model）。", "The request carries no definition (model)."));
            return null;
        }

        if (model["root"] is not JsonObject)
        {
            refusal = Answers.Invalid(http, new BilingualText(
                "流程定义没有根活动（root）；请用设计器导出的文件。",
                "The definition has no root activity (root); take a file that the designer exported."));
            return null;
        }

        try
        {
            model.Remove("links");
            return WorkflowDefinition.FromJson((JsonObject)model.DeepClone());
        }
        catch (DefinitionFormatException broken)
        {
            refusal = Answers.Invalid(http, BilingualText.Sentences(broken.WhatAndWhere, broken.Mend));
            return null;
        }
    }

    /// <summary>
    /// Who saves, and which state of the draft he saw (the page sends it; clients that do not are not checked).
    /// </summary>
    private static DefinitionAuthor Author(HttpContext http)
    {
        var seen = http.Request.Headers.IfMatch.ToString().Trim('"');
        return new DefinitionAuthor(ElsaAccess.NameOf(http.User), seen.Length > 0 ? seen : null);
    }

    private static bool MayEdit(HttpContext http, ElsaAccess access) =>
        ElsaAccess.IsIn(http.User, access.Designers) || ElsaAccess.IsIn(http.User, access.Publishers);

    internal static readonly BilingualText NoFile = new("请选择至少一个文件。", "Choose at least one file.");

    private static readonly BilingualText NotAPublisher = new(
        "您没有发布权限：请保存后交发布人发布。", "You may not publish: save it and ask a publisher.");
}

/// <summary>Ids that a request about many definitions names, in either of the two ways of the designer.</summary>
internal sealed record DefinitionIds(
    string[]? Ids, [property: System.Text.Json.Serialization.JsonPropertyName("definitionIds")] string[]? Given)
{
    public string[] All => Given ?? Ids ?? [];
}
