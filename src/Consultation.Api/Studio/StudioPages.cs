using System.Text.Encodings.Web;
using Consultation.Api.Instances;
using Consultation.Cases;
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
        pages.MapGet("/studio/definitions/{id}/edit", (HttpContext http, string id) =>
            Page(http, "elsa-workflow-definition-editor", id));
        pages.MapGet("/studio/instances", (HttpContext http) => Page(http, "elsa-workflow-instance-list", null));
        pages.MapGet("/studio/instances/{id}", ViewerAsync);
        pages.MapGet("/studio/host/{file}", OwnFile);
        foreach (var prefix in new[] { "", "/studio" })
        {
            pages.MapGet(prefix + "/workflows/definitions", () => Results.Redirect("/studio/definitions"));
            pages.MapGet(prefix + "/workflows/definitions/{id}/edit",
                (string id) => Results.Redirect($"/studio/definitions/{Escaped(id)}/edit"));
            pages.MapGet(prefix + "/workflows/instances", () => Results.Redirect("/studio/instances"));
            pages.MapGet(prefix + "/workflows/instances/{id}/view",
                (string id) => Results.Redirect($"/studio/instances/{Escaped(id)}"));
        }
    }

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

    private static async Task<IResult> ViewerAsync(
        HttpContext http, string id, RunReader runs, IRunStore store, CancellationToken cancellationToken)
    {
        var viewer = ElsaAccess.ViewerOf(http.User);
        var isRecord = await runs.FindAsync(viewer, id, cancellationToken) is { FinishedAt: not null }
            && (await store.FindStateAsync(new InstanceId(id), cancellationToken))?.Properties.ContainsKey(
                InstanceImport.Mark) is true;
        return Page(http, "elsa-workflow-instance-viewer", id,
            await runs.FindCaseAsync(viewer, id, cancellationToken), isRecord);
    }

    private static IResult Page(
        HttpContext http, string element, string? id, CaseId? serves = null, bool isRecord = false)
    {
        var antiforgery = (IAntiforgery)http.RequestServices.GetService(typeof(IAntiforgery))!;
        var token = antiforgery.GetAndStoreTokens(http).RequestToken ?? "";
        var english =
            System.Globalization.CultureInfo.CurrentUICulture.Name.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var mayRetry =
            ElsaAccess.IsIn(http.User, ((ElsaAccess)http.RequestServices.GetService(typeof(ElsaAccess))!).Operators);
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(Html(element, id, token, english, http.Request.PathBase, serves, mayRetry, isRecord),
            "text/html; charset=utf-8");
    }

    private static string Html(string element, string? id, string token, bool english, string pathBase, CaseId? serves,
        bool mayRetry, bool isRecord)
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
        var recordNote = Say(
            "这是导入的记录，只供查阅，不会运行，也不属于任何协商事项。",
            "This instance was imported as a record, to be read only; it never runs and belongs to no case.");
        var problem = Say("设计器遇到问题，已保存的内容不受影响。", "The designer met a problem; what was saved is safe.");
        var record = isRecord
            ? $"""<div id="studio-record" role="note">{recordNote}</div>"""
            : "";
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
              {record}
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
