using System.Diagnostics;
using System.Globalization;
using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Expressions;

/// <summary>
/// Templates that are written to stop the host: each ends in text or in a sentence, on the stack of a pool thread,
/// soon and without much memory.
/// </summary>
public sealed class HostileTemplateTests
{
    private const int Stack = 1536 * 1024;
    private const long MostBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(250);
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 5, 7, TimeSpan.FromHours(8));

    private static readonly Dictionary<string, object?> Values = new()
    {
        ["yes"] = true,
        ["n"] = 7L,
        ["tags"] = new List<object?> { "b", "a", "c" },
        ["map"] = new Dictionary<string, object?> { ["name"] = "王芳", ["tags"] = new List<object?> { 1L, 2L } },
        ["people"] = new List<object?>
        {
            new Dictionary<string, object?> { ["name"] = "李", ["role"] = "a" },
            new Dictionary<string, object?> { ["name"] = "王", ["role"] = "b" },
        },
    };

    private static string Loop(string body, string before = "", string behind = "{{ s | size }}", int turns = 9000) =>
        $"{before}{{% for i in (1..{turns}) %}}{body}{{% endfor %}}{behind}";

    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private const string Long = "{% assign s = (1..9000) | join: 'xxxxxxxxxxxxxxxx' %}";

    private const string Twice = "{% assign l = l | concat: l %}";
    private const string Group = "{% assign l = l | group_by: 'name' %}";
    private const string People = "{% assign l = people %}";

    private static readonly string[] Filters =
    [
        .. ("append prepend capitalize upcase downcase strip lstrip rstrip strip_newlines replace remove replace_first "
            + "remove_first split truncate truncatewords url_encode url_decode base64 base64_encode slice string "
            + "escape escape_once raw newline_to_br strip_html default json date format_date first last size join map "
            + "compact "
            + "where reject find has reverse concat uniq sum sort sort_natural keys group_by plus minus times "
            + "divided_by modulo abs ceil floor round at_least at_most format_number").Split(' '),
    ];

    public static TheoryData<string, string> Deep => new()
    {
        { "if", Times("{%if yes%}", 5000) },
        { "if closed", Times("{%if n%}", 3000) + Times("{%endif%}", 3000) },
        { "for", Times("{%for i in n%}", 4000) },
        { "capture", Times("{%capture a%}", 5000) },
        { "case", Times("{%case n%}{%when 7%}", 3000) },
        { "unless in else", Times("{%if n%}{%else%}", 4000) },
        { "brackets", "{{ " + Times("(", 5000) + "1" + Times(")", 5000) + " }}" },
        { "ranges", "{{ " + Times("(1..", 5000) + "1" + Times(")", 5000) + " }}" },
        { "indexes", "{{ " + Times("a[", 5000) + "1" + Times("]", 5000) + " }}" },
    };

    public static TheoryData<string, string> Wasteful => new()
    {
        { "range", "{% for i in (1..1000000000) %}{{ i }}{% endfor %}" },
        { "range joined", "{{ (1..1000000000) | join: ',' }}" },
        { "range of all numbers", "{% for i in (-2147483648..2147483647) %}{% endfor %}" },
        { "six loops", Times("{% for i in (1..100) %}", 6) + "x" + Times("{% endfor %}", 6) },
        { "append", Loop("{% assign s = s | append: s %}", "{% assign s = 'xxxxxxxxxx' %}") },
        { "prepend", Loop("{% assign s = s | prepend: s %}", "{% assign s = 'xxxxxxxxxx' %}") },
        { "capture", Loop("{% capture s %}{{ s }}{{ s }}{% endcapture %}", "{% assign s = 'xxxxxxxxxx' %}") },
        { "concat", Loop("{% assign l = l | concat: l %}", "{% assign l = 'a,b' | split: ',' %}") },
        { "replace", Loop("{% assign s = s | replace: 'x', s %}", "{% assign s = 'xxxxxxxxxx' %}") },
        {
            "replace first",
            Loop($"{{% assign s = s | replace_first: 'x', '{new string('x', 60)}' %}}", "{% assign s = 'x' %}")
        },
        { "upcase", Loop("{% assign x = s | upcase %}", Long) },
        { "line breaks", Loop("{% assign s = s | newline_to_br %}", Long) },
        { "escape", Loop("{% assign s = s | append: '&' | escape %}", "{% assign s = '&' %}") },
        { "url_encode", Loop("{% assign s = s | url_encode | append: s %}", "{% assign s = '中' %}") },
        { "json", Loop("{% assign s = s | json %}", "{% assign s = '\"' %}") },
        { "base64", Loop("{% assign s = s | base64 %}", "{% assign s = 'x' %}") },
        { "split", Loop("{% assign l = s | split: '' %}", Long) },
        { "words", Loop("{{ s | truncatewords: 1 }}", "{% assign s = (1..9000) | join: ' ' %}") },
        { "sort", Loop("{% assign l = l | reverse | sort %}", "{% assign l = (1..9000) %}") },
        {
            "sort of long texts",
            Loop(
                "{% assign l = l | reverse | sort_natural %}",
                Long + "{% assign l = s | append: 'a,' | append: s | split: ',' %}")
        },
        { "uniq", Loop("{% assign l = l | uniq %}", "{% assign l = (1..9000) %}") },
        { "groups in groups", Loop(Group, People, "{{ l | json }}", 5000) },
        { "groups shown", Loop(Group, People, "{{ l }}", 5000) },
        {
            "groups compared",
            Loop(
                Group + "{% assign m = m | group_by: 'x' %}",
                People + "{% assign m = tags %}",
                "{% if l == m %}{% endif %}",
                5000)
        },
        { "the same list in itself", Loop(Twice + Group, People, "{{ l | json }}", 250) },
        { "the same list in itself, unique", Loop(Twice + Group, People, "{{ l | uniq | size }}", 250) },
        { "one long text many times", Loop(Twice, Long + "{% assign l = s | split: 'q' %}", "{{ l }}", 14) },
        {
            "one long text many times, joined",
            Loop(Twice, Long + "{% assign l = s | split: 'q' %}", "{{ l | join: '' | size }}", 14)
        },
        { "number format", "{{ 1 | format_number: 'N999999999' }}" },
        { "number format of whole numbers", "{{ 1 | format_number: 'D999999999' }}" },
        { "strip_html", Loop("{% assign x = s | strip_html %}", "{% assign s = (1..9000) | join: '<' %}") },
        { "contains", Loop("{% if s contains 'zz' %}{% endif %}", Long) },
        {
            "a part that nearly fits everywhere",
            Loop(
                "{% if s contains t %}{% endif %}{% assign x = s | replace: t, '' %}",
                "{% assign s = (1..9000) | join: 'abababababab' | remove: '1' | remove: '2' %}"
                + "{% assign t = s | slice: 0, 9000 | append: 'cab' %}")
        },
        {
            "long texts compared",
            Loop(
                "{% if s == t %}{% endif %}{% if s < t %}{% endif %}",
                Long + "{% assign t = s | append: 'x' %}{% assign s = s | append: 'y' %}")
        },
        {
            "a long text as a number",
            Loop("{{ s | plus: 1 }}{{ 1 | plus: s }}", "{% assign s = (1..9000) | join: '1' %}")
        },
        { "a condition of thousands", Loop("{% if " + Times("no and ", 7000) + "yes %}x{% endif %}") },
        { "thousands of branches", Loop("{% if no %}" + Times("{% elsif a %}", 4000) + "{% endif %}") },
        { "thousands of values", Loop("{% case n %}{% when " + Times("1,", 20000) + "2 %}x{% endcase %}") },
        { "thousands of arguments", Loop("{% assign x = 'a' | append: " + Times("n,", 20000) + "n %}") },
        { "thousands of filters", Loop("{% assign x = n" + Times("|abs", 15000) + " %}") },
        {
            "names inside many loops",
            Times("{%for i in n%}", 190) + Loop("{{a}}{{a}}{{a}}{{a}}{{a}}") + Times("{%endfor%}", 190)
        },
        { "a long date", Loop("{{ 'now' | date: '" + Times("%c", 600) + "' }}") },
    };

    public static TheoryData<string, string> Odd => new()
    {
        { "cut", "{{ 'abc' | truncate: -2147483648, 'x' }}{{ 'abc' | slice: -2147483648, 2147483647 }}" },
        { "numbers", "{{ 99999999999999999999999999999999 | round: 99 }}{{ -9223372036854775808 | abs }}" },
        { "infinity", Loop("{% assign x = x | times: x %}", "{% assign x = 9999999999999 %}", "{{ x }}", 1000) },
        { "sums", "{% assign l = '99999999999999999999999999999,1' | split: ',' %}{{ l | sum }}" },
        { "dates", "{{ 9223372036854775807 | date: '%Y' }}{{ '0001-01-01' | date: '%c' }}" },
        { "the last date", "{{ '9999-12-31T23:59:59' | date: '%s' }}" },
        { "a list as a name", "{{ map[tags] }}{% if map contains tags %}{% endif %}{{ people | map: tags | json }}" },
        { "a map as a list", "{{ map | first | json }}{{ map | sort | size }}{{ map | sum }}{{ map | uniq | size }}" },
        { "half a letter", "{{ '\ud83d' | upcase | url_encode | json | escape | base64 }}" },
        { "nothing", "{{ nil | append: nil | split: nil | join: nil | slice: nil | date: nil | round: nil }}" },
        { "a cycle of thousands", Loop("{% cycle " + Times("'a', ", 9000) + "'b' %}", behind: "") },
        { "blanks", "{{" + new string(' ', 60000) + "}}" },
        { "members", "{{ a" + Times(".a", 20000) + " }}" },
    };

    public static TheoryData<string, string> Broken => new()
    {
        { "a letter of no alphabet", "\0{{ \0 }}" },
        { "outputs opened", Times("{{", 30000) },
        { "tags opened", Times("{%", 30000) },
        { "quotes", "{{ " + Times("'", 60001) },
        { "outputs with a quote", Times("{{ ' ", 12000) },
        { "ends", Times("{% endif %}", 5000) },
        { "comments opened", Times("{% comment %}", 5000) },
        { "raw opened", "{% raw %}" + Times("{% ", 20000) },
        { "dashes", Times("{{-", 20000) },
        { "lines", new string('\n', 60000) + "{{ a b }}" },
        { "too long", new string('x', 100_000) },
        { "another file", "{% include '/etc/passwd' %}" },
        { "another template", "{% render 'x' %}" },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    [MemberData(nameof(Broken))]
    public void Is_refused_when_it_is_compiled(string name, string template) =>
        Ended(template).Should().BeOfType<ExpressionException>(name)
            .Which.Kind.Should().NotBe(ExpressionErrorKind.Runtime);

    [Theory]
    [MemberData(nameof(Wasteful))]
    public void Is_stopped_with_its_place(string name, string template)
    {
        var failure = Ended(template).Should().BeOfType<ExpressionException>(name).Which;

        failure.Line.Should().BePositive();
        Problems.Of(failure).Zh.Should().EndWith("列）");
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Is_rendered(string name, string template) => Ended(template).Should().BeNull(name);

    /// <summary>Whatever stands in a template, it gives text or an <see cref="ExpressionException"/>.</summary>
    [Fact]
    public void Chance_finds_no_other_end()
    {
        var values = "n tags people map yes nil 'a,b' '' -1 2.5 (1..3) map.tags[0] forloop s empty '{{' people[0]"
            .Split(' ');
        var random = new Random(1905);
        for (var round = 0; round < 4000; round++)
        {
            var template = Piece(random.Next(1, 6), 0);
            var html = round % 2 == 0;
            var failure = Record.Exception(() => LiquidTemplate.Compile(template).Render(Values, Now, html));
            (failure is null or ExpressionException).Should().BeTrue($"{template} gave {failure}");
        }

        string Value() => values[random.Next(values.Length)];

        string Filtered()
        {
            var text = Value();
            for (var count = random.Next(4); count > 0; count--)
            {
                text += $" | {Filters[random.Next(Filters.Length)]}";
                if (random.Next(3) > 0) text += $": {Value()}";
                if (text.EndsWith(Value(), StringComparison.Ordinal)) text += $", {Value()}";
            }

            return text;
        }

        string Piece(int count, int depth)
        {
            var text = "";
            for (; count > 0; count--)
            {
                var inside = depth > 3 ? "x" : Piece(random.Next(3), depth + 1);
                text += random.Next(9) switch
                {
                    0 => $"{{% if {Value()} == {Value()} or {Value()} contains {Value()} %}}{inside}{{% endif %}}",
                    1 => $"{{% for s in {Value()} limit: {Value()} %}}{inside}{{{{ s }}}}{{% endfor %}}",
                    2 => $"{{% assign s = {Filtered()} %}}",
                    3 => $"{{% capture s %}}{inside}{{% endcapture %}}",
                    4 => $"{{% case {Value()} %}}{{% when {Value()}, {Value()} %}}{inside}{{% endcase %}}",
                    5 => $"{{% cycle {Value()}, {Value()} %}}{{%- increment s -%}}",
                    6 => "{% " + Value() + " %}"[random.Next(3)..],
                    _ => $"{{{{ {Filtered()} }}}}",
                };
            }

            return text;
        }
    }

    /// <summary>
    /// Compiles and renders on a small stack. Counted is the time of the processor, since other work may hold the
    /// thread up, and the better of two tries, since the first one compiles the engine itself.
    /// </summary>
    private static Exception? Ended(string template)
    {
        var end = Try(template);
        if (end.Time > MostTime) end = Try(template);
        end.Bytes.Should().BeLessThan(MostBytes);
        end.Time.Should().BeLessThan(MostTime);
        return end.Failure;
    }

    private static (Exception? Failure, long Bytes, TimeSpan Time) Try(string template)
    {
        Exception? failure = null;
        var bytes = 0L;
        var time = TimeSpan.Zero;
        var thread = new Thread(
            () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var start = ThreadTime();
                failure = Record.Exception(() => LiquidTemplate.Compile(template).Render(Values, Now));
                time = ThreadTime() - start;
                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            },
            Stack);
        thread.Start();
        thread.Join();
        return (failure, bytes, time);
    }

    private static TimeSpan ThreadTime()
    {
        const string Account = "/proc/thread-self/schedstat";
        if (!File.Exists(Account)) return Stopwatch.GetElapsedTime(0);
        var nanoseconds = File.ReadAllText(Account).Split(' ')[0];
        return TimeSpan.FromTicks(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick);
    }
}
