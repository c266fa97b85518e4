using System.Text;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>Texts. Members that take a regular expression are in <see cref="RegexMembers"/>.</summary>
internal static class StringMembers
{
    private static readonly System.Globalization.CompareInfo Chinese =
        System.Globalization.CultureInfo.GetCultureInfo("zh-CN").CompareInfo;

    public static NativeFunction Install()
    {
        var prototype = Builtins.StringPrototype;
        InstallParts(prototype);
        InstallSearch(prototype);
        InstallForms(prototype);
        RegexMembers.InstallOnText(prototype);
        NativeBody make = static (rt, in self, a) => a.Length == 0 ? Val.EmptyText : Val.Of(rt.ToText(a[0]));
        var constructor = Members.Constructor(prototype, "String", 1, make, construct: null);
        constructor.Method("fromCharCode", 1, static (rt, in self, a) =>
            rt.NewText(string.Concat(a.Select(code => (char)(ushort)rt.ToInt32(code)))));
        constructor.Method("fromCodePoint", 1, static (rt, in self, a) =>
        {
            var text = new StringBuilder();
            foreach (var code in a)
            {
                var point = rt.ToNumber(code);
                if (point is not (>= 0 and <= 0x10FFFF)) throw rt.RangeError("There is no such character");
                if (point is >= 0xD800 and <= 0xDFFF) text.Append((char)(int)point);
                else text.Append(char.ConvertFromUtf32((int)point));
            }

            return rt.NewText(text.ToString());
        });
        return constructor;
    }

    public static string This(Runtime rt, in Val self, string member) => self.IsNullish
        ? throw rt.TypeError($"{member} works on texts; {rt.Describe(self)} is none")
        : rt.ToText(self);

    private static void InstallParts(JsObject prototype)
    {
        prototype.Method("charAt", 1, static (rt, in self, a) =>
        {
            var (text, index) = (This(rt, self, "charAt"), rt.ToInteger(a.Arg(0)));
            return index >= 0 && index < text.Length ? Val.Of(Runtime.CharText(text[(int)index])) : Val.EmptyText;
        });
        prototype.Method("charCodeAt", 1, static (rt, in self, a) =>
        {
            var (text, index) = (This(rt, self, "charCodeAt"), rt.ToInteger(a.Arg(0)));
            return index >= 0 && index < text.Length ? Val.Of(text[(int)index]) : Val.NaN;
        });
        prototype.Method("codePointAt", 1, static (rt, in self, a) =>
        {
            var (text, at) = (This(rt, self, "codePointAt"), rt.ToInteger(a.Arg(0)));
            if (at < 0 || at >= text.Length) return default;
            var i = (int)at;
            return Val.Of(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                ? char.ConvertToUtf32(text[i], text[i + 1])
                : text[i]);
        });
        prototype.Method("at", 1, static (rt, in self, a) =>
        {
            var (text, index) = (This(rt, self, "at"), rt.ToInteger(a.Arg(0)));
            if (index < 0) index += text.Length;
            return index >= 0 && index < text.Length ? Val.Of(Runtime.CharText(text[(int)index])) : default;
        });
        prototype.Method("slice", 2, static (rt, in self, a) =>
        {
            var text = This(rt, self, "slice");
            var start = rt.ToIndex(a.Arg(0), text.Length, 0);
            var end = rt.ToIndex(a.Arg(1), text.Length, text.Length);
            return end > start ? rt.NewText(text[start..end]) : Val.EmptyText;
        });
        prototype.Method("substring", 2, static (rt, in self, a) =>
        {
            var text = This(rt, self, "substring");
            var start = (int)Math.Clamp(rt.ToInteger(a.Arg(0)), 0, text.Length);
            var end = a.Arg(1).IsUndefined ? text.Length : (int)Math.Clamp(rt.ToInteger(a[1]), 0, text.Length);
            return rt.NewText(text[Math.Min(start, end)..Math.Max(start, end)]);
        });
        prototype.Method("substr", 2, static (rt, in self, a) =>
        {
            var text = This(rt, self, "substr");
            var start = rt.ToIndex(a.Arg(0), text.Length, 0);
            var length = a.Arg(1).IsUndefined ? text.Length : rt.ToInteger(a[1]);
            return rt.NewText(text.Substring(start, (int)Math.Clamp(length, 0, text.Length - start)));
        });
        prototype.Method("concat", 1, static (rt, in self, a) =>
        {
            var text = Val.Of(This(rt, self, "concat"));
            foreach (var part in a) text = rt.Concat(text, Val.Of(rt.ToText(part)));
            return text;
        });
        prototype.Method("repeat", 1, static (rt, in self, a) =>
        {
            var (text, count) = (This(rt, self, "repeat"), rt.ToInteger(a.Arg(0)));
            if (count < 0 || double.IsInfinity(count)) throw rt.RangeError("repeat takes a number from 0");
            if (text.Length == 0) return Val.EmptyText;
            Reserve(rt, text.Length * count);
            return Val.Of(new StringBuilder(text.Length * (int)count).Insert(0, text, (int)count).ToString());
        });
    }

