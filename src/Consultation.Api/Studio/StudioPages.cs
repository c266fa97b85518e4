using System.Text.Encodings.Web;
using Consultation.Api.Instances;
using Consultation.Cases;
using Consultation.Engine.Describing;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Storage.Reading.Runs;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Studio;

/// <summary>
/// The pages that host the genuine designer: lists and editors of definitions and instances, and the few files of our
/// own around it.
/// </summary>
public static class StudioPages
{
    /// <summary>
    /// The designer injects two small inline scripts (the keys of its editor and of its list of instances), known by
    /// their hashes, and inline styles, and compiles WebAssembly; nothing else is allowed. Another version may need
    /// other hashes: its pages then say that
    /// <c>editorHotkeys</c> is missing.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; "
        + "script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' "
        + "'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='; style-src 'self' 'unsafe-inline'; img-src 'self' "
        + "data:; "
        + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:";

    private static readonly Dictionary<string, (string Resource, string ContentType)> OwnFiles = new()
    {
        ["host.css"] = ("host.css", "text/css; charset=utf-8"),
        ["host.js"] = ("host.js", "text/javascript; charset=utf-8"),
        ["overlay.js"] = ("overlay.js", "text/javascript; charset=utf-8"),
        ["texts.zh.json"] = ("studio-texts.zh.json", "application/json; charset=utf-8"),
    };

    /// <summary>
    /// Maps the pages below <c>/studio</c>, and the links inside the designer that lead to pages its package does not
    /// bring.
    /// </summary>
    public static void MapStudioPages(this IEndpointRouteBuilder routes, string policy)
    {
        var pages = routes.MapGroup("").RequireAuthorization(policy);
        pages.MapGet("/studio", () => Results.Redirect("/studio/definitions"));
        pages.MapGet("/studio/definitions", (HttpContext http) => Page(http, "elsa-workflow-definition-list", null));
        pages.MapGet("/studio/definitions/{id}/edit", EditorAsync);
        pages.MapGet("/studio/instances", (HttpContext http) => Page(http, "elsa-workflow-instance-list", null));
        pages.MapGet("/studio/instances/{id}", ViewerAsync);
        pages.MapGet("/studio/host/{file}", OwnFile);
        foreach (var prefix in new[] { "", "/studio" })
        {
            pages.MapGet(prefix + "/workflows/definitions", () => Results.Redirect("/studio/definitions"));
            pages.MapGet(prefix + "/workflows/definitions/{id}/edit",
                (string id) => Results.Redirect($"/studio/definitions/{Escaped(id)}/edit"));
            // Lines of the log are the operator's; what happened in an instance stands in its journal.
            pages.MapGet(prefix + "/diagnostics/structured-logs", (string? workflowInstanceId) =>
                Results.Redirect(workflowInstanceId is { Length: > 0 } id
                    ? $"/studio/instances/{Escaped(id)}"
                    : "/studio/instances"));
            pages.MapGet(prefix + "/alterations/instances/{id}",
                (string id) => Results.Redirect($"/studio/instances/{Escaped(id)}"));
            pages.MapGet(prefix + "/workflows/instances", () => Results.Redirect("/studio/instances"));
            pages.MapGet(prefix + "/workflows/instances/{id}/view",
                (string id) => Results.Redirect($"/studio/instances/{Escaped(id)}"));
        }
    }

    /// <summary>Most instances that are named as started by another; the rest is counted.</summary>
    private const int MostChildren = 20;

