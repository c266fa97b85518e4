using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>Date. Local time is UTC plus the configured offset, which stays the same all year.</summary>
internal static partial class DateMembers
{
    private const double DayMs = 86400000;
    private const double Furthest = 8.64e15;

    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    private static readonly string[] Months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public static NativeFunction Install()
    {
        var prototype = Builtins.DatePrototype;
        foreach (var local in new[] { true, false })
        {
            InstallReaders(prototype, local);
            InstallWriters(prototype, local);
        }

        InstallTexts(prototype);
        InstallLocaleTexts(prototype);
        prototype.Method("getTime", 0, static (rt, in self, a) => Val.Of(This(rt, self).Time));
        prototype.Method("valueOf", 0, static (rt, in self, a) => Val.Of(This(rt, self).Time));
        prototype.Method("getTimezoneOffset", 0, static (rt, in self, a) =>
            double.IsNaN(This(rt, self).Time) ? Val.NaN : Val.Of(-rt.Limits.LocalOffset.TotalMinutes));
        prototype.Method("setTime", 1, static (rt, in self, a) =>
            Val.Of(This(rt, self).Time = Clip(rt.ToNumber(a.Arg(0)))));

        var constructor = Members.Constructor(
            prototype,
            "Date",
            7,
            static (rt, in self, a) => rt.NewText(FullText(rt, Clip(rt.Scope.Now.ToUnixTimeMilliseconds()))),
            static (rt, in self, a) =>
            {
                rt.Allocate(64);
                return Val.Of(new JsDate(Made(rt, a)));
            });
        constructor.Method("now", 0, static (rt, in self, a) => Val.Of(rt.Scope.Now.ToUnixTimeMilliseconds()));
        constructor.Method("parse", 1, static (rt, in self, a) => Val.Of(Parse(rt, rt.ToText(a.Arg(0)))));
        constructor.Method("UTC", 7, static (rt, in self, a) => Val.Of(Clip(FromParts(rt, a))));
        return constructor;
    }

    private static JsDate This(Runtime rt, in Val self) =>
        self.Ref as JsDate ?? throw rt.TypeError($"{rt.Describe(self)} is no Date");

    private static double Offset(Runtime rt) => rt.Limits.LocalOffset.TotalMilliseconds;

    private static double Clip(double time) => Math.Abs(time) <= Furthest ? Math.Truncate(time) + 0d : double.NaN;

    private static double Made(Runtime rt, Val[] a)
    {
        switch (a.Length)
        {
            case 0:
                return rt.Scope.Now.ToUnixTimeMilliseconds();
            case 1:
                if (a[0].Ref is JsDate other) return other.Time;
                var value = rt.ToPrimitive(a[0], "default");
                return value.IsText ? Parse(rt, rt.ToText(value)) : Clip(rt.ToNumber(value));
            default:
                return Clip(FromParts(rt, a) - Offset(rt));
        }
    }

    private static double FromParts(Runtime rt, Val[] a)
    {
        var year = rt.ToNumber(a.Arg(0));
        if (Math.Truncate(year) is >= 0 and <= 99) year = 1900 + Math.Truncate(year);
        double Part(int index, double otherwise) => a.Length > index ? rt.ToNumber(a[index]) : otherwise;
        return Time(year, Part(1, 0), Part(2, 1), Part(3, 0), Part(4, 0), Part(5, 0), Part(6, 0));
    }

    private static double Time(
        double year, double month, double day, double hour, double minute, double second, double ms)
    {
        var sum = year + month + day + hour + minute + second + ms;
        if (!double.IsFinite(sum) || Math.Abs(year) > 400000 || Math.Abs(month) > 1e7) return double.NaN;
        (year, month, day) = (Math.Truncate(year), Math.Truncate(month), Math.Truncate(day));
        var wholeYear = (long)(year + Math.Floor(month / 12));
        var wholeMonth = (int)(((month % 12) + 12) % 12);
        var days = DaysFromCivil(wholeYear, wholeMonth + 1) + day - 1;
        return (days * DayMs) + (Math.Truncate(hour) * 3600000) + (Math.Truncate(minute) * 60000)
            + (Math.Truncate(second) * 1000) + Math.Truncate(ms);
    }

    /// <summary>Days from 1970-01-01 to the first of a month in the Gregorian calendar without end.</summary>
    private static double DaysFromCivil(long year, int month)
    {
        if (month <= 2) year--;
        var era = (year >= 0 ? year : year - 399) / 400;
        var yearOfEra = year - (era * 400);
        var dayOfYear = ((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146097) + dayOfEra - 719468;
    }

    /// <summary>Year, month (0 to 11), day, hour, minute, second, millisecond, weekday (0 is Sunday).</summary>
    private static double[] Parts(double time)
    {
        var days = Math.Floor(time / DayMs);
        var rest = time - (days * DayMs);
        var shifted = (long)days + 719468;
        var era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
        var dayOfEra = shifted - (era * 146097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36524) - (dayOfEra / 146096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shiftedMonth = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - (((153 * shiftedMonth) + 2) / 5) + 1;
        var month = shiftedMonth < 10 ? shiftedMonth + 2 : shiftedMonth - 10;
        var year = yearOfEra + (era * 400) + (month <= 1 ? 1 : 0);
        return
        [
            year, month, day, Math.Floor(rest / 3600000), Math.Floor(rest / 60000) % 60, Math.Floor(rest / 1000) % 60,
            rest % 1000, (((days + 4) % 7) + 7) % 7,
        ];
    }

    private static void InstallReaders(JsObject prototype, bool local)
    {
        string[] names = ["FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds", "Day"];
        for (var i = 0; i < names.Length; i++)
        {
            var part = i;
            prototype.Method((local ? "get" : "getUTC") + names[i], 0, (rt, in self, a) =>
            {
                var time = This(rt, self).Time + (local ? Offset(rt) : 0);
                return double.IsNaN(time) ? Val.NaN : Val.Of(Parts(time)[part]);
            });
        }
    }

    private static void InstallWriters(JsObject prototype, bool local)
    {
        (string Name, int First, int Count)[] writers =
        [
            ("FullYear", 0, 3), ("Month", 1, 2), ("Date", 2, 1), ("Hours", 3, 4), ("Minutes", 4, 3), ("Seconds", 5, 2),
            ("Milliseconds", 6, 1),
        ];
        foreach (var (name, first, count) in writers)
        {
            prototype.Method((local ? "set" : "setUTC") + name, count, (rt, in self, a) =>
            {
                var date = This(rt, self);
                var offset = local ? Offset(rt) : 0;
                var time = double.IsNaN(date.Time) && first == 0 ? 0 : date.Time + offset;
                if (double.IsNaN(time)) return Val.NaN;
                var parts = Parts(time);
                for (var i = 0; i < Math.Min(count, Math.Max(a.Length, 1)); i++)
                {
                    parts[first + i] = rt.ToNumber(a.Arg(i));
                }
                date.Time = Clip(Time(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]) - offset);
                return Val.Of(date.Time);
            });
        }
    }
}
