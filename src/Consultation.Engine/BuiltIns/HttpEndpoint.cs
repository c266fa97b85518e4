using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Waits for an HTTP request, or starts a workflow with it. Bookmarks and triggers are stored under <see
/// cref="StimulusName"/> with
/// <see cref="StimulusOf"/>; the resumer's payload is <c>{ path, method, routeData, queryString, headers, content,
/// files, file }</c>; with
/// <c>problem</c>, the outcome of a broken rule, and without content when the request is not taken as it is.
/// </summary>
public sealed class HttpEndpoint : Activity
{
    /// <summary>The stimulus name of bookmarks and triggers.</summary>
    public const string StimulusName = "Elsa.HttpEndpoint";

    private readonly InputBinding<string?> _path;
    private readonly InputBinding<List<string>> _methods;
    private readonly InputBinding<bool> _authorize;
    private readonly Dictionary<string, OutputBinding> _outputs;

    private HttpEndpoint(ActivityNode node)
    {
        _path = node.Input<string?>("Path");
        _methods = node.Input<List<string>>("SupportedMethods", ["GET"]);
        _authorize = node.Input("Authorize", false);
        Policy = PolicyOf(node);
        Rules = new UploadRules(node);
        _outputs = new(StringComparer.Ordinal)
        {
            ["content"] = node.Output("ParsedContent"),
            ["files"] = node.Output("Files"),
            ["file"] = node.Output("File"),
            ["routeData"] = node.Output("RouteData"),
            ["queryString"] = node.Output("QueryStringData"),
            ["headers"] = node.Output("Headers"),
        };
        Result = node.Output("Result");
    }