    /// <summary>Counts a text before it is made.</summary>
    private static void Reserve(Runtime rt, double length)
    {
        if (length > int.MaxValue / 4) throw rt.Limit("The text becomes too long.", rt.At);
        rt.Allocate(24 + ((long)length * 2));
    }

    private static void InstallSearch(JsObject prototype)
    {
        prototype.Method("includes", 1, static (rt, in self, a) => Val.Of(Find(rt, self, a, "includes") >= 0));
        prototype.Method("indexOf", 1, static (rt, in self, a) => Val.Of(Find(rt, self, a, "indexOf")));
        prototype.Method("lastIndexOf", 1, static (rt, in self, a) =>
        {
            var (text, part) = (This(rt, self, "lastIndexOf"), rt.ToText(a.Arg(0)));
            rt.Work(text.Length + (part.Length * (long)text.Length >> 8));
            var from = rt.ToNumber(a.Arg(1));
            var start = double.IsNaN(from) ? text.Length : (int)Math.Clamp(from, 0, text.Length);
            start = Math.Min(start, text.Length - part.Length);
            return Val.Of(start < 0 ? -1 : text.AsSpan(0, start + part.Length).LastIndexOf(part));
        });
        prototype.Method("startsWith", 1, static (rt, in self, a) =>
        {
            var (text, part) = (This(rt, self, "startsWith"), NotRegex(rt, a.Arg(0), "startsWith"));
            var from = (int)Math.Clamp(rt.ToInteger(a.Arg(1)), 0, text.Length);
            rt.Work(part.Length);
            return Val.Of(text.AsSpan(from).StartsWith(part, StringComparison.Ordinal));
        });
        prototype.Method("endsWith", 1, static (rt, in self, a) =>
        {
            var (text, part) = (This(rt, self, "endsWith"), NotRegex(rt, a.Arg(0), "endsWith"));
            var end = a.Arg(1).IsUndefined ? text.Length : (int)Math.Clamp(rt.ToInteger(a[1]), 0, text.Length);
            rt.Work(part.Length);
            return Val.Of(text.AsSpan(0, end).EndsWith(part, StringComparison.Ordinal));
        });
        prototype.Method("localeCompare", 1, static (rt, in self, a) =>
        {
            var (text, other) = (This(rt, self, "localeCompare"), rt.ToText(a.Arg(0)));
            rt.Work(text.Length + other.Length);
            return Val.Of(Math.Sign(Chinese.Compare(text, other)));
        });
    }

    private static int Find(Runtime rt, in Val self, Val[] a, string member)
    {
        var text = This(rt, self, member);
        var part = member == "includes" ? NotRegex(rt, a.Arg(0), member) : rt.ToText(a.Arg(0));
        // The framework's search may look at each place for the whole length of the part.
        rt.Work((text.Length >> 3) + (part.Length * (long)text.Length >> 8));
        var from = (int)Math.Clamp(rt.ToInteger(a.Arg(1)), 0, text.Length);
        return text.IndexOf(part, from, StringComparison.Ordinal);
    }

    private static string NotRegex(Runtime rt, in Val value, string member) => value.Ref is JsRegex
        ? throw rt.TypeError($"{member} takes a text; for a regular expression use test")
        : rt.ToText(value);

