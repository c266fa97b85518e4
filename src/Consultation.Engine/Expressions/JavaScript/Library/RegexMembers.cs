using System.Text;
using System.Text.RegularExpressions;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>RegExp, and the members of texts that take one.</summary>
internal static class RegexMembers
{
    public static NativeFunction Install()
    {
        var prototype = Builtins.RegexPrototype;
        prototype.Method("exec", 1, static (rt, in self, a) =>
            Exec(rt, This(rt, self), rt.ToText(a.Arg(0))) is { } match ? match : Val.Null);
        prototype.Method(
            "test", 1, static (rt, in self, a) => Val.Of(Next(rt, This(rt, self), rt.ToText(a.Arg(0))) is not null));
        prototype.Method("toString", 0, static (rt, in self, a) =>
            Val.Of($"/{This(rt, self).Program.Source}/{This(rt, self).Program.Flags}"));
        prototype.Getter("source", static (rt, in self, a) => Val.Of(This(rt, self).Program.Source));
        prototype.Getter("flags", static (rt, in self, a) => Val.Of(This(rt, self).Program.Flags));
        prototype.Getter("global", static (rt, in self, a) => Val.Of(This(rt, self).Program.IsGlobal));
        prototype.Getter("ignoreCase", static (rt, in self, a) => Val.Of(This(rt, self).Program.Flags.Contains('i')));
        prototype.Getter("multiline", static (rt, in self, a) => Val.Of(This(rt, self).Program.IsMultiline));
        prototype.Getter("dotAll", static (rt, in self, a) => Val.Of(This(rt, self).Program.Flags.Contains('s')));
        prototype.Getter("unicode", static (rt, in self, a) => Val.Of(This(rt, self).Program.Flags.Contains('u')));
        prototype.Getter("sticky", static (rt, in self, a) => Val.Of(This(rt, self).Program.IsSticky));
        NativeBody make = static (rt, in self, a) =>
        {
            var known = a.Arg(0).Ref as JsRegex;
            var pattern = known?.Program.Source ?? (a.Arg(0).IsUndefined ? "" : rt.ToText(a[0]));
            var flags = a.Arg(1).IsUndefined ? known?.Program.Flags ?? "" : rt.ToText(a[1]);
            return Val.Of(Make(rt, pattern, flags));
        };
        return Members.Constructor(prototype, "RegExp", 2, make, make);
    }

    public static void InstallOnText(JsObject prototype)
    {
        prototype.Method("match", 1, static (rt, in self, a) =>
        {
            var (text, regex) = (StringMembers.This(rt, self, "match"), ToRegex(rt, a.Arg(0), ""));
            if (!regex.Program.IsGlobal) return Exec(rt, regex, text) ?? Val.Null;
            var found = rt.NewList();
            foreach (var match in All(rt, regex, text)) ((JsArray)found.Ref!).Add(rt, rt.NewText(match.Value));
            regex.LastIndex = 0;
            return ((JsArray)found.Ref!).Length == 0 ? Val.Null : found;
        });
        prototype.Method("matchAll", 1, static (rt, in self, a) =>
        {
            var (text, regex) = (StringMembers.This(rt, self, "matchAll"), ToRegex(rt, a.Arg(0), "g"));
            if (!regex.Program.IsGlobal) throw rt.TypeError("matchAll needs a regular expression with the flag g");
            return Val.Of(
                new JsIterator(All(rt, regex, text).Select(match => Result(rt, regex, match, text)).GetEnumerator()));
        });
        prototype.Method("search", 1, static (rt, in self, a) =>
        {
            var (text, regex) = (StringMembers.This(rt, self, "search"), ToRegex(rt, a.Arg(0), ""));
            var match = Run(rt, regex, text, 0);
            return Val.Of(match.Success ? match.Index : -1);
        });
        prototype.Method("replace", 2, static (rt, in self, a) =>
            Replace(rt, StringMembers.This(rt, self, "replace"), a.Arg(0), a.Arg(1), all: false));
        prototype.Method("replaceAll", 2, static (rt, in self, a) =>
        {
            if (a.Arg(0).Ref is JsRegex { Program.IsGlobal: false })
            {
                throw rt.TypeError("replaceAll needs a regular expression with the flag g");
            }

            return Replace(rt, StringMembers.This(rt, self, "replaceAll"), a.Arg(0), a.Arg(1), all: true);
        });
        prototype.Method("split", 2, static (rt, in self, a) => Split(rt, StringMembers.This(rt, self, "split"), a));
    }

