using System.Globalization;
using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Elsa's three activities that send an HTTP request. A worker sends it after the step's commit; the answer comes back
/// by resuming the bookmark. One chooses among outcomes, one among embedded activities, one takes the answer as a file.
/// With a resilience strategy a request that fails in passing is sent again after a pause, which is a timer of the run.
/// </summary>
internal sealed class SendHttpRequest : Activity
{
    private const string Failed = "Failed to connect";
    private const string Unmatched = "Unmatched status code";
    private const string TimedOut = "Timeout";
    private const string RetryTag = "retry";

    /// <summary>
    /// By which the receiver recognises a request that comes again: the same for all attempts of one execution
    /// (retries, repeats after a crash, a retried incident), another for every other execution. As in the IETF draft
    /// "The Idempotency-Key HTTP Header Field", a text in quotes.
    /// </summary>
    private const string IdempotencyKey = "Idempotency-Key";

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    private readonly ActivityNode _node;
    private readonly bool _isFlow;
    private readonly bool _isDownload;
    private readonly InputBinding<string?> _url;
    private readonly InputBinding<string> _method;
    private readonly InputBinding<object?> _content;
    private readonly InputBinding<string?> _contentType;
    private readonly InputBinding<string?> _authorization;
    private readonly InputBinding<Dictionary<string, object?>> _headers;
    private readonly InputBinding<TimeSpan?> _timeout;
    private readonly HttpRetries _retries;
    private readonly HashSet<long> _expected = [];
    private readonly OutputBinding _statusCode;
    private readonly OutputBinding _contentOutput;
    private readonly OutputBinding _contentStream;
    private readonly OutputBinding _responseHeaders;
    private readonly OutputBinding _contentHeaders;
    private readonly OutputBinding _response;
    private readonly OutputBinding _result;

    private SendHttpRequest(ActivityNode node, bool isFlow, bool isDownload = false)
    {
        _node = node;
        _isFlow = isFlow;
        _isDownload = isDownload;
        _url = node.Input<string?>("Url");
        _method = node.Input("Method", "GET");
        _content = node.Input<object?>(isDownload && node.HasInput("RequestContent") ? "RequestContent" : "Content");
        _contentType = node.Input<string?>(isDownload ? "RequestContentType" : "ContentType");
        _authorization = node.Input<string?>("Authorization");
        _headers = node.Input<Dictionary<string, object?>>("RequestHeaders", []);
        _timeout = node.Input<TimeSpan?>("RequestTimeout");
        _retries = new HttpRetries(node);
        _statusCode = node.Output("StatusCode");
        _contentOutput = node.Output(isDownload ? "ResponseContentBytes" : "ParsedContent");
        _contentStream = node.Output("ResponseContentStream");
        _responseHeaders = node.Output("ResponseHeaders");
        _contentHeaders = node.Output("ResponseContentHeaders");
        _response = node.Output("Response");
        _result = node.Output("Result");
        ReadExpectedCodes();
    }

    public static ActivityType FlowType { get; } = new(
        Describe("Elsa.FlowSendHttpRequest", "发送网络请求", "HTTP Request (flow)")
            .Input("ExpectedStatusCodes", "Int32[]", "预期状态码", "Expected status codes",
                i => i with { UIHint = UIHints.HttpStatusCodes, DefaultSyntax = "Object" })
            .Build(),
        node => new SendHttpRequest(node, isFlow: true));

    public static ActivityType Type { get; } = new(
        Describe("Elsa.SendHttpRequest", "发送网络请求", "HTTP Request")
            .Input("ExpectedStatusCodes", "Object", "预期状态码", "Expected status codes",
                i => i with { UIHint = UIHints.HttpStatusCodes, IsWrapped = false })
            .Embedded("UnmatchedStatusCode", "其他状态码", "Unmatched status code")
            .Embedded("FailedToConnect", "无法连接", "Failed to connect")
            .Embedded("Timeout", "超时", "Timeout")
            .Build(),
        node => new SendHttpRequest(node, isFlow: false));

