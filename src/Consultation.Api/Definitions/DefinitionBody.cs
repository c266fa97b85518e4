using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Engine.Describing;
using Consultation.Runtime.Definitions;
using Microsoft.AspNetCore.Http;

namespace Consultation.Api.Definitions;

/// <summary>
/// A definition in the body of a request. Read here and not by the framework, which would build all of it before
/// anybody could say that it is too much.
/// </summary>
/// <param name="Json">The body, or null when it cannot be taken.</param>
/// <param name="Problem">Why not.</param>
internal sealed record DefinitionBody(JsonObject? Json, BilingualText? Problem)
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 256 };

    /// <summary>The definition of a body that carries more than it (contract row D4).</summary>
    public JsonObject? Model => Of("model") as JsonObject;

    /// <summary>It is to be published, too.</summary>
    public bool IsToBePublished =>
        Of("publish") is JsonValue flag && flag.TryGetValue<bool>(out var publish) && publish;

    /// <summary>Called by the framework for a parameter of this type.</summary>
    public static async ValueTask<DefinitionBody?> BindAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType()) return new(null, NoJson);
        using var body = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
        {
            if (body.Length + read > DefinitionLimits.MaxBytes) return new(null, DefinitionLimits.TooLarge);
            body.Write(buffer, 0, read);
        }

        var utf8 = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (DefinitionLimits.Check(utf8.Span) is { } tooMuch) return new(null, tooMuch);
        try
        {
            return JsonNode.Parse(utf8.Span, documentOptions: Reading) is JsonObject json
                ? new(json, null)
                : new(null, NoJson);
        }
        catch (JsonException)
        {
            return new(null, NoJson);
        }
    }

    private static readonly BilingualText NoJson = new(
        "请求的内容不是 JSON 对象；请用设计器保存，或用设计器导出的文件。",
        "The request is no JSON object; save with the designer, or take a file that it exported.");

    private JsonNode? Of(string name) => Json?[name] ?? Json?[$"{char.ToUpperInvariant(name[0])}{name[1..]}"];
}