    private static JsRegex This(Runtime rt, in Val self) =>
        self.Ref as JsRegex ?? throw rt.TypeError($"{rt.Describe(self)} is no regular expression");

    private static JsRegex ToRegex(Runtime rt, in Val value, string flags) =>
        value.Ref as JsRegex ?? Make(rt, value.IsUndefined ? "" : rt.ToText(value), flags);

    private static JsRegex Make(Runtime rt, string pattern, string flags)
    {
        rt.RegexWork(1000 + (pattern.Length * 50L));
        rt.Allocate(20_000);
        try
        {
            return new JsRegex(JsRegexProgram.Compile(pattern, flags));
        }
        catch (FormatException unusable)
        {
            throw rt.SyntaxError(unusable.Message);
        }
    }

    private static Match Run(Runtime rt, JsRegex regex, string text, int start)
    {
        var match = regex.Program.Regex.Match(text, start);
        rt.RegexWork((match.Success ? match.Index + match.Length : text.Length) - start);
        return match;
    }

    private static Match? Next(Runtime rt, JsRegex regex, string text)
    {
        var remembers = regex.Program.IsGlobal || regex.Program.IsSticky;
        var start = remembers ? regex.LastIndex : 0;
        var match = start < 0 || start > text.Length ? Match.Empty : Run(rt, regex, text, (int)start);
        var found = match.Success && (!regex.Program.IsSticky || match.Index == start);
        if (remembers) regex.LastIndex = found ? match.Index + match.Length : 0;
        return found ? match : null;
    }

    private static Val? Exec(Runtime rt, JsRegex regex, string text) =>
        Next(rt, regex, text) is { } match ? Result(rt, regex, match, text) : null;

    private static IEnumerable<Match> All(Runtime rt, JsRegex regex, string text)
    {
        var start = 0;
        while (start <= text.Length)
        {
            rt.Step(rt.At);
            var match = Run(rt, regex, text, start);
            if (!match.Success || (regex.Program.IsSticky && match.Index != start)) yield break;
            yield return match;
            start = match.Index + Math.Max(match.Length, 1);
        }
    }

    private static Val GroupText(Runtime rt, Group group) => group.Success ? rt.NewText(group.Value) : default;

    private static Val Result(Runtime rt, JsRegex regex, Match match, string text)
    {
        var result = new JsArray(rt, match.Groups.Count);
        for (var i = 0; i < match.Groups.Count; i++) result.Add(rt, GroupText(rt, match.Groups[i]));
        result.Define(rt, "index", Val.Of(match.Index));
        result.Define(rt, "input", Val.Of(text));
        result.Define(rt, "groups", NamedGroups(rt, regex, match));
        return Val.Of(result);
    }

    private static Val NamedGroups(Runtime rt, JsRegex regex, Match match)
    {
        if (regex.Program.Names.Count == 0) return default;
        var groups = rt.NewObject();
        foreach (var (name, number) in regex.Program.Names)
        {
            groups.Define(rt, name, GroupText(rt, match.Groups[number]));
        }
        return Val.Of(groups);
    }

    private static Val Replace(Runtime rt, string text, in Val pattern, in Val replacement, bool all)
    {
        var call = replacement.Ref as JsFunction;
        var template = call is null ? rt.ToText(replacement) : "";
        var result = new StringBuilder();
        var last = 0;
        if (pattern.Ref is JsRegex regex)
        {
            IEnumerable<Match> matches = regex.Program.IsGlobal ? All(rt, regex, text)
                : Next(rt, regex, text) is { } single ? [single] : [];
            foreach (var match in matches)
            {
                var groups = Enumerable.Range(1, match.Groups.Count - 1)
                    .Select(i => GroupText(rt, match.Groups[i])).ToArray();
                var named = NamedGroups(rt, regex, match);
                Put(match.Index, match.Value, groups, named);
            }

            if (regex.Program.IsGlobal) regex.LastIndex = 0;
        }
        else
        {
            var part = rt.ToText(pattern);
            var from = 0;
            while (true)
            {
                rt.Step(rt.At);
                rt.Work(text.Length - from + (part.Length * (long)(text.Length - from) >> 8));
                var index = from > text.Length ? -1 : text.IndexOf(part, from, StringComparison.Ordinal);
                if (index < 0) break;
                Put(index, part, [], default);
                from = index + Math.Max(part.Length, 1);
                if (!all) break;
            }
        }

        result.Append(text, last, text.Length - last);
        return rt.NewText(result.ToString());

        void Put(int index, string matched, Val[] groups, in Val named)
        {
            result.Append(text, last, index - last);
            last = index + matched.Length;
            var piece = call is null
                ? Expand(rt, template, text, index, matched, groups, named)
                : rt.ToText(call.Call(rt, default, CallArguments(matched, groups, index, text, named)));
            rt.Allocate(piece.Length * 2L);
            result.Append(piece);
        }
    }

