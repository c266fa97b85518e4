using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript;

internal sealed partial class Runtime
{
    private const int RopeFrom = 256;
    private const int LongestText = 64 * 1024 * 1024;

    public Val Add(in Val left, in Val right)
    {
        if (left.IsNumber && right.IsNumber) return Val.Of(left.Number + right.Number);
        if (left.IsText && right.IsText) return Concat(left, right);
        var a = ToPrimitive(left, "default");
        var b = ToPrimitive(right, "default");
        if (!a.IsText && !b.IsText) return Val.Of(ToNumber(a) + ToNumber(b));
        return Concat(a.IsText ? a : Val.Of(ToText(a)), b.IsText ? b : Val.Of(ToText(b)));
    }

    public Val Concat(in Val left, in Val right)
    {
        var length = Rope.LengthOf(left.Ref!) + (long)Rope.LengthOf(right.Ref!);
        if (length > LongestText) throw Limit("The text becomes too long.", At);
        if (length < RopeFrom)
        {
            Allocate(24 + (length * 2));
            return Val.Of(string.Concat(left.Text, right.Text));
        }

        Allocate(48 + (Rope.LengthOf(right.Ref!) * 2L));
        return Val.Of(new Rope(left.Ref!, right.Ref!, (int)length));
    }

    public bool LooseEquals(in Val left, in Val right)
    {
        if (left.IsNullish || right.IsNullish) return left.IsNullish && right.IsNullish;
        if (left.TypeName == right.TypeName || (left.IsObject && right.IsObject)) return Val.StrictEquals(left, right);
        if (left.IsObject) return LooseEquals(ToPrimitive(left, "default"), right);
        if (right.IsObject) return LooseEquals(left, ToPrimitive(right, "default"));
        return ToNumber(left) == ToNumber(right);
    }

    /// <summary>Less than; null if either is not a number.</summary>
    public bool? Less(in Val left, in Val right)
    {
        if (left.IsNumber && right.IsNumber) return Compare(left.Number, right.Number);
        var a = ToPrimitive(left, "number");
        var b = ToPrimitive(right, "number");
        if (a.IsText && b.IsText)
        {
            var (first, second) = (ToText(a), ToText(b));
            Work(Math.Min(first.Length, second.Length) >> 3);
            return string.CompareOrdinal(first, second) < 0;
        }

        return Compare(ToNumber(a), ToNumber(b));
    }

    public bool StrictEquals(in Val left, in Val right)
    {
        if (left.IsText && right.IsText)
        {
            var length = Rope.LengthOf(left.Ref!);
            if (length != Rope.LengthOf(right.Ref!)) return false;
            Work(length >> 3);
        }

        return Val.StrictEquals(left, right);
    }

    public bool InstanceOf(in Val value, in Val type)
    {
        var constructor = ToFunction(type, "instanceof");
        if (value.Ref is not JsObject target) return false;
        var prototype = constructor.Get(this, "prototype").Object;
        for (var holder = target.Prototype; holder is not null && prototype is not null; holder = holder.Prototype)
        {
            if (ReferenceEquals(holder, prototype)) return true;
        }

        return false;
    }

    public bool In(in Val key, in Val target) => target.Ref is JsObject holder
        ? holder.Has(this, ToKey(key))
        : throw TypeError($"in needs an object on its right; {Describe(target)} was given");

    public static double Power(double number, double exponent)
    {
        if (double.IsNaN(exponent) || (Math.Abs(number) == 1 && double.IsInfinity(exponent))) return double.NaN;
        return Math.Pow(number, exponent);
    }

    private static bool? Compare(double left, double right)
    {
        if (left < right) return true;
        return double.IsNaN(left) || double.IsNaN(right) ? null : false;
    }
}