    private static string RecordNote =>
        $"<div id=\"studio-record\" role=\"note\">{new BilingualText(
            "这是导入的记录，只供查阅，不会运行，也不属于任何协商事项。",
            "This instance was imported as a record, to be read only; it never runs and belongs to no case.")
            .In(Language)}</div>";

    private static string Escaped(string id) => Uri.EscapeDataString(id);

    private static IResult OwnFile(string file)
    {
        if (!OwnFiles.TryGetValue(file, out var own))
        {
            return Results.NotFound();
        }

        var stream = typeof(StudioPages).Assembly.GetManifestResourceStream($"Consultation.Api.Studio.{own.Resource}")!;
        return Results.Stream(stream, own.ContentType);
    }

    private static async Task<IResult> EditorAsync(
        HttpContext http, string id, IDefinitionStore store, CancellationToken cancellationToken) =>
        await store.FindKeyAsync(id, VersionOptions.Latest, cancellationToken) is null
            ? Missing(http, new($"没有编号为“{id}”的流程定义，可能已被删除。",
                $"There is no workflow definition “{id}”; it may have been deleted."))
            : Page(http, "elsa-workflow-definition-editor", id);

    private static async Task<IResult> ViewerAsync(
        HttpContext http, string id, RunReader runs, IRunStore store, CancellationToken cancellationToken)
    {
        var viewer = ElsaAccess.ViewerOf(http.User);
        if (await runs.FindAsync(viewer, id, cancellationToken) is not { } run)
        {
            return Missing(http, new($"没有编号为“{id}”的流程实例，可能已被删除。",
                $"There is no workflow instance “{id}”; it may have been deleted."));
        }

        var (children, started) = await runs.ListAsync(
            viewer, new RunFilter { ParentInstanceId = id, Take = MostChildren, Descending = false },
            cancellationToken);
        var isRecord = run.FinishedAt is not null
            && (await store.FindStateAsync(new InstanceId(id), cancellationToken))?.Properties.ContainsKey(
                InstanceImport.Mark) is true;
        return Page(http, "elsa-workflow-instance-viewer", id,
            await runs.FindCaseAsync(viewer, id, cancellationToken), isRecord,
            Family(http, run.ParentInstanceId, children, started));
    }

    /// <summary>The instance that started this one, and those that it started.</summary>
    private static string Family(HttpContext http, string? parent, IReadOnlyList<RunSummary> children, int started)
    {
        var encode = HtmlEncoder.Default;
        var links = new List<string>();
        if (parent is not null)
        {
            var text = new BilingualText("由哪个实例启动", "Started by");
            links.Add($"<a href=\"instances/{Escaped(parent)}\">{text.In(Language)}</a>");
        }

        links.AddRange(children.Select(child =>
            $"<a href=\"instances/{Escaped(child.Id)}\" class=\"child\">"
                + $"{encode.Encode(child.Name is { Length: > 0 } name ? name : child.DefinitionId)}</a>"));
        if (links.Count == 0) return "";
        var left = started - children.Count;
        var more = left > 0 ? new BilingualText($"，另有 {left} 个", $", and {left} more").In(Language) : "";
        var heading = new BilingualText("相关实例：", "Related instances: ").In(Language);
        return $"<div id=\"studio-family\">{heading}{string.Join(" · ", links)}{more}</div>";
    }

    private static string Language =>
        System.Globalization.CultureInfo.CurrentUICulture.Name.StartsWith("en", StringComparison.OrdinalIgnoreCase)
            ? "en"
            : "zh";

    /// <summary>404 with a sentence, in the frame of the designer and without it.</summary>
    private static IResult Missing(HttpContext http, BilingualText what)
    {
        var root = $"{http.Request.PathBase}/studio";
        var (definitions, instances) = (
            new BilingualText("流程定义", "Definitions").In(Language),
            new BilingualText("流程实例", "Instances").In(Language));
        return Results.Content($"""
            <!DOCTYPE html>
            <html lang="{(Language == "en" ? "en" : "zh-CN")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{definitions}</title><link rel="icon" href="data:,">
              <link rel="stylesheet" href="{root}/host/host.css"></head>
            <body><nav class="bar"><a href="{root}/definitions">{definitions}</a>
              <a href="{root}/instances">{instances}</a></nav>
              <p class="waiting" id="studio-missing">{HtmlEncoder.Default.Encode(what.In(Language))}</p></body></html>
            """, "text/html; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
    }

    private static IResult Page(
        HttpContext http, string element, string? id, CaseId? serves = null, bool isRecord = false, string family = "")
    {
        var antiforgery = (IAntiforgery)http.RequestServices.GetService(typeof(IAntiforgery))!;
        var token = antiforgery.GetAndStoreTokens(http).RequestToken ?? "";
        var english =
            System.Globalization.CultureInfo.CurrentUICulture.Name.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var mayRetry =
            ElsaAccess.IsIn(http.User, ((ElsaAccess)http.RequestServices.GetService(typeof(ElsaAccess))!).Operators);
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(Html(element, id, token, english, http.Request.PathBase, serves, mayRetry,
                isRecord ? RecordNote + family : family),
            "text/html; charset=utf-8");
    }

    private static string Html(string element, string? id, string token, bool english, string pathBase, CaseId? serves,
        bool mayRetry, string notes)
    {
        var encode = HtmlEncoder.Default;
        string Say(string zh, string en) => english ? en : zh;
        string Current(string part) => element.Contains(part, StringComparison.Ordinal) ? " aria-current=\"page\"" : "";
        var toCase = serves is { } one
            ? $"<a href=\"{pathBase}/cases/{one.Value}\">{Say("所属协商事项", "Its case")}</a>"
            : "";
        var toVersions = element.EndsWith("-editor", StringComparison.Ordinal)
            ? $"<a href=\"{pathBase}/workflows/{Escaped(id!)}\">{Say("版本与运行情况", "Versions and runs")}</a>"
                + (mayRetry
                    ? $"<a href=\"{pathBase}/workflows/{Escaped(id!)}/runs\">"
                        + $"{Say("移动运行中的实例", "Move running instances")}</a>"
                    : "")
            : "";
        var toRetry = element.EndsWith("-viewer", StringComparison.Ordinal) && mayRetry
            ? $"<button type=\"button\" id=\"studio-retry\" hidden>{Say("重试故障", "Retry the incident")}</button>"
            : "";
        var problem = Say("设计器遇到问题，已保存的内容不受影响。", "The designer met a problem; what was saved is safe.");
        return $"""
            <!DOCTYPE html>
            <html lang="{Say("zh-CN", "en")}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{Say("工作流设计", "Workflow design")}</title>
              <link rel="icon" href="data:,">
              <base href="{pathBase}/studio/">
              <link rel="stylesheet" href="_content/MudBlazor/MudBlazor.min.css">
              <link rel="stylesheet" href="_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.css">
              <link rel="stylesheet" href="_content/Radzen.Blazor/css/material-base.css">
              <link rel="stylesheet" href="_content/Elsa.Studio.Shell/css/shell.css">
              <link rel="stylesheet" href="Elsa.Studio.Host.CustomElements.styles.css">
              <link rel="stylesheet" href="host/host.css">
            </head>
            <body>
              <nav class="bar">
                <strong>{Say("工作流设计", "Workflow design")}</strong>
                <a href="definitions"{Current("definition")}>{Say("流程定义", "Definitions")}</a>
                <a href="instances"{Current("instance")}>{Say("流程实例", "Instances")}</a>
                {toCase}{toVersions}{toRetry}
                <a class="end" href="{pathBase}/">{Say("返回协商议事", "Back to the desk")}</a>
              </nav>
              {notes}
              <div id="studio-started" role="status"
                hidden>{Say("已启动一个实例：", "An instance was started: ")}<a
                href="instances">{Say("查看实例", "view it")}</a></div>
              <div id="studio-refused" role="alert"
                hidden><p></p><button type="button" aria-label="{Say("关闭", "Close")}">×</button></div>
              <main id="studio" data-element="{element}" data-id="{encode.Encode(id ?? "")}"
                data-language="{Say("zh-CN", "en")}" data-token="{encode.Encode(token)}"
                data-texts="host/texts.zh.json" data-definitions="{pathBase}/studio/definitions"
                data-instances="{pathBase}/studio/instances"></main>
              <noscript><p class="waiting">{Say("设计器需要启用脚本。", "The designer needs scripts switched on.")}</p></noscript>
              <div id="blazor-error-ui">{problem} <a href="." class="reload">{Say("重新载入", "Reload")}</a></div>
              <script src="host/host.js"></script>
              <script src="host/overlay.js"></script>
              <script src="_content/BlazorMonaco/jsInterop.js"></script>
              <script src="_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js"></script>
              <script src="_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js"></script>
              <script src="_content/MudBlazor/MudBlazor.min.js"></script>
              <script src="_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js"></script>
              <script src="_content/Radzen.Blazor/Radzen.Blazor.js"></script>
              <script src="_framework/blazor.webassembly.js"></script>
            </body>
            </html>
            """;
    }
}