    private static Val[] CallArguments(string matched, Val[] groups, int index, string text, in Val named)
    {
        Val[] arguments = [Val.Of(matched), .. groups, Val.Of(index), Val.Of(text)];
        return named.IsUndefined ? arguments : [.. arguments, named];
    }

    /// <summary>Puts in what $1, $&amp; and their kin stand for.</summary>
    private static string Expand(
        Runtime rt, string template, string text, int index, string matched, Val[] groups, in Val named)
    {
        if (!template.Contains('$')) return template;
        var piece = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var next = i + 1 < template.Length ? template[i + 1] : '\0';
            if (template[i] != '$')
            {
                piece.Append(template[i]);
                continue;
            }

            i++;
            switch (next)
            {
                case '$':
                    piece.Append('$');
                    break;
                case '&':
                    piece.Append(matched);
                    break;
                case '`':
                    piece.Append(text, 0, index);
                    break;
                case '\'':
                    piece.Append(text, index + matched.Length, text.Length - index - matched.Length);
                    break;
                case '<' when named.IsObject && template.IndexOf('>', i) is > 0 and var end:
                    var value = rt.GetMember(named, template[(i + 1)..end]);
                    if (!value.IsUndefined) piece.Append(rt.ToText(value));
                    i = end;
                    break;
                case >= '0' and <= '9':
                    var two = i + 1 < template.Length && char.IsAsciiDigit(template[i + 1])
                        ? ((next - '0') * 10) + template[i + 1] - '0'
                        : 0;
                    var number = two >= 1 && two <= groups.Length ? two : next - '0';
                    if (number < 1 || number > groups.Length)
                    {
                        piece.Append('$').Append(next);
                        break;
                    }

                    if (number == two && two > 9) i++;
                    else if (number == two) i++;
                    if (!groups[number - 1].IsUndefined) piece.Append(rt.ToText(groups[number - 1]));
                    break;
                default:
                    piece.Append('$');
                    i--;
                    break;
            }

            rt.Allocate(matched.Length);
            if (piece.Length * 2L > rt.Limits.MaxMemoryBytes) throw rt.Limit("The text becomes too long.", rt.At);
        }

        return piece.ToString();
    }

    private static Val Split(Runtime rt, string text, Val[] a)
    {
        var most = a.Arg(1).IsUndefined ? uint.MaxValue : (uint)rt.ToInt32(a[1]);
        var parts = new JsArray(rt, 0);
        if (most == 0) return Val.Of(parts);
        rt.Work(text.Length);
        if (a.Arg(0).IsUndefined) parts.Add(rt, Val.Of(text));
        else if (a[0].Ref is JsRegex regex) SplitBy(rt, regex, text, parts);
        else
        {
            var separator = rt.ToText(a[0]);
            if (separator.Length == 0)
            {
                rt.Allocate(text.Length * 16L);
                foreach (var c in text) parts.Add(rt, Val.Of(Runtime.CharText(c)));
            }
            else
            {
                foreach (var part in text.Split(separator, (int)Math.Min(most + 1L, int.MaxValue)))
                {
                    parts.Add(rt, rt.NewText(part));
                }
            }
        }

        if (parts.Length > most) parts.SetLength(rt, (int)most);
        return Val.Of(parts);
    }

    private static void SplitBy(Runtime rt, JsRegex regex, string text, JsArray parts)
    {
        if (text.Length == 0)
        {
            if (!Run(rt, regex, text, 0).Success) parts.Add(rt, Val.EmptyText);
            return;
        }

        var last = 0;
        foreach (var match in All(rt, regex, text))
        {
            if (match.Length == 0 && (match.Index == last || match.Index >= text.Length)) continue;
            if (match.Index >= text.Length) break;
            parts.Add(rt, rt.NewText(text[last..match.Index]));
            for (var i = 1; i < match.Groups.Count; i++) parts.Add(rt, GroupText(rt, match.Groups[i]));
            last = match.Index + match.Length;
        }

        parts.Add(rt, rt.NewText(text[last..]));
    }
}