    private static void InstallForms(JsObject prototype)
    {
        Convert(prototype, "toUpperCase", Upper);
        Convert(prototype, "toLocaleUpperCase", Upper);
        Convert(prototype, "toLowerCase", static text => text.ToLowerInvariant());
        Convert(prototype, "toLocaleLowerCase", static text => text.ToLowerInvariant());
        Convert(prototype, "trim", static text => Cut(text, Blanks.TrimEnd(Blanks.TrimStart(text))));
        foreach (var name in new[] { "trimStart", "trimLeft" })
        {
            Convert(prototype, name, static text => Cut(text, Blanks.TrimStart(text)));
        }
        foreach (var name in new[] { "trimEnd", "trimRight" })
        {
            Convert(prototype, name, static text => Cut(text, Blanks.TrimEnd(text)));
        }
        Convert(prototype, "toWellFormed", WellFormed);
        prototype.Method("isWellFormed", 0, static (rt, in self, a) =>
        {
            var text = This(rt, self, "isWellFormed");
            rt.Work(text.Length);
            return Val.Of(ReferenceEquals(WellFormed(text), text));
        });
        Convert(prototype, "toString", static text => text);
        Convert(prototype, "valueOf", static text => text);
        prototype.Method("padStart", 2, static (rt, in self, a) =>
        {
            var text = This(rt, self, "padStart");
            return rt.NewText(Padding(rt, text, a) + text);
        });
        prototype.Method("padEnd", 2, static (rt, in self, a) =>
        {
            var text = This(rt, self, "padEnd");
            return rt.NewText(text + Padding(rt, text, a));
        });
        prototype.Method("normalize", 0, static (rt, in self, a) =>
        {
            var text = This(rt, self, "normalize");
            rt.Work(text.Length * 4L);
            var form = a.Arg(0).IsUndefined ? "NFC" : rt.ToText(a[0]);
            return form switch
            {
                "NFC" => rt.NewText(Normalised(text, NormalizationForm.FormC)),
                "NFD" => rt.NewText(Normalised(text, NormalizationForm.FormD)),
                "NFKC" => rt.NewText(Normalised(text, NormalizationForm.FormKC)),
                "NFKD" => rt.NewText(Normalised(text, NormalizationForm.FormKD)),
                _ => throw rt.RangeError("normalize takes NFC, NFD, NFKC or NFKD"),
            };
        });
    }

    /// <summary>
    /// Halves of pairs and U+FFFE stay as they are: the language lets them pass, .NET refuses the whole text.
    /// </summary>
    private static string Normalised(string text, NormalizationForm form)
    {
        var result = new StringBuilder();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || text[i] == '\uFFFE')
            {
                result.Append(text[start..i].Normalize(form)).Append(text[i]);
                start = i + 1;
            }
        }

        return result.Append(text[start..].Normalize(form)).ToString();
    }

    private static string Upper(string text) => text.Contains('ß')
        ? text.Replace("ß", "SS", StringComparison.Ordinal).ToUpperInvariant()
        : text.ToUpperInvariant();

    private static string Cut(string text, ReadOnlySpan<char> part) =>
        part.Length == text.Length ? text : part.ToString();

    /// <summary>The text with U+FFFD in place of halves of pairs; the same object when it has none.</summary>
    private static string WellFormed(string text)
    {
        char[]? mended = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else (mended ??= text.ToCharArray())[i] = '\ufffd';
        }

        return mended is null ? text : new string(mended);
    }

    private static void Convert(JsObject prototype, string name, Func<string, string> convert) =>
        prototype.Method(name, 0, (rt, in self, a) =>
        {
            var text = This(rt, self, name);
            rt.Work(text.Length);
            var converted = convert(text);
            return ReferenceEquals(converted, text) ? Val.Of(text) : rt.NewText(converted);
        });

    private static string Padding(Runtime rt, string text, Val[] a)
    {
        var length = rt.ToInteger(a.Arg(0));
        var filler = a.Arg(1).IsUndefined ? " " : rt.ToText(a[1]);
        if (length <= text.Length || filler.Length == 0) return "";
        Reserve(rt, length);
        var needed = (int)length - text.Length;
        return new StringBuilder(needed + filler.Length)
            .Insert(0, filler, (needed / filler.Length) + 1).ToString(0, needed);
    }
}
