using System.Runtime.CompilerServices;

namespace Consultation.Engine.Expressions.JavaScript.Values;

/// <summary>
/// A value of the language in 16 bytes: <see cref="Ref"/> is a mark for numbers, null and truth values, the text or
/// the object otherwise, and nothing for undefined (so that a fresh slot is undefined).
/// </summary>
internal readonly struct Val
{
    private static readonly object NumberMark = new();
    private static readonly object NullMark = new();
    private static readonly object TrueMark = new();
    private static readonly object FalseMark = new();
    private static readonly object UnsetMark = new();

    public static readonly Val Null = new(NullMark, 0);
    public static readonly Val True = new(TrueMark, 0);
    public static readonly Val False = new(FalseMark, 0);
    public static readonly Val EmptyText = new("", 0);

    /// <summary>A <c>let</c> or <c>const</c> before its declaration has run. Never seen by a script.</summary>
    public static readonly Val Unset = new(UnsetMark, 0);

    public static readonly Val NaN = new(NumberMark, double.NaN);

    private Val(object? reference, double number)
    {
        Ref = reference;
        Number = number;
    }

    public object? Ref { get; }

    public double Number { get; }

    public static Val Undefined => default;

    public bool IsUndefined => Ref is null;

    public bool IsNull => ReferenceEquals(Ref, NullMark);

    public bool IsNullish => Ref is null || ReferenceEquals(Ref, NullMark);

    public bool IsNumber => ReferenceEquals(Ref, NumberMark);

    public bool IsTrue => ReferenceEquals(Ref, TrueMark);

    public bool IsFalse => ReferenceEquals(Ref, FalseMark);

    public bool IsBoolean => IsTrue || IsFalse;

    public bool IsUnset => ReferenceEquals(Ref, UnsetMark);

    public bool IsText => Ref is string or Rope;

    public bool IsObject => Ref is JsObject;

    public JsObject? Object => Ref as JsObject;

    /// <summary>The text of a value that is text.</summary>
    public string Text => Ref as string ?? Unsafe.As<Rope>(Ref!).ToString();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Val Of(double number) => new(NumberMark, number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Val Of(bool flag) => flag ? True : False;

    public static Val Of(string text) => new(text, 0);

    public static Val Of(Rope text) => new(text, 0);

    public static Val Of(JsObject value) => new(value, 0);

    public static Val OfNullable(string? text) => text is null ? Null : new(text, 0);

    /// <summary>A getter and setter in place of a value; lives in property tables only.</summary>
    public static Val Of(Accessor accessor) => new(accessor, 0);

    /// <summary>True for what a condition takes as true.</summary>
    public bool Truthy
    {
        get
        {
            if (IsTrue) return true;
            if (IsFalse) return false;
            if (IsNumber) return Number != 0 && !double.IsNaN(Number);
            return Ref switch
            {
                null => false,
                string text => text.Length > 0,
                Rope => true,
                JsObject => true,
                _ => false,
            };
        }
    }

    public string TypeName => Ref switch
    {
        null => "undefined",
        string or Rope => "string",
        JsFunction => "function",
        JsObject => "object",
        _ when IsNumber => "number",
        _ when IsNull => "object",
        _ => "boolean",
    };

    /// <summary>The operator <c>===</c>.</summary>
    public static bool StrictEquals(in Val left, in Val right)
    {
        if (left.IsNumber) return right.IsNumber && left.Number == right.Number;
        if (ReferenceEquals(left.Ref, right.Ref)) return true;
        return left.IsText && right.IsText && left.Text == right.Text;
    }

    /// <summary>As a key of Map and Set: NaN is itself, 0 and -0 are one.</summary>
    public static bool SameValueZero(in Val left, in Val right) =>
        StrictEquals(left, right)
        || (left.IsNumber && right.IsNumber && double.IsNaN(left.Number) && double.IsNaN(right.Number));
}

/// <summary>Two functions, either may be missing.</summary>
internal sealed record Accessor(JsFunction? Getter, JsFunction? Setter);

/// <summary>
/// A text put together from two, joined only when somebody reads it, so that building a long text piece by piece takes
/// linear time.
/// </summary>
internal sealed class Rope
{
    private object _left;
    private object? _right;

    public Rope(object left, object right, int length)
    {
        _left = left;
        _right = right;
        Length = length;
    }

    public int Length { get; }

    public static int LengthOf(object text) => text is string plain ? plain.Length : ((Rope)text).Length;

    public override string ToString()
    {
        if (_right is null) return (string)_left;
        var joined = string.Create(Length, this, static (buffer, rope) => Fill(buffer, rope));
        _left = joined;
        _right = null;
        return joined;
    }

    private static void Fill(Span<char> buffer, Rope root)
    {
        // From the end to the start, with an own stack: ropes may be deep.
        var end = buffer.Length;
        var pending = new Stack<object>();
        pending.Push(root);
        while (pending.TryPop(out var text))
        {
            if (text is Rope { _right: { } right } rope)
            {
                pending.Push(rope._left);
                pending.Push(right);
                continue;
            }

            var plain = text as string ?? (string)((Rope)text)._left;
            end -= plain.Length;
            plain.CopyTo(buffer[end..]);
        }
    }
}
