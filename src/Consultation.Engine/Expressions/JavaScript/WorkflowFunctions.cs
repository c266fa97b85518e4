using System.Collections.Frozen;
using System.Text;
using Jint.Native;
using Jint.Runtime;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>A function that a script may call.</summary>
internal delegate JsValue WorkflowFunction(Evaluation run, JsValue[] arguments);

/// <summary>Elsa's functions. Bytes are lists of numbers here.</summary>
internal static class WorkflowFunctions
{
    public static readonly FrozenDictionary<string, WorkflowFunction> All = new Dictionary<string, WorkflowFunction>
    {
        ["getVariable"] = (run, a) => Variable(run, Text(run, a, 0)),
        ["setVariable"] = (run, a) => Do(() => run.WriteVariable(Text(run, a, 0), At(a, 1))),
        ["getInput"] = (run, a) => Input(run, Text(run, a, 0)),
        ["getOutputFrom"] = (run, a) => Exchange.Import(
            run, run.Scope.GetOutputFrom(Text(run, a, 0), IsNothing(a, 1) ? null : Text(run, a, 1))),
        ["getLastResult"] = (run, _) => Exchange.Import(run, run.Scope.GetLastResult()),
        ["getWorkflowInstanceId"] = (run, _) => run.Scope.WorkflowInstanceId,
        ["getWorkflowDefinitionId"] = (run, _) => run.Scope.WorkflowDefinitionId,
        ["getWorkflowDefinitionVersionId"] = (run, _) => run.Scope.WorkflowDefinitionVersionId,
        ["getWorkflowDefinitionVersion"] = (run, _) => run.Scope.WorkflowDefinitionVersion,
        ["getCorrelationId"] = (run, _) => TextOrNull(run.Scope.CorrelationId),
        ["setCorrelationId"] = (run, a) => Do(() => run.Scope.CorrelationId = IsNothing(a, 0) ? null : Text(run, a, 0)),
        ["getWorkflowInstanceName"] = (run, _) => TextOrNull(run.Scope.WorkflowInstanceName),
        ["setWorkflowInstanceName"] = (run, a) =>
            Do(() => run.Scope.WorkflowInstanceName = IsNothing(a, 0) ? null : Text(run, a, 0)),
        ["isNullOrWhiteSpace"] = (run, a) => IsNothing(a, 0) || string.IsNullOrWhiteSpace(Text(run, a, 0)),
        ["isNullOrEmpty"] = (run, a) => IsNothing(a, 0) || Text(run, a, 0).Length == 0,
        ["toJson"] = (run, a) => ToJson(run, At(a, 0)),
        ["parseGuid"] = (run, a) => Guid.TryParse(Text(run, a, 0), out var id)
            ? id.ToString()
            : throw run.TypeError($"{Text(run, a, 0)} is no GUID, such as 6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
        ["newGuid"] = (run, _) => NewGuid(run).ToString(),
        ["newGuidString"] = (run, _) => NewGuid(run).ToString(),
        ["getGuid"] = (run, _) => NewGuid(run).ToString(),
        ["getGuidString"] = (run, _) => NewGuid(run).ToString(),
        ["newShortGuid"] = (run, _) => ShortGuid(run),
        ["getShortGuid"] = (run, _) => ShortGuid(run),
        ["bytesToString"] = (run, a) => Encoding.UTF8.GetString(Bytes(run, At(a, 0))),
        ["bytesFromString"] = (run, a) => List(run, Encoding.UTF8.GetBytes(Text(run, a, 0))),
        ["bytesToBase64"] = (run, a) => Convert.ToBase64String(Bytes(run, At(a, 0))),
        ["bytesFromBase64"] = (run, a) => List(run, FromBase64(run, Text(run, a, 0))),
        ["stringToBase64"] = (run, a) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(run, a, 0))),
        ["stringFromBase64"] = (run, a) => Encoding.UTF8.GetString(FromBase64(run, Text(run, a, 0))),
        ["streamToBytes"] = (run, a) => List(run, Content(run, At(a, 0))),
        ["streamToBase64"] = (run, a) => Convert.ToBase64String(Content(run, At(a, 0))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static JsValue Variable(Evaluation run, string name) =>
        run.TryReadVariable(name, out var value) ? value : JsValue.Null;

    public static JsValue Input(Evaluation run, string name) =>
        run.Scope.TryGetInput(name, out var data) ? Exchange.Import(run, data) : JsValue.Null;

    public static JsValue TextOrNull(string? text) => text is null ? JsValue.Null : text;

    private static JsValue At(JsValue[] arguments, int place) =>
        place < arguments.Length ? arguments[place] : JsValue.Undefined;

    private static bool IsNothing(JsValue[] arguments, int place) => At(arguments, place) is JsNull or JsUndefined;

    private static string Text(Evaluation run, JsValue[] arguments, int place) =>
        Evaluation.TextOf(At(arguments, place));

    private static JsValue Do(Action change)
    {
        change();
        return JsValue.Undefined;
    }

    private static JsValue ToJson(Evaluation run, JsValue value) =>
        LongTexts.Json(run, value, JsValue.Undefined, JsValue.Undefined) is JsString json ? json : "null";

    private static Guid NewGuid(Evaluation run)
    {
        var id = run.Scope.NewId();
        return Guid.TryParse(id, out var guid) ? guid : throw run.TypeError($"{id} is no GUID");
    }

    private static string ShortGuid(Evaluation run) =>
        string.Concat(Convert.ToBase64String(NewGuid(run).ToByteArray()).Where(char.IsAsciiLetterOrDigit));

    private static byte[] Bytes(Evaluation run, JsValue value)
    {
        if (value is not JsArray list) throw run.TypeError("Bytes are a list of numbers from 0 to 255");
        run.Budget.Work(list.Length);
        var bytes = new byte[list.Length];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)TypeConverter.ToInt32(list[i]);
        return bytes;
    }

    private static JsArray List(Evaluation run, byte[] bytes)
    {
        run.Budget.Work(bytes.Length);
        return new JsArray(run.Engine, Array.ConvertAll(bytes, part => (JsValue)(int)part));
    }

    /// <summary>What a workflow keeps in the place of a stream: bytes, or their Base64.</summary>
    private static byte[] Content(Evaluation run, JsValue value) =>
        value is JsString ? FromBase64(run, value.ToString()) : Bytes(run, value);

    private static byte[] FromBase64(Evaluation run, string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count)
            ? bytes[..count]
            : throw run.TypeError("This text is not Base64");
    }
}