    internal static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity(StimulusName, "网络端点", "HTTP Endpoint")
            .Http()
            .Description("等待一个 HTTP 请求", "Waits for an inbound HTTP request")
            .Kind(ActivityKind.Trigger)
            .Input("Path", "String", "路径", "Path")
            .Input("SupportedMethods", "String[]", "方法", "Methods", i => i with
            {
                UIHint = UIHints.CheckList,
                DefaultSyntax = "Object",
                Options =
                [
                    .. new[] { "GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS" }
                        .Select(method => new InputOption(method, new BilingualText(method, method))),
                ],
            })
            .Input("Authorize", "Boolean", "需要登录", "Authorize")
            .Input("Policy", "String", "授权策略", "Policy")
            .Input("RequestTimeout", "TimeSpan", "最长处理时间", "Request timeout", Upload)
            .Input("RequestSizeLimit", "Int64", "请求大小上限（字节）", "Request size limit (bytes)", Upload)
            .Input("FileSizeLimit", "Int64", "单个文件大小上限（字节）", "File size limit (bytes)", Upload)
            .Input("AllowedFileExtensions", "String[]", "允许的文件扩展名", "Allowed file extensions", UploadList)
            .Input("BlockedFileExtensions", "String[]", "禁止的文件扩展名", "Blocked file extensions", UploadList)
            .Input("AllowedMimeTypes", "String[]", "允许的文件类型（MIME）", "Allowed MIME types", UploadList)
            .Input("ExposeRequestTooLargeOutcome", "Boolean", "请求过大时另走", "Expose request too large outcome", Outcome)
            .Input("ExposeFileTooLargeOutcome", "Boolean", "文件过大时另走", "Expose file too large outcome", Outcome)
            .Input("ExposeInvalidFileExtensionOutcome", "Boolean", "扩展名不符时另走",
                "Expose invalid file extension outcome", Outcome)
            .Input("ExposeInvalidFileMimeTypeOutcome", "Boolean", "文件类型不符时另走",
                "Expose invalid file MIME type outcome", Outcome)
            .Output("ParsedContent", "Object", "内容", "Parsed content")
            .Output("Files", "Object", "文件", "Files")
            .Output("File", "Object", "第一个文件", "File")
            .Output("RouteData", "ObjectDictionary", "路径参数", "Route data")
            .Output("QueryStringData", "ObjectDictionary", "查询参数", "Query string data")
            .Output("Headers", "ObjectDictionary", "请求头", "Headers")
            .Output("Result", "Object", "请求", "Result")
            .Outcome("Done", "完成", "Done")
            .Pauses()
            .Build(),
        node => new HttpEndpoint(node));

    private OutputBinding Result { get; }

    /// <summary>The path's template, for example <c>orders/{id}</c>; null when it depends on the run.</summary>
    public string? Template => _path.IsConstant ? _path.Constant?.Trim('/') : null;

    /// <summary>Whether only signed-in people may call it; so it is too when an expression decides.</summary>
    public bool AsksForSignIn => !_authorize.IsConstant || _authorize.Constant || Policy is not null;

    /// <summary>
    /// Name of the host's rule that a caller must fulfil, or null. Worked out when the workflow is compiled, as the
    /// limits are.
    /// </summary>
    public string? Policy { get; }

    /// <summary>What requests it takes.</summary>
    public UploadRules Rules { get; }

    /// <summary>
    /// The stimulus of one path and method: lower-case, without slashes at the ends, a parameter as <c>{}</c> and one
    /// that takes the rest of the path as <c>{*}</c>. So the templates that a request may mean can be listed from the
    /// request alone.
    /// </summary>
    public static object StimulusOf(string path, string method) => new Dictionary<string, object?>
    {
        ["path"] = string.Join('/', path.Trim('/').ToLowerInvariant().Split('/').Select(Shape)),
        ["method"] = method.ToLowerInvariant(),
    };

    /// <summary>A rule that cannot be worked out is one that nobody fulfils.</summary>
    private static string? PolicyOf(ActivityNode node)
    {
        try
        {
            return new TriggerContext(new TriggerScope(node.Definition))
                .Get(node.Input<string?>("Policy")) is { Length: > 0 } name ? name : null;
        }
        catch (ActivityFaultException)
        {
            return "?";
        }
    }

    private static InputDescriptor Upload(InputDescriptor input) =>
        input with { Category = new BilingualText("上传", "Upload") };

    private static InputDescriptor UploadList(InputDescriptor input) =>
        Upload(input) with { UIHint = UIHints.MultiText, DefaultSyntax = "Object" };

    private static InputDescriptor Outcome(InputDescriptor input) =>
        input with { IsWrapped = false, Category = new BilingualText("出口", "Outcomes") };

    private static string Shape(string segment) =>
        !segment.Contains('{', StringComparison.Ordinal) ? segment : segment.Contains("{*", StringComparison.Ordinal)
            ? "{*}"
            : "{}";

    /// <inheritdoc/>
    public override void Execute(ActivityContext context)
    {
        if (context.IsTriggerOfWorkflow)
        {
            Take(context, context.TriggerPayload);
            return;
        }

        var path = PathOf(_path.Get(context));
        foreach (var method in _methods.Get(context))
            context.CreateBookmark(new BookmarkRequest
            {
                Name = StimulusName,
                Stimulus = StimulusOf(path, method),
                Tag = method,
            });
    }

    /// <inheritdoc/>
    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload) => Take(context, payload);

    /// <inheritdoc/>
    public override IEnumerable<TriggerDescription> DescribeTriggers(TriggerContext context)
    {
        var path = PathOf(context.Get(_path));
        return context.Get(_methods).Select(method => new TriggerDescription(StimulusName, StimulusOf(path, method)));
    }

    private static string PathOf(string? path) => path is { Length: > 0 }
        ? path
        : throw new ActivityFaultException("没有指定路径 / No path is given.") { InputName = "Path" };

    private void Take(ActivityContext context, object? payload)
    {
        context.SetOutput(Result, payload);
        if (payload is Dictionary<string, object?> request)
        {
            foreach (var (name, output) in _outputs)
            {
                if (request.TryGetValue(name, out var value)) context.SetOutput(output, value);
            }

            if (request.GetValueOrDefault("problem") is string problem)
            {
                context.CompleteWithOutcome(problem);
                return;
            }
        }

        context.Complete();
    }
}
