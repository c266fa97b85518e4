using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Expressions;

public sealed class LiquidTemplateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 5, 7, TimeSpan.FromHours(8));

    private static readonly Dictionary<string, object?> Values = new()
    {
        ["name"] = "李明",
        ["title"] = "hello world",
        ["html"] = "<b>\"x\" & y</b>",
        ["lines"] = "a\nb",
        ["n"] = 7L,
        ["price"] = 1234.5,
        ["small"] = 0.00001,
        ["large"] = 1e19,
        ["nothing"] = null,
        ["yes"] = true,
        ["no"] = false,
        ["blankText"] = "  ",
        ["tags"] = new List<object?> { "b", "a", "c" },
        ["none"] = new List<object?>(),
        ["due"] = new DateTimeOffset(2026, 3, 1, 1, 5, 7, TimeSpan.Zero),
        ["person"] = new Dictionary<string, object?>
        {
            ["name"] = "王芳",
            ["first-name"] = "芳",
            ["tags"] = new List<object?> { 1L, 2L },
        },
        ["people"] = new List<object?>
        {
            new Dictionary<string, object?> { ["name"] = "李", ["age"] = 30L, ["role"] = "a" },
            new Dictionary<string, object?> { ["name"] = "王", ["age"] = 25L, ["role"] = "b" },
            new Dictionary<string, object?> { ["name"] = "张", ["age"] = 35L, ["role"] = "a" },
        },
    };

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("{{ name }}您好", "李明您好")]
    [InlineData("{{name}}{{ nothing }}{{ missing.deep.path }}", "李明")]
    [InlineData("{{ yes }} {{ n }} {{ price }} {{ 'lit' }} {{ 1.50 }}", "true 7 1234.5 lit 1.5")]
    [InlineData(
        "{{ person.name }} {{ person['name'] }} {{ person.first-name }} {{ person.tags[1] }} {{ tags[-1] }} {{ "
            + "tags.first }}{{ tags.last }}{{ tags.size }}", "王芳 王芳 芳 2 c bc3")]
    [InlineData("{{ tags }}", "bac")]
    [InlineData("{{ name | append: '!' | prepend: '>' }}", ">李明!")]
    [InlineData("{{ title | capitalize }} {{ title | upcase }} {{ 'ABC' | downcase }}", "Hello world HELLO WORLD abc")]
    [InlineData(
        "{{ nothing | default: 'x' }}{{ '' | default: 'y' }}{{ no | default: 'z' }}{{ no | default: 'z', allow_false: "
            + "true }}{{ n | default: 1 }}", "xyzfalse7")]
    [InlineData("{{ html | escape }}", "&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;")]
    [InlineData(
        "{{ tags | first }}{{ tags | last }}{{ tags | size }}{{ title | size }}{{ tags | join: '、' }}", "bc311b、a、c")]
    [InlineData("{{ people | map: 'name' | join: ',' }}", "李,王,张")]
    [InlineData("{{ people | where: 'role', 'a' | map: 'name' | join }}", "李 张")]
    [InlineData(
        "{{ people | sort: 'age' | map: 'name' | join: '' }}{{ tags | sort | join: '' }}{{ tags | reverse | join: '' "
            + "}}", "王李张abccab")]
    [InlineData("{{ people | sum: 'age' }} {{ people | group_by: 'role' | map: 'name' | join }}", "90 a b")]
    [InlineData("{{ 'a,b,c' | split: ',' | join: '-' }}{{ 'a,b,,' | split: ',' | size }}", "a-b-c2")]
    [InlineData("{{ 'hello' | slice: 1, 3 }}{{ 'hello' | slice: -2, 2 }}{{ 'hello' | slice: 0 }}", "elllo" + "h")]
    [InlineData("[{{ '  x ' | strip }}{{ ' x' | lstrip }}{{ 'x ' | rstrip }}]", "[xxx]")]
    [InlineData("{{ 'aXbX' | replace: 'X', '-' }}{{ 'aXbX' | remove: 'X' }}{{ 'aXbX' | replace_first: 'X', '-' }}",
        "a-b-aba-bX")]
    [InlineData(
        "{{ 1.235 | round: 2 }} {{ 2.5 | round }} {{ 4.6 | floor }} {{ 4.1 | ceil }} {{ -3 | abs }}", "1.24 3 4 5 3")]
    [InlineData(
        "{{ 1 | plus: 2 }} {{ 5 | minus: 7 }} {{ 3 | times: 1.5 }} {{ 7 | divided_by: 2 }} {{ 7 | divided_by: 2.0 }} "
            + "{{ 7 | modulo: 3 }} {{ '3' | plus: '4' }} {{ 0.1 | plus: 0.2 }}", "3 -2 4.5 3 3.5 1 7 0.3")]
    [InlineData("{{ price | format_number: 'N2' }} {{ 1234567 | format_number }}", "1,234.50 1,234,567")]
    [InlineData(
        "{{ 'one two three' | truncate: 7 }} {{ 'one two three' | truncatewords: 2 }} {{ 'abcdef' | truncate: 4, '…' "
            + "}}", "one ... one two... abc…")]
    [InlineData("{{ '中 a' | url_encode }} {{ person.tags | json }} {{ name | json }}", "%E4%B8%AD+a [1,2] \"李明\"")]
    [InlineData("{{ lines | newline_to_br }}", "a<br />\nb")]
    [InlineData(
        "{% tablerow p in people cols: 2 %}{{ p.name }}{% if tablerowloop.col_last %}!{% endif %}{% endtablerow %}",
        "<tr class=\"row1\">\n<td class=\"col1\">李</td><td class=\"col2\">王!</td></tr>\n"
            + "<tr class=\"row2\"><td class=\"col1\">张!</td></tr>\n")]
    [InlineData("{% tablerow p in people limit: 1, offset: 1 %}{{ tablerowloop.row }}{{ p.name }}{% endtablerow %}",
        "<tr class=\"row1\">\n<td class=\"col1\">1王</td></tr>\n")]
    [InlineData("{% liquid\n  comment\n    if nothing\n  endcomment\n  for p in people\n    if p.role == 'a'\n"
        + "      echo p.name\n    endif\n  endfor\n%}。", "李张。")]
    [InlineData("{% for p in people %}{% liquid\nif p.name == '王'\nbreak\nendif\nassign last = p.name %}{% endfor %}"
        + "{{ last }}{% liquid echo name %}", "李李明")]
    [InlineData("{{ '中' | base64 }} {{ '中' | base64_encode }}", "5Lit 5Lit")]
    [InlineData("{{ small }} {{ large }} {{ 0.1 }} {{ 2.50 }}", "0.00001 10000000000000000000 0.1 2.5")]
    [InlineData("{{ 'a' | truncate: -1 }}{{ 'abc' | truncate: -1, 'x' }}{{ 'abcdef' | truncate: 2 }}", "...x...")]
    [InlineData(
        "{{ '<p>x</p>' | strip_html }}{{ tags | concat: person.tags | size }}{{ 'a,a,b' | split: ',' | uniq | size "
            + "}}{{ tags | compact | size }}", "x523")]
    [InlineData("{{ due | date: '%Y-%m-%d %H:%M:%S' }}", "2026-03-01 09:05:07")]
    [InlineData("{{ due | date: '%Y年%-m月%-d日 %A %p%I时' }}", "2026年3月1日 星期日 上午09时")]
    [InlineData("{{ due | date: '%a %b %e %y %j %l %L %% %s %z %F %T' }}",
        "Sun Mar  1 26 060  9 000 % 1772327107 +0800 2026-03-01 09:05:07")]
    [InlineData(
        "{{ '2026-12-31' | date: '%d.%m.%Y' }} {{ 'now' | date: '%H:%M' }} {{ 'junk' | date: '%Y' }} {{ 0 | date: "
            + "'%Y' }}", "31.12.2026 09:05 junk 1970")]
    [InlineData("{{ due }}", "2026-03-01 09:05:07 +08:00")]
    [InlineData("{% if n > 5 %}big{% elsif n > 3 %}mid{% else %}small{% endif %}", "big")]
    [InlineData(
        "{% if nothing %}a{% else %}b{% endif %}{% if '' %}c{% endif %}{% unless no %}d{% else %}e{% endunless %}",
        "bcd")]
    [InlineData(
        "{% if tags contains 'a' and name == '李明' %}ok{% endif %}{% if title contains 'wor' %}2{% endif %}", "ok2")]
    [InlineData(
        "{% if none == empty %}e{% endif %}{% if blankText == blank %}b{% endif %}{% if nothing == nil %}n{% endif "
            + "%}{% if name != empty %}x{% endif %}", "ebnx")]
    [InlineData("{% if true or false and false %}right{% endif %}", "right")]
    [InlineData("{% if 'b' > 'a' and 2 >= 2 and 1 <= 2 and 1 < 2 and 1 <> 2 %}y{% endif %}", "y")]
    [InlineData(
        "{% case n %}{% when 1 %}one{% when 7, 8 %}seven{% else %}other{% endcase %}{% case name %}{% when 'x' or 'y' "
            + "%}xy{% else %}other{% endcase %}", "sevenother")]
    [InlineData(
        "{% for p in people %}{{ forloop.index }}{{ p.name }}{% unless forloop.last %},{% endunless %}{% endfor %}",
        "1李,2王,3张")]
    [InlineData(
        "{% for i in (1..5) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% "
            + "endfor %}", "13")]
    [InlineData(
        "{% for i in (1..9) limit: 2 offset: 3 reversed %}{{ i }}{% endfor %}{% for x in none %}{% else %}empty{% "
            + "endfor %}", "54empty")]
    [InlineData(
        "{% for a in (1..2) %}{% for b in (1..2) %}{{ forloop.parentloop.index }}{{ b }} {% endfor %}{% endfor %}",
        "11 12 21 22 ")]
    [InlineData("{% for pair in person %}{{ pair[0] }};{% endfor %}", "name;first-name;tags;")]
    [InlineData("{% for i in (1..3) %}{{ forloop.rindex }}{{ forloop.index0 }}{{ forloop.first }} {% endfor %}",
        "30true 21false 12false ")]
    [InlineData("{% assign x = 'a' | append: 'b' %}{{ x }}{% capture y %}[{{ x }}]{% endcapture %}{{ y }}", "ab[ab]")]
    [InlineData("a{% comment %} {{ broken {% endcomment %}b{% raw %}{{ x }}{% endraw %}c{% # note %}", "ab{{ x }}c")]
    [InlineData("{% increment k %}{% increment k %}{% decrement m %}{{ k }}", "01-12")]
    [InlineData("{% for i in (1..3) %}{% cycle 'odd', 'even' %} {% endfor %}{% echo name %}", "odd even odd 李明")]
    [InlineData("a  {{- n -}}  b {%- if yes -%} c {%- endif %} d", "a7bc d")]
    [InlineData("{ {{ '{{' }} }} %}", "{ {{ }} %}")]
    public void A_template_renders(string source, string expected)
    {
        LiquidTemplate.Compile(source).Render(Values, Now).Should().Be(expected);
    }

    [Theory]
    [InlineData("{{ html }}", "&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;")]
    [InlineData("{{ html | raw }}", "<b>\"x\" & y</b>")]
    [InlineData("{{ html | escape }}", "&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;")]
    [InlineData("<p>{{ '<' | append: lines | newline_to_br }}</p>", "<p>&lt;a<br />\nb</p>")]
    [InlineData(
        "{% capture c %}<i>{{ html }}</i>{% endcapture %}{{ c }}", "<i>&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;</i>")]
    [InlineData("{{ html | raw | upcase }}", "&lt;B&gt;&quot;X&quot; &amp; Y&lt;/B&gt;")]
    public void In_an_html_mail_every_value_is_encoded_once(string source, string expected)
    {
        LiquidTemplate.Compile(source).Render(Values, Now, htmlEncode: true).Should().Be(expected);
    }

    [Fact]
    public void Elsa_roots_reach_the_workflow()
    {
        var scope = new TrialScope
        {
            Variables = { ["VisitorName"] = "李明", ["list"] = new List<object?> { 1L, 2L } },
            Inputs = { ["Topic"] = "停车" },
            HostValues = { ["Case"] = new Dictionary<string, object?> { ["No"] = "X-1" } },
        };

        var text = LiquidTemplate.Compile(
            "Welcome {{ Variables.VisitorName }} {{ Variables.list[1] }} {{ Input.Topic }} {{ WorkflowInstanceId }} "
                + "{{ CorrelationId }} "
            + "{{ WorkflowDefinitionId }} {{ WorkflowDefinitionVersion }} {{ Case.No }}{{ Variables.Nobody }}")
            .Evaluate(scope);

        text.Should().Be("Welcome 李明 2 停车 run-1 case-1 definition-1 3 X-1");
    }

    [Theory]
    [InlineData("{{ name", 1, 1)]
    [InlineData("x\n{% if a %}", 2, 1)]
    [InlineData("{% endif %}", 1, 1)]
    [InlineData("{{ a | nofilter }}", 1, 8)]
    [InlineData("ab {% nonsense %}", 1, 4)]
    [InlineData("{% for x of y %}{% endfor %}", 1, 10)]
    [InlineData("{{ a b }}", 1, 6)]
    [InlineData("{% break %}", 1, 1)]
    [InlineData("{{ 'x }}", 1, 4)]
    [InlineData("{% include 'x' %}", 1, 1)]
    [InlineData("{% assign = 1 %}", 1, 11)]
    [InlineData("{% tablerow x in y rows: 2 %}{% endtablerow %}", 1, 20)]
    [InlineData("{% tablerow x in y %}", 1, 1)]
    [InlineData("{% liquid\nif yes\necho 'a'\n%}", 2, 1)]
    [InlineData("{% liquid\nassign x\n%}", 2, 9)]
    public void A_mistake_is_named_with_its_place_when_the_template_is_compiled(string source, int line, int column)
    {
        var compile = () => LiquidTemplate.Compile(source);

        var error = compile.Should().Throw<ExpressionException>().Which;
        error.Kind.Should().Be(ExpressionErrorKind.Syntax);
        (error.Line, error.Column).Should().Be((line, column));
    }

    [Theory]
    [InlineData("{{ 1 | divided_by: 0 }}")]
    [InlineData("{% for i in (1..1000000000) %}{% endfor %}")]
    [InlineData("{% for a in (1..1000) %}{% for b in (1..1000) %}x{% endfor %}{% endfor %}")]
    [InlineData("{% assign s = 'xxxxxxxxxx' %}{% for i in (1..100) %}{% assign s = s | append: s %}{% endfor %}")]
    [InlineData("{% assign s = 'xxxxxxxxxx' %}{% for i in (1..100) %}{% assign s = s | replace: 'x', s %}{% endfor %}")]
    [InlineData("{% assign l = 'a,b' | split: ',' %}{% for i in (1..100) %}{% assign l = l | concat: l %}{% endfor %}")]
    public void A_template_that_asks_for_too_much_is_stopped(string source)
    {
        var render = () => LiquidTemplate.Compile(source).Render(Values, Now);

        render.Should().Throw<ExpressionException>().Which.Line.Should().Be(1);
    }

    [Fact]
    public void Deep_blocks_are_refused()
    {
        var compile = () => LiquidTemplate.Compile(string.Concat(Enumerable.Repeat("{% if a %}", 5000)));

        compile.Should().Throw<ExpressionException>().Which.Kind.Should().Be(ExpressionErrorKind.Limit);
    }
}
