using System.Text;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>Elsa's functions. Bytes are lists of numbers here.</summary>
internal static class WorkflowFunctions
{
    public static IEnumerable<NativeFunction> All() =>
    [
        .. OfVariables(),
        .. OfWorkflow(),
        .. OfTexts(),
        .. OfBytes(),
    ];

    /// <summary>Members of a length of time that came from the workflow.</summary>
    public static void InstallSpan()
    {
        var prototype = Builtins.SpanPrototype;
        prototype.Method("toString", 0, static (rt, in self, a) => rt.NewText(PlainData.ToText(Span(rt, self))));
        prototype.Method("toJSON", 0, static (rt, in self, a) => rt.NewText(PlainData.ToText(Span(rt, self))));
        prototype.Method("valueOf", 0, static (rt, in self, a) => Val.Of(Span(rt, self).TotalMilliseconds));
        prototype.Getter("totalMilliseconds", static (rt, in self, a) => Val.Of(Span(rt, self).TotalMilliseconds));
        prototype.Getter("totalSeconds", static (rt, in self, a) => Val.Of(Span(rt, self).TotalSeconds));
        prototype.Getter("totalMinutes", static (rt, in self, a) => Val.Of(Span(rt, self).TotalMinutes));
        prototype.Getter("totalHours", static (rt, in self, a) => Val.Of(Span(rt, self).TotalHours));
        prototype.Getter("totalDays", static (rt, in self, a) => Val.Of(Span(rt, self).TotalDays));
    }

    private static TimeSpan Span(Runtime rt, in Val self) =>
        self.Ref is JsSpan span ? span.Span : throw rt.TypeError($"{rt.Describe(self)} is no length of time");

    private static NativeFunction[] OfVariables() =>
    [
        new("getVariable", 1, static (rt, in self, a) =>
            rt.TryReadVariable(rt.ToText(a.Arg(0)), out var value) ? value : Val.Null),
        new("setVariable", 2, static (rt, in self, a) =>
        {
            rt.WriteVariable(rt.ToText(a.Arg(0)), a.Arg(1));
            return default;
        }),
        new("getInput", 1, static (rt, in self, a) =>
            rt.Scope.TryGetInput(rt.ToText(a.Arg(0)), out var data) ? Exchange.Import(rt, data) : Val.Null),
        new("getOutputFrom", 2, static (rt, in self, a) => Exchange.Import(
            rt, rt.Scope.GetOutputFrom(rt.ToText(a.Arg(0)), a.Arg(1).IsNullish ? null : rt.ToText(a[1])))),
        new("getLastResult", 0, static (rt, in self, a) => Exchange.Import(rt, rt.Scope.GetLastResult())),
    ];

    private static NativeFunction[] OfWorkflow() =>
    [
        new("getWorkflowInstanceId", 0, static (rt, in self, a) => Val.Of(rt.Scope.WorkflowInstanceId)),
        new("getWorkflowDefinitionId", 0, static (rt, in self, a) => Val.Of(rt.Scope.WorkflowDefinitionId)),
        new("getWorkflowDefinitionVersionId", 0,
            static (rt, in self, a) => Val.Of(rt.Scope.WorkflowDefinitionVersionId)),
        new("getWorkflowDefinitionVersion", 0, static (rt, in self, a) => Val.Of(rt.Scope.WorkflowDefinitionVersion)),
        new("getCorrelationId", 0, static (rt, in self, a) => Val.OfNullable(rt.Scope.CorrelationId)),
        new("setCorrelationId", 1, static (rt, in self, a) =>
        {
            rt.Scope.CorrelationId = a.Arg(0).IsNullish ? null : rt.ToText(a[0]);
            return default;
        }),
        new("getWorkflowInstanceName", 0, static (rt, in self, a) => Val.OfNullable(rt.Scope.WorkflowInstanceName)),
        new("setWorkflowInstanceName", 1, static (rt, in self, a) =>
        {
            rt.Scope.WorkflowInstanceName = a.Arg(0).IsNullish ? null : rt.ToText(a[0]);
            return default;
        }),
    ];

    private static NativeFunction[] OfTexts() =>
    [
        new("isNullOrWhiteSpace", 1, static (rt, in self, a) =>
            Val.Of(a.Arg(0).IsNullish || string.IsNullOrWhiteSpace(rt.ToText(a[0])))),
        new("isNullOrEmpty", 1, static (rt, in self, a) => Val.Of(a.Arg(0).IsNullish || rt.ToText(a[0]).Length == 0)),
        new("toJson", 1, static (rt, in self, a) =>
            JsonMembers.Write(rt, a.Arg(0), default, default) is { IsUndefined: false } json ? json : Val.Of("null")),
        new("parseGuid", 1, static (rt, in self, a) => Guid.TryParse(rt.ToText(a.Arg(0)), out var id)
            ? rt.NewText(id.ToString())
            : throw rt.TypeError($"{rt.Describe(a.Arg(0))} is no GUID, such as 6f9619ff-8b86-d011-b42d-00cf4fc964ff")),
        new("newGuid", 0, static (rt, in self, a) => rt.NewText(rt.Scope.NewId())),
        new("newGuidString", 0, static (rt, in self, a) => rt.NewText(rt.Scope.NewId())),
        new("getGuidString", 0, static (rt, in self, a) => rt.NewText(rt.Scope.NewId())),
        new("newShortGuid", 0, ShortGuid),
        new("getShortGuid", 0, ShortGuid),
    ];

    private static Val ShortGuid(Runtime rt, in Val self, Val[] a)
    {
        var id = rt.Scope.NewId();
        if (!Guid.TryParse(id, out var guid)) return rt.NewText(id);
        return rt.NewText(string.Concat(Convert.ToBase64String(guid.ToByteArray()).Where(char.IsAsciiLetterOrDigit)));
    }

    private static NativeFunction[] OfBytes() =>
    [
        new("bytesToString", 1, static (rt, in self, a) => rt.NewText(Encoding.UTF8.GetString(Bytes(rt, a.Arg(0))))),
        new("bytesFromString", 1, static (rt, in self, a) => List(rt, Encoding.UTF8.GetBytes(rt.ToText(a.Arg(0))))),
        new("bytesToBase64", 1, static (rt, in self, a) => rt.NewText(Convert.ToBase64String(Bytes(rt, a.Arg(0))))),
        new("bytesFromBase64", 1, static (rt, in self, a) => List(rt, FromBase64(rt, a.Arg(0)))),
        new("stringToBase64", 1, static (rt, in self, a) =>
            rt.NewText(Convert.ToBase64String(Encoding.UTF8.GetBytes(rt.ToText(a.Arg(0)))))),
        new("stringFromBase64", 1,
            static (rt, in self, a) => rt.NewText(Encoding.UTF8.GetString(FromBase64(rt, a.Arg(0))))),
    ];

    private static byte[] Bytes(Runtime rt, in Val value)
    {
        if (value.Ref is not JsArray list) throw rt.TypeError("Bytes are a list of numbers from 0 to 255");
        rt.Work(list.Length);
        rt.Allocate(list.Length);
        var bytes = new byte[list.Length];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)rt.ToInt32(list.Items[i]);
        return bytes;
    }

    private static Val List(Runtime rt, byte[] bytes) =>
        rt.NewList(Array.ConvertAll(bytes, static part => Val.Of(part)));

    private static byte[] FromBase64(Runtime rt, in Val value)
    {
        var text = rt.ToText(value);
        rt.Allocate(text.Length);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count)
            ? bytes[..count]
            : throw rt.TypeError("This text is not Base64");
    }
}
