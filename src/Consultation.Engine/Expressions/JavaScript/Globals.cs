using System.Collections.Frozen;
using Consultation.Engine.Expressions.JavaScript.Compilation;
using Consultation.Engine.Expressions.JavaScript.Library;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// The names a script sees without declaring them: first the language's own and Elsa's functions, then what the host
/// adds, then the functions Elsa makes for each variable, input and output.
/// </summary>
internal static class Globals
{
    private static readonly FrozenDictionary<string, Val> Fixed = Install();

    /// <summary>Fills the shared prototypes, if that has not happened.</summary>
    public static int Count => Fixed.Count;

    public static bool IsKnown(string name) =>
        Fixed.ContainsKey(name) || name is "variables" or "input" || WorkflowNames.IsValue(name);

    public static Eval Read(string name, int at)
    {
        if (Fixed.TryGetValue(name, out var value)) return _ => value;
        return name switch
        {
            "variables" => static env => env.Rt.Variables,
            "input" => static env => env.Rt.Input,
            _ => env =>
            {
                env.Rt.At = at;
                return TryGet(env.Rt, name, out var found) ? found : throw env.Rt.ReferenceError(Unknown(name));
            }
            ,
        };
    }

    public static bool TryGet(Runtime rt, string name, out Val value)
    {
        if (Fixed.TryGetValue(name, out value)) return true;
        if (name is "variables" or "input")
        {
            value = name == "input" ? rt.Input : rt.Variables;
            return true;
        }

        if (rt.Scope.TryGetHostValue(name, out var host))
        {
            value = host is Func<object?[], object?> function
                ? HostFunction(rt, name, function)
                : Exchange.Import(rt, host);
            return true;
        }

        return WorkflowNames.TryGet(rt, name, out value);
    }

    private static string Unknown(string name)
    {
        if (name.StartsWith("get", StringComparison.Ordinal) || name.StartsWith("set", StringComparison.Ordinal))
        {
            return $"{name} is not known; the workflow has no variable or input called {name[3..]}";
        }

        return name is "Promise" or "setTimeout" or "setInterval" or "fetch" or "require" or "process" or "window"
            or "document" or "Symbol" or "Proxy" or "Reflect" or "WeakMap" or "WeakSet" or "BigInt" or "Intl" or "eval"
            ? $"{name} is not available in expressions"
            : $"{name} is not declared; check the spelling, or write variables.{name} for a workflow variable";
    }

    private static Val HostFunction(Runtime rt, string name, Func<object?[], object?> function)
    {
        rt.Allocate(100);
        return Val.Of(new NativeFunction(
            name,
            0,
            (rt, in self, a) =>
            {
                var arguments = new object?[a.Length];
                for (var i = 0; i < a.Length; i++) arguments[i] = Exchange.Export(rt, a[i]);
                try
                {
                    return Exchange.Import(rt, function(arguments));
                }
                catch (Exception refused)
                    when (refused is ArgumentException or FormatException or InvalidOperationException)
                {
                    throw rt.TypeError($"{name}: {refused.Message}");
                }
            },
            shared: false));
    }

    private static FrozenDictionary<string, Val> Install()
    {
        var names = new Dictionary<string, Val>
        {
            ["undefined"] = default,
            ["NaN"] = Val.NaN,
            ["Infinity"] = Val.Of(double.PositiveInfinity),
            ["Math"] = Val.Of(NumberMembers.InstallMath()),
            ["JSON"] = Val.Of(JsonMembers.Install()),
            ["console"] = Val.Of(Console()),
        };
        NativeFunction[] functions =
        [
            ObjectMembers.InstallObject(), ObjectMembers.InstallFunction(), ObjectMembers.InstallBoolean(),
            ArrayMembers.Install(), StringMembers.Install(), NumberMembers.Install(), DateMembers.Install(),
            RegexMembers.Install(), CollectionMembers.InstallMap(), CollectionMembers.InstallSet(),
            ErrorMembers.Install(Builtins.ErrorPrototype, "Error"),
            ErrorMembers.Install(Builtins.TypeErrorPrototype, "TypeError"),
            ErrorMembers.Install(Builtins.RangeErrorPrototype, "RangeError"),
            ErrorMembers.Install(Builtins.ReferenceErrorPrototype, "ReferenceError"),
            ErrorMembers.Install(Builtins.SyntaxErrorPrototype, "SyntaxError"),
            ErrorMembers.Install(Builtins.UriErrorPrototype, "URIError"),
            .. GlobalFunctions.All(),
            .. WorkflowFunctions.All(),
        ];
        CollectionMembers.InstallIterator();
        WorkflowFunctions.InstallSpan();
        foreach (var function in functions) names.Add(function.Name, Val.Of(function));
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>console.log and its kin do nothing: an expression has no place to write to.</summary>
    private static JsObject Console()
    {
        var console = new JsObject(Builtins.ObjectPrototype) { IsShared = true };
        foreach (var name in new[] { "log", "info", "warn", "error", "debug" })
        {
            console.Method(name, 0, static (rt, in self, a) => default);
        }

        return console;
    }
}
