using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Answers the HTTP request that this step handles: the step's answer is <c>{ statusCode, content, contentType,
/// headers }</c>.
/// </summary>
internal sealed class WriteHttpResponse(ActivityNode node) : Activity
{
    private readonly InputBinding<long> _statusCode = node.Input("StatusCode", 200L);
    private readonly InputBinding<object?> _content = node.Input<object?>("Content");
    private readonly InputBinding<string?> _contentType = node.Input<string?>("ContentType");
    private readonly InputBinding<Dictionary<string, object?>> _headers =
        node.Input<Dictionary<string, object?>>("ResponseHeaders", []);

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.WriteHttpResponse", "网络应答", "HTTP Response")
            .Http()
            .Description("应答 HTTP 请求", "Writes a response to the current HTTP request")
            .Input("StatusCode", "Int32", "状态码", "Status code", i => i with { DefaultValue = 200 })
            .Input("Content", "Object", "内容", "Content", i => i with { UIHint = UIHints.MultiLine })
            .Input("ContentType", "String", "内容类型", "Content type", i => i with { DefaultValue = "text/plain" })
            .Input("ResponseHeaders", "ObjectDictionary", "应答头", "Response headers",
                i => i with { UIHint = UIHints.Dictionary, DefaultSyntax = "Object" })
            .Build(),
        node => new WriteHttpResponse(node));

    public override void Execute(ActivityContext context)
    {
        var content = _content.Get(context);
        var isText = content is null or string;
        context.Answer(new Dictionary<string, object?>
        {
            ["statusCode"] = _statusCode.Get(context),
            ["content"] = content,
            ["contentType"] = _contentType.Get(context) is { Length: > 0 } type ? type : isText
                ? "text/plain"
                : "application/json",
            ["headers"] = _headers.Get(context),
        });
        context.Complete();
    }
}