    public static ActivityType DownloadType { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.DownloadHttpFile", "下载文件", "Download File")
            .Http()
            .Description("从网址下载一个文件", "Downloads a file from a given URL")
            .Kind(ActivityKind.Task)
            .Pauses()
            .Input("Url", "String", "网址", "URL")
            .Choice("Method", "方法", "Method",
                [.. Methods.Take(3).Select(m => new InputOption(m, new BilingualText(m, m)))])
            .Input("ExpectedStatusCodes", "Int32[]", "预期状态码", "Expected status codes",
                i => i with { UIHint = UIHints.HttpStatusCodes, DefaultSyntax = "Object" })
            .Input("Content", "Object", "内容", "Content", i => i with { UIHint = UIHints.MultiLine })
            .Input("RequestContentType", "String", "内容类型", "Content type")
            .Input("Authorization", "String", "授权", "Authorization", i => i with { IsSensitive = true })
            .Unchecked()
            .Input("RequestHeaders", "ObjectDictionary", "请求头", "Request headers",
                i => i with { UIHint = UIHints.Dictionary, DefaultSyntax = "Object" })
            .Input("RequestTimeout", "TimeSpan", "最长等待", "Request timeout")
            .Output("StatusCode", "Int32", "状态码", "Status code")
            .Output("Response", "Object", "应答", "Response")
            .Output("ResponseContentStream", "Object", "文件内容（Base64）", "Content stream (Base64)")
            .Output("ResponseContentBytes", "Object", "文件内容（Base64）", "Content bytes (Base64)")
            .Output("ResponseHeaders", "ObjectDictionary", "应答头", "Response headers")
            .Output("ResponseContentHeaders", "ObjectDictionary", "内容头", "Content headers")
            .Output("Result", "Object", "文件", "File")
            .Build(),
        node => new SendHttpRequest(node, isFlow: true, isDownload: true));

    public override void Execute(ActivityContext context)
    {
        _retries.Begin(context);
        Send(context);
    }

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        if (bookmark.Tag == RetryTag)
        {
            Send(context);
            return;
        }

        var answer = new HttpAnswer(payload);
        if (answer.IsRefused)
        {
            throw new ActivityFaultException(answer.Words) { InputName = "Url", RetriesFromStart = true };
        }
        if (_retries.PauseAfter(context, answer) is { } pause)
        {
            context.CreateTimer(Instants.After(context.Now, pause), RetryTag);
            return;
        }

        if (answer.StatusCode is not { } status)
        {
            context.Journal("Error", HttpRetries.CountOf(context) is > 0 and var retries
                ? $"重试 {retries} 次后仍然失败 / Failed after {retries} retries: {answer.Words}"
                : answer.Words);
            GoOn(context, answer.IsTimeout ? TimedOut : Failed, answer.IsTimeout ? "Timeout" : "FailedToConnect");
            return;
        }

        context.SetOutput(_statusCode, status);
        context.SetOutput(_responseHeaders, answer.Headers);
        if (!_isDownload) context.SetOutput(_contentOutput, answer.Content);
        else SetFile(context, answer);
        context.SetOutput(_result, answer.Content);
        if (_isFlow && _expected.Count == 0)
        {
            context.Complete();
            return;
        }

