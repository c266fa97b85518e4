using System.Text;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Answers the HTTP request that this step handles with a file, or with several in a ZIP archive: the step's answer is
/// <c>{ files, fileName, contentType, eTag }</c>, each file <c>{ FileName, ContentType, Content }</c> with its bytes in
/// Base64.
/// </summary>
internal sealed class WriteFileHttpResponse(ActivityNode node) : Activity
{
    private readonly InputBinding<string?> _contentType = node.Input<string?>("ContentType");
    private readonly InputBinding<string?> _fileName = node.Input<string?>("Filename");
    private readonly InputBinding<string?> _entityTag = node.Input<string?>("EntityTag");
    private readonly InputBinding<object?> _content = node.Input<object?>("Content");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.WriteFileHttpResponse", "网络应答（文件）", "HTTP File Response")
            .Http()
            .Description("以一个文件，或以压缩包形式的多个文件应答 HTTP 请求", "Sends one or more files (zipped) to the HTTP response")
            .Input("ContentType", "String", "内容类型", "Content type")
            .Input("Filename", "String", "文件名", "Filename")
            .Input("EntityTag", "String", "实体标签", "Entity tag")
            .Input("Content", "Object", "内容", "Content", i => i with { DefaultSyntax = "JavaScript" })
            .Without("EnableResumableDownloads", "Boolean", "可续传", "Enable resumable downloads")
            .Without("DownloadCorrelationId", "String", "下载关联号", "Download correlation ID")
            .Build(),
        node => new WriteFileHttpResponse(node));

    public override void Execute(ActivityContext context)
    {
        var content = _content.Get(context);
        List<object?> files = content switch
        {
            null => [],
            List<object?> many => many.Where(one => one is not null).Select(File).ToList(),
            _ => [File(content)],
        };
        context.Answer(new Dictionary<string, object?>
        {
            ["files"] = files,
            ["fileName"] = _fileName.Get(context),
            ["contentType"] = _contentType.Get(context),
            ["eTag"] = _entityTag.Get(context),
        });
        context.Complete();
    }

    /// <summary>A file of a form or a download as it is; a text as its bytes.</summary>
    private static object? File(object? content)
    {
        if (content is not Dictionary<string, object?> given)
        {
            return new Dictionary<string, object?>
            {
                ["FileName"] = "file.txt",
                ["ContentType"] = "text/plain; charset=utf-8",
                ["Content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(PlainData.ToText(content))),
            };
        }

        var file = new Dictionary<string, object?>(given, StringComparer.OrdinalIgnoreCase);
        if (file.GetValueOrDefault("Content") is not string bytes
            || !Convert.TryFromBase64String(bytes, new byte[bytes.Length], out _))
        {
            throw new ActivityFaultException(
                "“Content”应是文本，或带有 Base64 内容（Content）的文件 / Content must be a text, or a file whose Content is Base64.")
            { InputName = "Content" };
        }

        return new Dictionary<string, object?>
        {
            ["FileName"] =
                PlainData.ToText(file.GetValueOrDefault("FileName") is { } name and not "" ? name : "file.bin"),
            ["ContentType"] = PlainData.ToText(file.GetValueOrDefault("ContentType") ?? "application/octet-stream"),
            ["Content"] = bytes,
        };
    }
}
