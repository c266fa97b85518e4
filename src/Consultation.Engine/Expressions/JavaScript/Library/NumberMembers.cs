using System.Globalization;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>Number and Math.</summary>
internal static class NumberMembers
{
    private const double MaxSafe = 9007199254740991;

    public static NativeFunction Install()
    {
        var prototype = Builtins.NumberPrototype;
        prototype.Method("toString", 1, static (rt, in self, a) =>
        {
            var radix = a.Arg(0).IsUndefined ? 10 : rt.ToInteger(a[0]);
            if (radix is < 2 or > 36) throw rt.RangeError("The radix must be from 2 to 36");
            return Val.Of(JsNumber.ToRadix(This(rt, self), (int)radix));
        });
        prototype.Method("valueOf", 0, static (rt, in self, a) => Val.Of(This(rt, self)));
        prototype.Method("toLocaleString", 0, static (rt, in self, a) => Val.Of(Grouped(rt, This(rt, self), a.Arg(1))));
        prototype.Method("toFixed", 1, static (rt, in self, a) =>
        {
            var (number, digits) = (This(rt, self), Digits(rt, a.Arg(0), 0, "toFixed"));
            if (!double.IsFinite(number) || Math.Abs(number) >= 1e21) return Val.Of(JsNumber.ToText(number));
            return Val.Of(Fixed(number, digits));
        });
        prototype.Method("toPrecision", 1, static (rt, in self, a) =>
        {
            var number = This(rt, self);
            if (a.Arg(0).IsUndefined || !double.IsFinite(number)) return Val.Of(JsNumber.ToText(number));
            return Val.Of(Precision(number, Digits(rt, a[0], 1, "toPrecision")));
        });
        prototype.Method("toExponential", 1, static (rt, in self, a) =>
        {
            var number = This(rt, self);
            if (!double.IsFinite(number)) return Val.Of(JsNumber.ToText(number));
            if (a.Arg(0).IsUndefined)
            {
                var (negative, digits, point) = JsNumber.Digits(number);
                var exponent = number == 0 ? 0 : point - 1;
                return Val.Of((negative ? "-" : "") + JsNumber.Mantissa(digits) + JsNumber.Exponent(exponent));
            }

            return Val.Of(Exponential(number, Digits(rt, a[0], 0, "toExponential")));
        });

        var constructor = Members.Constructor(
            prototype, "Number", 1, static (rt, in self, a) =>
                Val.Of(a.Length == 0 ? 0 : rt.ToNumber(a[0])), construct: null);
        constructor.Constant("MAX_SAFE_INTEGER", MaxSafe);
        constructor.Constant("MIN_SAFE_INTEGER", -MaxSafe);
        constructor.Constant("MAX_VALUE", double.MaxValue);
        constructor.Constant("MIN_VALUE", double.Epsilon);
        constructor.Constant("EPSILON", Math.BitIncrement(1d) - 1);
        constructor.Constant("POSITIVE_INFINITY", double.PositiveInfinity);
        constructor.Constant("NEGATIVE_INFINITY", double.NegativeInfinity);
        constructor.Constant("NaN", double.NaN);
        constructor.Method("isInteger", 1, static (rt, in self, a) => Val.Of(IsWhole(a.Arg(0))));
        constructor.Method("isSafeInteger", 1, static (rt, in self, a) =>
            Val.Of(IsWhole(a.Arg(0)) && Math.Abs(a[0].Number) <= MaxSafe));
        constructor.Method(
            "isFinite", 1, static (rt, in self, a) => Val.Of(a.Arg(0).IsNumber && double.IsFinite(a[0].Number)));
        constructor.Method(
            "isNaN", 1, static (rt, in self, a) => Val.Of(a.Arg(0).IsNumber && double.IsNaN(a[0].Number)));
        constructor.Method("parseFloat", 1, GlobalFunctions.ParseFloat);
        constructor.Method("parseInt", 2, GlobalFunctions.ParseInt);
        return constructor;
    }

    public static JsObject InstallMath()
    {
        var math = new JsObject(Builtins.ObjectPrototype) { IsShared = true };
        (string Name, double Value)[] constants =
        [
            ("PI", Math.PI), ("E", Math.E), ("LN2", 0.6931471805599453), ("LN10", 2.302585092994046),
            ("LOG2E", 1.4426950408889634), ("LOG10E", 0.4342944819032518), ("SQRT2", 1.4142135623730951),
            ("SQRT1_2", 0.7071067811865476),
        ];
        foreach (var (name, value) in constants) math.Constant(name, value);
        (string Name, Func<double, double> Compute)[] functions =
        [
            ("abs", Math.Abs), ("ceil", Math.Ceiling), ("floor", Math.Floor), ("trunc", Math.Truncate),
            ("sqrt", Math.Sqrt), ("cbrt", CubeRoot), ("exp", Math.Exp),
            ("expm1", static x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1),
            ("log", Math.Log), ("log2", Math.Log2), ("log10", Math.Log10),
            ("log1p", static x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x)),
            ("sin", Math.Sin), ("cos", Math.Cos), ("tan", Math.Tan), ("asin", Math.Asin), ("acos", Math.Acos),
            ("atan", Math.Atan), ("sinh", Math.Sinh), ("cosh", Math.Cosh), ("tanh", Math.Tanh), ("asinh", Math.Asinh),
            ("acosh", Math.Acosh), ("atanh", Math.Atanh), ("fround", static x => (float)x),
            ("sign", static x => double.IsNaN(x) || x == 0 ? x : Math.Sign(x)), ("round", Round),
            ("clz32", static x => System.Numerics.BitOperations.LeadingZeroCount((uint)JsNumber.ToInt32(x))),
        ];
        foreach (var (name, compute) in functions)
        {
            math.Method(name, 1, (rt, in self, a) => Val.Of(compute(rt.ToNumber(a.Arg(0)))));
        }