        var text = status.ToString(CultureInfo.InvariantCulture);
        var port = _expected.Contains(status) ? text : Unmatched;
        GoOn(context, port, port == text ? text : "UnmatchedStatusCode", "Done");
    }

    /// <summary>
    /// What a download hands out besides the file: an answer kept with a run has no streams, so that its bytes stand
    /// for them.
    /// </summary>
    private void SetFile(ActivityContext context, HttpAnswer answer)
    {
        var bytes = (answer.Content as Dictionary<string, object?>)?.GetValueOrDefault("Content");
        if (_contentOutput.IsBound) context.SetOutput(_contentOutput, bytes);
        if (_contentStream.IsBound) context.SetOutput(_contentStream, bytes);
        if (_contentHeaders.IsBound) context.SetOutput(_contentHeaders, answer.ContentHeaders);
        if (!_response.IsBound) return;
        context.SetOutput(_response, new Dictionary<string, object?>
        {
            ["StatusCode"] = answer.StatusCode,
            ["Headers"] = answer.Headers,
            ["ContentHeaders"] = answer.ContentHeaders,
        });
    }

    /// <summary>
    /// Inputs are evaluated for every attempt, as in Elsa: a token that a script makes is fresh each time.
    /// </summary>
    private void Send(ActivityContext context)
    {
        var url = _url.Get(context);
        if (string.IsNullOrWhiteSpace(url))
        {
            throw new ActivityFaultException("没有指定网址 / No address is given.") { InputName = "Url" };
        }
        var headers = new Dictionary<string, object?>(_headers.Get(context));
        if (_authorization.Get(context) is { Length: > 0 } authorization) headers["Authorization"] = authorization;
        var method = _method.Get(context);
        if (!IsSafe(method)
            && !headers.Keys.Any(name => name.Equals(IdempotencyKey, StringComparison.OrdinalIgnoreCase)))
        {
            headers[IdempotencyKey] = $"\"{context.Execution.Id}\"";
        }

        var content = _content.Get(context);
        var bookmark = context.CreateBookmark(new BookmarkRequest { Payload = url });
        context.Request(new StepRequest.SendHttp(
            bookmark.Id, method, url, headers, _contentType.Get(context), content, _timeout.Get(context))
        { AsFile = _isDownload });
    }

    /// <summary>Whether a request only asks, so that it makes no difference how often it arrives.</summary>
    private static bool IsSafe(string method) => method.ToUpperInvariant() is "GET" or "HEAD" or "OPTIONS";

    private static ActivityDescriptorBuilder Describe(string typeName, string zh, string en) =>
        ActivityDescriptorBuilder.Activity(typeName, zh, en)
            .Http()
            .Description("发送一个 HTTP 请求并等待应答", "Sends an HTTP request and waits for the answer")
            .Kind(ActivityKind.Task)
            .Pauses()
            .Input("Url", "String", "网址", "URL")
            .Choice("Method", "方法", "Method", [.. Methods.Select(m => new InputOption(m, new BilingualText(m, m)))])
            .Input("Content", "Object", "内容", "Content", i => i with { UIHint = UIHints.MultiLine })
            .Input("ContentType", "String", "内容类型", "Content type")
            .Input("Authorization", "String", "授权", "Authorization", i => i with { IsSensitive = true })
            .Unchecked()
            .Input("RequestHeaders", "ObjectDictionary", "请求头", "Request headers",
                i => i with { UIHint = UIHints.Dictionary, DefaultSyntax = "Object" })
            .Input("RequestTimeout", "TimeSpan", "最长等待", "Request timeout")
            .Input("EnableResiliency", "Boolean", "失败后重试（旧）", "Enable resiliency (obsolete)",
                i => i with { IsBrowsable = false })
            .CustomProperty("Resilient", true)
            .CustomProperty("ResilienceCategory", RetryStrategy.Category)
            .Output("StatusCode", "Int32", "状态码", "Status code")
            .Output("ParsedContent", "Object", "内容", "Parsed content")
            .Output("ResponseHeaders", "ObjectDictionary", "应答头", "Response headers")
            .Output("Result", "Object", "应答", "Result");

    private void GoOn(ActivityContext context, string outcome, string embeddedPort, params string[] andAlso)
    {
        if (_isFlow) context.CompleteWithOutcomes([outcome, .. andAlso]);
        else if (_node.Child(embeddedPort) is { } next) context.Schedule(next);
        else context.Complete();
    }

    private void ReadExpectedCodes()
    {
        if (_isFlow)
        {
            foreach (var code in _node.Input<List<object?>>("ExpectedStatusCodes", [200L]).Constant)
            {
                _expected.Add(PlainData.ToWhole(code));
            }
        }
        else if (_node.Bare("ExpectedStatusCodes") is JsonArray cases)
        {
            foreach (var json in cases.OfType<JsonObject>())
            {
                if (json.Whole("statusCode") is { } code) _expected.Add(code);
            }
        }
    }
}
