namespace Consultation.Engine.Expressions.JavaScript.Values;

/// <summary>The prototypes, shared by all evaluations. <see cref="Library"/> fills them once.</summary>
internal static class Builtins
{
    public static readonly JsObject ObjectPrototype = Shared(null);
    public static readonly JsObject FunctionPrototype = Shared(ObjectPrototype);
    public static readonly JsObject ArrayPrototype = Shared(ObjectPrototype);
    public static readonly JsObject StringPrototype = Shared(ObjectPrototype);
    public static readonly JsObject NumberPrototype = Shared(ObjectPrototype);
    public static readonly JsObject BooleanPrototype = Shared(ObjectPrototype);
    public static readonly JsObject DatePrototype = Shared(ObjectPrototype);
    public static readonly JsObject SpanPrototype = Shared(ObjectPrototype);
    public static readonly JsObject RegexPrototype = Shared(ObjectPrototype);
    public static readonly JsObject MapPrototype = Shared(ObjectPrototype);
    public static readonly JsObject SetPrototype = Shared(ObjectPrototype);
    public static readonly JsObject IteratorPrototype = Shared(ObjectPrototype);
    public static readonly JsObject ErrorPrototype = Shared(ObjectPrototype);
    public static readonly JsObject TypeErrorPrototype = Shared(ErrorPrototype);
    public static readonly JsObject RangeErrorPrototype = Shared(ErrorPrototype);
    public static readonly JsObject ReferenceErrorPrototype = Shared(ErrorPrototype);
    public static readonly JsObject SyntaxErrorPrototype = Shared(ErrorPrototype);
    public static readonly JsObject UriErrorPrototype = Shared(ErrorPrototype);

    private static JsObject Shared(JsObject? prototype) => new(prototype) { IsShared = true };
}
