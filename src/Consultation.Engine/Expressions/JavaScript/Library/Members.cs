using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>Short forms for setting up the library.</summary>
internal static class Members
{
    public static void Method(this JsObject holder, string name, int parameterCount, NativeBody body) =>
        holder.Install(name, Val.Of(new NativeFunction(name, parameterCount, body)));

    public static void Constant(this JsObject holder, string name, double value) =>
        holder.Install(name, Val.Of(value), PropertyFlags.None);

    public static void Getter(this JsObject holder, string name, NativeBody body) =>
        holder.Install(name, Val.Of(new Accessor(new NativeFunction("get " + name, 0, body), null)));

    /// <summary>A constructor, tied to its prototype.</summary>
    public static NativeFunction Constructor(
        JsObject prototype, string name, int parameterCount, NativeBody call, NativeBody? construct)
    {
        var function = new NativeFunction(name, parameterCount, call, construct);
        function.Install("prototype", Val.Of(prototype), PropertyFlags.None);
        prototype.Install("constructor", Val.Of(function));
        return function;
    }

    /// <summary>The argument at a place, undefined if not given.</summary>
    public static Val Arg(this Val[] arguments, int index) => index < arguments.Length ? arguments[index] : default;
}
