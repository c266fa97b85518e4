using System.Globalization;
using System.Text;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>JSON.parse and JSON.stringify.</summary>
internal static class JsonMembers
{
    private const int Deepest = 200;

    public static JsObject Install()
    {
        var json = new JsObject(Builtins.ObjectPrototype) { IsShared = true };
        json.Method("parse", 2, static (rt, in self, a) =>
        {
            var value = new Reader(rt, rt.ToText(a.Arg(0))).Read();
            if (a.Arg(1).Ref is not JsFunction reviver) return value;
            var root = rt.NewObject();
            root.Define(rt, "", value);
            return Revive(rt, reviver, root, "");
        });
        json.Method("stringify", 3, static (rt, in self, a) => Write(rt, a.Arg(0), a.Arg(1), a.Arg(2)));
        return json;
    }

    /// <summary>The JSON text of a value; undefined if it has none.</summary>
    public static Val Write(Runtime rt, in Val value, in Val replacer, in Val space)
    {
        var indent = space.IsNumber ? new string(' ', (int)Math.Clamp(space.Number, 0, 10))
            : space.IsText ? space.Text[..Math.Min(space.Text.Length, 10)] : "";
        var writer = new Writer(rt, replacer.Ref as JsFunction, replacer.Ref as JsArray, indent);
        var root = rt.NewObject();
        root.Define(rt, "", value);
        return writer.Write(root, "", value, 0) ? rt.NewText(writer.Text) : default;
    }

    private static Val Revive(Runtime rt, JsFunction reviver, JsObject holder, string key)
    {
        rt.EnterCall();
        var value = holder.Get(rt, key);
        if (value.Ref is JsObject inner)
        {
            foreach (var name in inner.Keys(rt, enumerableOnly: true))
            {
                var changed = Revive(rt, reviver, inner, name);
                if (changed.IsUndefined && inner is not JsArray) inner.Delete(rt, name);
                else inner.Set(rt, name, changed);
            }
        }

        var result = reviver.Call(rt, Val.Of(holder), [Val.Of(key), value]);
        rt.LeaveCall();
        return result;
    }

    private sealed class Writer(Runtime rt, JsFunction? replacer, JsArray? only, string indent)
    {
        private readonly StringBuilder _text = new();
        private readonly List<JsObject> _open = [];
        private readonly HashSet<string>? _names = only is null ? null
            : [.. rt.Items(only).Select(item => rt.ToText(item))];

        public string Text => _text.ToString();

        public bool Write(JsObject holder, string key, Val value, int depth)
        {
            rt.Step(rt.At);
            if (value.Ref is JsObject source and not JsRegex && source.Get(rt, "toJSON").Ref is JsFunction convert)
            {
                value = convert.Call(rt, value, [Val.Of(key)]);
            }

            if (replacer is not null) value = replacer.Call(rt, Val.Of(holder), [Val.Of(key), value]);
            switch (value.Ref)
            {
                case null or JsFunction:
                    return false;
                case string or Rope:
                    Quote(rt.ToText(value));
                    break;
                case JsArray list:
                    Enter(list, depth);
                    WriteList(list, depth);
                    _open.RemoveAt(_open.Count - 1);
                    break;
                case JsObject map:
                    Enter(map, depth);
                    WriteMap(map, depth);
                    _open.RemoveAt(_open.Count - 1);
                    break;
                default:
                    _text.Append(value.IsNumber && !double.IsFinite(value.Number) ? "null" : rt.ToText(value));
                    break;
            }

            return true;
        }

        private void Enter(JsObject map, int depth)
        {
            if (_open.Contains(map)) throw rt.TypeError("The object contains itself and cannot become JSON");
            if (depth > Deepest) throw rt.RangeError($"The object is nested more than {Deepest} levels deep");
            rt.CheckStack();
            if (_text.Length * 2L > rt.Limits.MaxMemoryBytes) throw rt.Limit("The JSON text becomes too long.", rt.At);
            _open.Add(map);
        }

        private void WriteList(JsArray list, int depth)
        {
            _text.Append('[');
            for (var i = 0; i < list.Length; i++)
            {
                if (i > 0) _text.Append(',');
                Line(depth + 1);
                if (!Write(list, JsNumber.ToText(i), list.Items[i], depth + 1)) _text.Append("null");
            }

            if (list.Length > 0) Line(depth);
            _text.Append(']');
        }

        private void WriteMap(JsObject map, int depth)
        {
            _text.Append('{');
            var any = false;
            foreach (var key in map.Keys(rt, enumerableOnly: true))
            {
                if (_names?.Contains(key) == false) continue;
                var start = _text.Length;
                if (any) _text.Append(',');
                Line(depth + 1);
                Quote(key);
                _text.Append(indent.Length > 0 ? ": " : ":");
                if (Write(map, key, map.Get(rt, key), depth + 1)) any = true;
                else _text.Length = start;
            }

            if (any) Line(depth);
            _text.Append('}');
        }

        private void Line(int depth)
        {
            if (indent.Length == 0) return;
            _text.Append('\n');
            for (var i = 0; i < depth; i++) _text.Append(indent);
        }

