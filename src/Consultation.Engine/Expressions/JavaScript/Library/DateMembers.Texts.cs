using System.Globalization;
using System.Text.RegularExpressions;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

internal static partial class DateMembers
{
    private static readonly Regex IsoText = new(
        @"^([+-]\d{6}|\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T "
            + @"](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$",
        RegexOptions.NonBacktracking);

    private static readonly Regex LooseText = new(
        @"^(\d{4})[/年.-](\d{1,2})[/月.-](\d{1,2})日?(?:[T ]*(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?$",
        RegexOptions.NonBacktracking);

    private static double Parse(Runtime rt, string text)
    {
        text = text.Trim();
        if (text.Length > 60) return double.NaN;
        var iso = IsoText.Match(text);
        if (iso.Success) return ParseIso(rt, iso);
        var loose = LooseText.Match(text);
        if (loose.Success)
        {
            double Part(int group) => loose.Groups[group].Length == 0
                ? 0
                : double.Parse(loose.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
            return Valid(Part(1), Part(2), Part(3), Part(4), Part(5), Part(6), 0) is var time
                ? Clip(time - Offset(rt))
                : double.NaN;
        }

        // What Date's own texts look like, and mail dates.
        var mark = text.IndexOf(" (", StringComparison.Ordinal);
        var plain = (mark < 0 ? text : text[..mark]).Replace("GMT", "", StringComparison.Ordinal).Trim();
        string[] formats =
        [
            "ddd MMM dd yyyy HH:mm:ss zzz", "ddd MMM dd yyyy HH:mm:ss", "ddd MMM dd yyyy", "ddd, dd MMM yyyy HH:mm:ss",
            "ddd, dd MMM yyyy HH:mm:ss zzz", "MMM d, yyyy", "MMM d, yyyy HH:mm", "MMM d, yyyy HH:mm:ss", "MMMM d, yyyy",
            "d MMM yyyy", "d MMMM yyyy", "M/d/yyyy", "M/d/yyyy HH:mm", "M/d/yyyy HH:mm:ss", "M/d/yyyy, h:mm:ss tt",
        ];
        if (plain.Length > 5 && plain[^5] is '+' or '-' && !plain.Contains(':', plain.Length - 5))
        {
            plain = plain.Insert(plain.Length - 2, ":");
        }
        if (!DateTimeOffset.TryParseExact(
            plain, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
        {
            return double.NaN;
        }

        var hasZone = text.Contains("GMT", StringComparison.Ordinal) || plain[^3] == ':' && plain[^6] is '+' or '-';
        return parsed.ToUnixTimeMilliseconds() - (hasZone ? 0 : Offset(rt));
    }

    private static bool Contains(this string text, char c, int from) => text.IndexOf(c, from) >= 0;

    private static double ParseIso(Runtime rt, Match match)
    {
        double Part(int group, double otherwise) => match.Groups[group].Length == 0
            ? otherwise
            : double.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var fraction = match.Groups[7].Value;
        var ms = fraction.Length == 0
            ? 0
            : Math.Floor(double.Parse("0." + fraction, CultureInfo.InvariantCulture) * 1000 + 1e-7);
        var time = Valid(Part(1, 0), Part(2, 1), Part(3, 1), Part(4, 0), Part(5, 0), Part(6, 0), ms);
        var zone = match.Groups[8].Value;
        if (zone.Length > 1)
        {
            var minutes = (double.Parse(zone.AsSpan(1, 2), CultureInfo.InvariantCulture) * 60)
                + double.Parse(zone.AsSpan(zone.Length - 2), CultureInfo.InvariantCulture);
            return Clip(time - ((zone[0] == '-' ? -minutes : minutes) * 60000));
        }

        // A day alone is meant in UTC, a day with time in local time.
        return Clip(zone == "Z" || match.Groups[4].Length == 0 ? time : time - Offset(rt));
    }

    private static double Valid(
        double year, double month, double day, double hour, double minute, double second, double ms)
    {
        if (month is < 1 or > 12 || day < 1 || day > 31 || minute > 59 || second > 59) return double.NaN;
        if (hour > 24 || (hour == 24 && minute + second + ms > 0)) return double.NaN;
        return Time(year, month - 1, day, hour, minute, second, ms);
    }

    private static string Pad(double number, int width = 2) =>
        number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    private static string YearText(double year) => year < 0 ? "-" + Pad(-year, 6) : Pad(year, 4);

    private static string IsoOf(Runtime rt, double time)
    {
        if (double.IsNaN(time)) throw rt.RangeError("This Date is not valid: its text could not be read as a date");
        var p = Parts(time);
        var year = p[0] is >= 0 and <= 9999 ? Pad(p[0], 4) : (p[0] < 0 ? "-" : "+") + Pad(Math.Abs(p[0]), 6);
        return $"{year}-{Pad(p[1] + 1)}-{Pad(p[2])}T{Pad(p[3])}:{Pad(p[4])}:{Pad(p[5])}.{Pad(p[6], 3)}Z";
    }

    private static string DayText(double[] p) => $"{Days[(int)p[7]]} {Months[(int)p[1]]} {Pad(p[2])} {YearText(p[0])}";

    private static string ClockText(Runtime rt, double[] p)
    {
        var offset = rt.Limits.LocalOffset;
        var sign = offset < TimeSpan.Zero ? "-" : "+";
        var zone = offset == TimeSpan.FromHours(8) ? " (China Standard Time)" : "";
        return $"{Pad(p[3])}:{Pad(p[4])}:{Pad(p[5])} GMT{sign}{offset:hhmm}{zone}";
    }

    private static string FullText(Runtime rt, double time)
    {
        if (double.IsNaN(time)) return "Invalid Date";
        var p = Parts(time + Offset(rt));
        return $"{DayText(p)} {ClockText(rt, p)}";
    }

    private static void InstallTexts(JsObject prototype)
    {
        prototype.Method("toISOString", 0, static (rt, in self, a) => rt.NewText(IsoOf(rt, This(rt, self).Time)));
        prototype.Method("toJSON", 1, static (rt, in self, a) =>
            double.IsNaN(This(rt, self).Time) ? Val.Null : rt.NewText(IsoOf(rt, This(rt, self).Time)));
        prototype.Method("toString", 0, static (rt, in self, a) => rt.NewText(FullText(rt, This(rt, self).Time)));
        Text(prototype, "toDateString", static (rt, p, _) => DayText(p));
        Text(prototype, "toTimeString", static (rt, p, _) => ClockText(rt, p));
        NativeBody utc = static (rt, in self, a) =>
        {
            var time = This(rt, self).Time;
            if (double.IsNaN(time)) return Val.Of("Invalid Date");
            var p = Parts(time);
            return rt.NewText(
                $"{Days[(int)p[7]]}, {Pad(p[2])} {Months[(int)p[1]]} {YearText(p[0])} "
                    + $"{Pad(p[3])}:{Pad(p[4])}:{Pad(p[5])} GMT");
        };
        prototype.Method("toUTCString", 0, utc);
        prototype.Method("toGMTString", 0, utc);
    }

    private static void Text(JsObject prototype, string name, Func<Runtime, double[], Val[], string> write) =>
        prototype.Method(name, 0, (rt, in self, a) =>
        {
            var time = This(rt, self).Time;
            return rt.NewText(double.IsNaN(time) ? "Invalid Date" : write(rt, Parts(Zoned(rt, time, a.Arg(1))), a));
        });

    /// <summary>Local time, or that of the <c>timeZone</c> option as far as it names UTC or China.</summary>
    private static double Zoned(Runtime rt, double time, in Val options)
    {
        var zone = options.Ref is JsObject map && map.Get(rt, "timeZone") is { IsText: true } name ? name.Text : null;
        return zone switch
        {
            null => time + Offset(rt),
            "UTC" or "GMT" or "Etc/UTC" => time,
            "Asia/Shanghai" or "Asia/Chongqing" or "PRC" or "Asia/Hong_Kong" or "Asia/Taipei" => time + (8 * 3600000),
            _ => throw rt.RangeError($"The time zone {zone} is not known here; use UTC or Asia/Shanghai"),
        };
    }

    private static void InstallLocaleTexts(JsObject prototype)
    {
        Text(prototype, "toLocaleDateString", static (rt, p, a) => Localised(rt, p, a, date: true, time: false));
        Text(prototype, "toLocaleTimeString", static (rt, p, a) => Localised(rt, p, a, date: false, time: true));
        Text(prototype, "toLocaleString", static (rt, p, a) => Localised(rt, p, a, date: true, time: true));
    }

    private static string Localised(Runtime rt, double[] p, Val[] a, bool date, bool time)
    {
        var options = a.Arg(1).Object;
        string? Option(string name) =>
            options is not null && options.Get(rt, name) is { IsUndefined: false } value ? rt.ToText(value) : null;
        var (year, month, day, weekday) = (Option("year"), Option("month"), Option("day"), Option("weekday"));
        var (hour, minute, second) = (Option("hour"), Option("minute"), Option("second"));
        var english = a.Arg(0).IsText && a[0].Text.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var named = year ?? month ?? day ?? weekday;
        var timed = hour ?? minute ?? second;
        if (named is null && (timed is null || !time) && date) (year, month, day) = ("numeric", "numeric", "numeric");
        if (timed is null && (named is null || !date) && time)
        {
            (hour, minute, second) = (english ? "numeric" : "2-digit", "2-digit", "2-digit");
        }
        switch (Option("dateStyle"))
        {
            case "full" or "long":
                (year, month, day) = ("numeric", "long", "numeric");
                break;
        }

        var parts = new List<string>(2);
        if ((year ?? month ?? day ?? weekday) is not null)
        {
            parts.Add(english ? EnglishDate(p, year, month, day, weekday) : ChineseDate(p, year, month, day, weekday));
        }

        if (hour is not null || minute is not null || second is not null)
        {
            var twelve = english ? Option("hour12") != "false" : Option("hour12") == "true";
            parts.Add(Clock(p, hour, minute, second, twelve, english));
        }

        return string.Join(english ? ", " : " ", parts);
    }

    private static string Part(double number, string? style) => style == "2-digit" ? Pad(number % 100) : Pad(number, 1);

    private static string ChineseDate(double[] p, string? year, string? month, string? day, string? weekday)
    {
        var spelled = month is "long" or "short";
        var text = "";
        if (spelled)
        {
            if (year is not null) text += Part(p[0], year) + "年";
            text += Pad(p[1] + 1, 1) + "月";
            if (day is not null) text += Part(p[2], day) + "日";
        }
        else
        {
            var parts = new List<string>(3);
            if (year is not null) parts.Add(Part(p[0], year));
            if (month is not null) parts.Add(Part(p[1] + 1, month));
            if (day is not null) parts.Add(Part(p[2], day));
            text = string.Join('/', parts);
            if (year is not null && month is null) text += "年";
            if (parts.Count == 1 && day is not null) text += "日";
            if (parts.Count == 1 && month is not null) text += "月";
        }

        if (weekday is not null) text += (weekday == "long" ? "星期" : "周") + "日一二三四五六"[(int)p[7]];
        return text;
    }

    private static string EnglishDate(double[] p, string? year, string? month, string? day, string? weekday)
    {
        var names = CultureInfo.InvariantCulture.DateTimeFormat;
        var dayName = weekday is null ? "" : weekday == "long"
            ? names.GetDayName((DayOfWeek)(int)p[7])
            : Days[(int)p[7]];
        string text;
        if (month is "long" or "short")
        {
            text = month == "long" ? names.GetMonthName((int)p[1] + 1) : Months[(int)p[1]];
            if (day is not null) text += " " + Part(p[2], day);
            if (year is not null) text += (day is null ? " " : ", ") + Part(p[0], year);
        }
        else
        {
            var parts = new List<string>(3);
            if (month is not null) parts.Add(Part(p[1] + 1, month));
            if (day is not null) parts.Add(Part(p[2], day));
            if (year is not null) parts.Add(Part(p[0], year));
            text = string.Join('/', parts);
        }

        return dayName.Length == 0 ? text : text.Length == 0 ? dayName : $"{dayName}, {text}";
    }

    private static string Clock(double[] p, string? hour, string? minute, string? second, bool twelve, bool english)
    {
        var parts = new List<string>(3);
        var shown = twelve ? ((p[3] + 11) % 12) + 1 : p[3];
        if (hour is not null) parts.Add(twelve && hour != "2-digit" ? Pad(shown, 1) : Pad(shown));
        if (minute is not null) parts.Add(Pad(p[4]));
        if (second is not null) parts.Add(Pad(p[5]));
        var text = string.Join(':', parts);
        if (!twelve) return text + (parts.Count == 1 && hour is not null && !english ? "时" : "");
        return english ? $"{text} {(p[3] < 12 ? "AM" : "PM")}" : (p[3] < 12 ? "上午" : "下午") + text;
    }
}
