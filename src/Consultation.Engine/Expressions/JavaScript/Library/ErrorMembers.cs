using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>Error and its kinds.</summary>
internal static class ErrorMembers
{
    public static NativeFunction Install(JsObject prototype, string name)
    {
        prototype.Install("name", Val.Of(name));
        prototype.Install("message", Val.EmptyText);
        if (name == "Error") prototype.Method("toString", 0, static (rt, in self, a) => rt.NewText(Describe(rt, self)));
        NativeBody make = (rt, in self, a) =>
        {
            rt.Allocate(120);
            var error = new JsError(prototype, rt.At);
            if (!a.Arg(0).IsUndefined) error.Define(rt, "message", rt.NewText(rt.ToText(a[0])), PropertyFlags.Hidden);
            if (a.Arg(1).Ref is JsObject options && options.Has(rt, "cause"))
            {
                error.Define(rt, "cause", options.Get(rt, "cause"), PropertyFlags.Hidden);
            }

            return Val.Of(error);
        };
        return Members.Constructor(prototype, name, 1, make, make);
    }

    /// <summary>Name and message.</summary>
    public static string Describe(Runtime rt, in Val error)
    {
        var name = rt.ToText(rt.GetMember(error, "name"));
        var message = rt.ToText(rt.GetMember(error, "message"));
        return message.Length == 0 ? name : name.Length == 0 ? message : $"{name}: {message}";
    }
}