        private void Quote(string text)
        {
            rt.Work(text.Length);
            if ((_text.Length + text.Length) * 2L > rt.Limits.MaxMemoryBytes)
            {
                throw rt.Limit("The JSON text becomes too long.", rt.At);
            }
            _text.Append('"');
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                switch (c)
                {
                    case '"': _text.Append("\\\""); break;
                    case '\\': _text.Append("\\\\"); break;
                    case '\n': _text.Append("\\n"); break;
                    case '\r': _text.Append("\\r"); break;
                    case '\t': _text.Append("\\t"); break;
                    case '\b': _text.Append("\\b"); break;
                    case '\f': _text.Append("\\f"); break;
                    default:
                        var lone = char.IsHighSurrogate(c) ? i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1])
                            : char.IsLowSurrogate(c) && (i == 0 || !char.IsHighSurrogate(text[i - 1]));
                        if (c < ' ' || lone) _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                        else _text.Append(c);
                        break;
                }
            }

            _text.Append('"');
        }
    }

    private sealed class Reader(Runtime rt, string text)
    {
        private int _at;
        private int _depth;

        public Val Read()
        {
            rt.Work(text.Length);
            var value = Value();
            Blanks();
            return _at == text.Length ? value : throw Wrong();
        }

        private JsThrow Wrong() => rt.SyntaxError(_at >= text.Length
            ? "The JSON text ends too early"
            : $"The JSON text is not valid at character {_at + 1} ({text[_at]})");

        private void Blanks()
        {
            while (_at < text.Length && text[_at] is ' ' or '\n' or '\r' or '\t') _at++;
        }

        private Val Value()
        {
            Blanks();
            if (_at >= text.Length) throw Wrong();
            switch (text[_at])
            {
                case '{':
                    return Map();
                case '[':
                    return List();
                case '"':
                    return Val.Of(Quoted());
                case 't':
                    return Word("true", Val.True);
                case 'f':
                    return Word("false", Val.False);
                case 'n':
                    return Word("null", Val.Null);
                default:
                    return Number();
            }
        }

        private Val Word(string word, in Val value)
        {
            if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0) throw Wrong();
            _at += word.Length;
            return value;
        }

        private Val Number()
        {
            var start = _at;
            if (At('-')) _at++;
            if (At('0')) _at++;
            else Digits();
            if (At('.'))
            {
                _at++;
                Digits();
            }

            if (At('e') || At('E'))
            {
                _at++;
                if (At('+') || At('-')) _at++;
                Digits();
            }

            return Val.Of(
                double.Parse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        private bool At(char c) => _at < text.Length && text[_at] == c;

        private void Digits()
        {
            if (_at >= text.Length || !char.IsAsciiDigit(text[_at])) throw Wrong();
            while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        }

        private void Enter()
        {
            if (++_depth > Deepest) throw rt.RangeError($"The JSON text is nested more than {Deepest} levels deep");
            rt.CheckStack();
            _at++;
            Blanks();
        }

        private Val List()
        {
            Enter();
            var list = new JsArray(rt, 0);
            if (!At(']'))
            {
                while (true)
                {
                    rt.Step(rt.At);
                    list.Add(rt, Value());
                    Blanks();
                    if (!At(',')) break;
                    _at++;
                }

                if (!At(']')) throw Wrong();
            }

            _at++;
            _depth--;
            return Val.Of(list);
        }

        private Val Map()
        {
            Enter();
            var map = rt.NewObject();
            if (!At('}'))
            {
                while (true)
                {
                    rt.Step(rt.At);
                    Blanks();
                    if (!At('"')) throw Wrong();
                    var key = Quoted();
                    Blanks();
                    if (!At(':')) throw Wrong();
                    _at++;
                    map.Define(rt, key, Value());
                    Blanks();
                    if (!At(',')) break;
                    _at++;
                }

                if (!At('}')) throw Wrong();
            }

            _at++;
            _depth--;
            return Val.Of(map);
        }

        private string Quoted()
        {
            var start = ++_at;
            while (_at < text.Length && text[_at] is not ('"' or '\\') && text[_at] >= ' ') _at++;
            if (At('"'))
            {
                var plain = text[start.._at++];
                rt.Allocate(24 + (plain.Length * 2L));
                return plain;
            }

            var parts = new StringBuilder(text[start.._at]);
            while (!At('"'))
            {
                if (_at >= text.Length || text[_at] < ' ') throw Wrong();
                var c = text[_at++];
                if (c != '\\')
                {
                    parts.Append(c);
                    continue;
                }

                if (_at >= text.Length) throw Wrong();
                parts.Append(text[_at] switch
                {
                    '"' or '\\' or '/' => text[_at],
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'b' => '\b',
                    'f' => '\f',
                    'u' => Code(),
                    _ => throw Wrong(),
                });
                _at++;
            }

            _at++;
            rt.Allocate(24 + (parts.Length * 2L));
            return parts.ToString();
        }

        private char Code()
        {
            if (_at + 4 >= text.Length || !ushort.TryParse(
                text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                throw Wrong();
            }

            _at += 4;
            return (char)code;
        }
    }
}