        math.Method(
            "pow", 2, static (rt, in self, a) => Val.Of(Runtime.Power(rt.ToNumber(a.Arg(0)), rt.ToNumber(a.Arg(1)))));
        math.Method(
            "atan2", 2, static (rt, in self, a) => Val.Of(Math.Atan2(rt.ToNumber(a.Arg(0)), rt.ToNumber(a.Arg(1)))));
        math.Method(
            "imul", 2, static (rt, in self, a) => Val.Of(unchecked(rt.ToInt32(a.Arg(0)) * rt.ToInt32(a.Arg(1)))));
        math.Method("random", 0, static (rt, in self, a) => Val.Of(rt.Scope.NextRandom()));
        math.Method("max", 2, static (rt, in self, a) =>
        {
            var most = double.NegativeInfinity;
            foreach (var item in a) most = Math.Max(most, rt.ToNumber(item));
            return Val.Of(most);
        });
        math.Method("min", 2, static (rt, in self, a) =>
        {
            var least = double.PositiveInfinity;
            foreach (var item in a) least = Math.Min(least, rt.ToNumber(item));
            return Val.Of(least);
        });
        math.Method("hypot", 2, static (rt, in self, a) =>
        {
            // Scaled by the largest, so that squares neither overflow nor vanish; an infinite one decides even beside
            // NaN.
            var sides = Array.ConvertAll(a, item => Math.Abs(rt.ToNumber(item)));
            if (Array.Exists(sides, double.IsInfinity)) return Val.Of(double.PositiveInfinity);
            var most = 0d;
            foreach (var side in sides) most = Math.Max(most, side);
            if (most == 0 || double.IsNaN(most)) return Val.Of(most);
            var sum = 0d;
            foreach (var side in sides) sum += side / most * (side / most);
            return Val.Of(Math.Sqrt(sum) * most);
        });
        return math;
    }

    private static double CubeRoot(double number)
    {
        var root = Math.Cbrt(number);
        var whole = Math.Round(root);
        return whole * whole * whole == number ? whole : root;
    }

    private static double Round(double number)
    {
        if (!double.IsFinite(number) || Math.Abs(number) >= 4503599627370496) return number;
        var floor = Math.Floor(number);
        var rounded = number - floor >= 0.5 ? floor + 1 : floor;
        return rounded == 0 && (number < 0 || double.IsNegative(number)) ? -0d : rounded;
    }

    private static double This(Runtime rt, in Val self) =>
        self.IsNumber ? self.Number : throw rt.TypeError($"{rt.Describe(self)} is not a number");

    private static bool IsWhole(in Val value) =>
        value.IsNumber && double.IsFinite(value.Number) && Math.Floor(value.Number) == value.Number;

    private static int Digits(Runtime rt, in Val value, int least, string member)
    {
        var digits = rt.ToInteger(value);
        if (digits < least || digits > 100) throw rt.RangeError($"{member} takes {least} to 100 digits");
        return (int)digits;
    }

    private static string Fixed(double number, int decimals)
    {
        var digits = JsNumber.Scaled(Math.Abs(number), decimals).ToString(CultureInfo.InvariantCulture)
            .PadLeft(decimals + 1, '0');
        var text = decimals == 0 ? digits : digits[..^decimals] + "." + digits[^decimals..];
        return number < 0 ? "-" + text : text;
    }

    /// <summary>The first digits, rounded, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Leading(double number, int count)
    {
        if (number == 0) return (new string('0', count), 0);
        var exponent = JsNumber.Digits(number).Point - 1;
        var digits = JsNumber.Scaled(Math.Abs(number), count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        return digits.Length > count ? (digits[..count], exponent + 1) : (digits, exponent);
    }

    private static string Exponential(double number, int decimals)
    {
        var (digits, exponent) = Leading(number, decimals + 1);
        return (number < 0 ? "-" : "") + JsNumber.Mantissa(digits) + JsNumber.Exponent(exponent);
    }

    private static string Precision(double number, int count)
    {
        var exponent = Leading(number, count).Exponent;
        return exponent < -6 || exponent >= count
            ? Exponential(number, count - 1)
            : Fixed(number, count - 1 - exponent);
    }

    /// <summary>Groups of three and up to three decimals, as Chinese and English do.</summary>
    private static string Grouped(Runtime rt, double number, in Val options)
    {
        if (!double.IsFinite(number)) return double.IsNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";
        var (least, most) = (0, 3);
        if (options.Ref is JsObject map)
        {
            var (fewest, utmost) = (map.Get(rt, "minimumFractionDigits"), map.Get(rt, "maximumFractionDigits"));
            if (!fewest.IsUndefined) least = Math.Clamp((int)rt.ToInteger(fewest), 0, 20);
            most = utmost.IsUndefined ? Math.Max(most, least) : Math.Clamp((int)rt.ToInteger(utmost), 0, 20);
            least = Math.Min(least, most);
        }

        var format = "#,##0." + new string('0', least) + new string('#', most - least);
        return number.ToString(format, CultureInfo.InvariantCulture);
    }
}
