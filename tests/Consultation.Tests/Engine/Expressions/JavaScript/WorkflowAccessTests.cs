using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Expressions.JavaScript;

public sealed class WorkflowAccessTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(8));

    private readonly TrialScope _scope = new()
    {
        Variables =
        {
            ["visitorName"] = "李明",
            ["visits"] = 4L,
            ["votes"] = new List<object?> { "yes", "no" },
            ["plan"] = new Dictionary<string, object?> { ["title"] = "十周计划", ["weeks"] = 10L },
            ["wait"] = TimeSpan.FromHours(26),
            ["due"] = Morning,
            ["人数"] = 12L,
            ["road_name"] = null,
        },
        Inputs = { ["Topic"] = "停车", ["people"] = new List<object?> { 1L, 2L } },
        Outputs = { ["Ask Resident.Result"] = "好", ["Count.Result"] = 3L },
        LastResult = new Dictionary<string, object?> { ["ok"] = true },
    };

    [Theory]
    [InlineData("getVariable('visitorName')", "\"李明\"")]
    [InlineData("getVariable('nobody')", "null")]
    [InlineData("variables.visitorName + '!'", "\"李明!\"")]
    [InlineData("variables.nobody", "null")]
    [InlineData("variables['visits'] + 1", "5")]
    [InlineData("getVisitorName()", "\"李明\"")]
    [InlineData("!!getVisitorName()", "true")]
    [InlineData("getVisits() === 4", "true")]
    [InlineData("get人数() + 1", "13")]
    [InlineData("getRoadName()", "null")]
    [InlineData("getInput('Topic')", "\"停车\"")]
    [InlineData("input.Topic", "\"停车\"")]
    [InlineData("getTopic()", "\"停车\"")]
    [InlineData("getPeople().length", "2")]
    [InlineData("getOutputFrom('Count', 'Result')", "3")]
    [InlineData("getResultFromAskResident()", "\"好\"")]
    [InlineData("getLastResult().ok", "true")]
    [InlineData("getWorkflowInstanceId() + workflowInstanceId", "\"run-1run-1\"")]
    [InlineData("getWorkflowDefinitionId() + getWorkflowDefinitionVersionId() + getWorkflowDefinitionVersion()",
        "\"definition-1version-13\"")]
    [InlineData("getCorrelationId() + correlationId", "\"case-1case-1\"")]
    [InlineData("getWorkflowInstanceName()", "null")]
    [InlineData("[isNullOrWhiteSpace(' '), isNullOrWhiteSpace(null), isNullOrWhiteSpace('a'), isNullOrEmpty('')]",
        "[true,true,false,true]")]
    [InlineData("toJson({名: [1, null]})", "\"{\\\"名\\\":[1,null]}\"")]
    [InlineData("newGuid() !== newGuidString() && parseGuid(newGuid()).length === 36", "true")]
    [InlineData("newShortGuid().length > 10 && getShortGuid() !== getGuidString()", "true")]
    [InlineData(
        "stringFromBase64(stringToBase64('中文')) + bytesToString(bytesFromBase64(bytesToBase64(bytesFromString('é'))))",
        "\"中文é\"")]
    [InlineData("streamToBase64([228, 184, 173]) + streamToBytes('5Lit').length", "\"5Lit3\"")]
    [InlineData(
        "/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(newGuid()) && getGuid() !== newGuid()",
        "true")]
    [InlineData("globalThis['get' + 'Visits']() + globalThis.getVariable('visits')", "8")]
    [InlineData("typeof getNobody + typeof getVisits + typeof variables", "\"undefinedfunctionobject\"")]
    [InlineData("(() => { const getVisits = () => 'own'; return getVisits() })()", "\"own\"")]
    [InlineData("(async () => (await variables.plan).weeks)()", "10")]
    [InlineData("new Date().getHours() + ':' + new Date().getTimezoneOffset()", "\"9:-480\"")]
    [InlineData("Object.keys(variables).includes('plan') && 'visits' in variables", "true")]
    [InlineData("variables.due.getHours() + ':' + variables.due.getMinutes()", "\"9:30\"")]
    [InlineData("variables.wait.totalHours + variables.wait / 3600000", "52")]
    [InlineData("`${variables.wait}`", "\"1.02:00:00\"")]
    [InlineData("Math.random() < 1 && Math.random() !== Math.random()", "true")]
    [InlineData("Date.now()", "1772328600000")]
    [InlineData("new Date().toISOString()", "\"2026-03-01T01:30:00.000Z\"")]
    public void Elsa_names_reach_the_workflow(string source, string expected)
    {
        var value = JavaScriptExpression.Compile(source).Evaluate(_scope);

        PlainData.ToJson(value).Should().Be(expected);
    }

    [Theory]
    [InlineData("setVariable('visits', 9)")]
    [InlineData("variables.visits = 9")]
    [InlineData("setVisits(9)")]
    [InlineData("variables.visits += 5")]
    public void A_variable_is_written(string source)
    {
        JavaScriptExpression.Compile(source).Evaluate(_scope);

        _scope.Variables["visits"].Should().Be(9L);
    }

    [Theory]
    [InlineData("variables.votes.push('yes')")]
    [InlineData("getVariable('votes').push('yes')")]
    [InlineData("getVotes().push('yes')")]
    [InlineData("const list = getVotes(); list.push('yes'); variables.votes.length === 3 || fail()")]
    public void A_list_changed_in_place_is_written_back_when_the_run_ends(string source)
    {
        var before = (List<object?>)_scope.Variables["votes"]!;

        JavaScriptExpression.Compile(source).Evaluate(_scope);

        _scope.Variables["votes"].Should().BeEquivalentTo(new[] { "yes", "no", "yes" });
        before.Should().HaveCount(2, "the step may still throw its result away");
    }

    [Fact]
    public void Reading_alone_writes_nothing()
    {
        JavaScriptExpression.Compile("variables.plan.title + getVotes().length + variables.due + variables.wait")
            .Evaluate(_scope);

        _scope.Written.Should().BeEmpty();
    }

    [Fact]
    public void A_run_that_fails_keeps_no_change_in_place()
    {
        var run = () =>
            JavaScriptExpression.Compile("variables.plan.weeks = 11; throw new Error('no')").Evaluate(_scope);

        run.Should().Throw<ExpressionException>();
        ((Dictionary<string, object?>)_scope.Variables["plan"]!)["weeks"].Should().Be(10L);
    }

    [Fact]
    public void Instants_and_spans_pass_through_as_they_are()
    {
        JavaScriptExpression.Compile("variables.wait").Evaluate(_scope).Should().Be(TimeSpan.FromHours(26));
        JavaScriptExpression.Compile("variables.due").Evaluate(_scope).Should().Be(Morning);
    }

    [Fact]
    public void Correlation_and_name_are_set()
    {
        JavaScriptExpression.Compile("setCorrelationId('c2'); setWorkflowInstanceName('名称')").Evaluate(_scope);

        _scope.CorrelationId.Should().Be("c2");
        _scope.WorkflowInstanceName.Should().Be("名称");
    }

    [Fact]
    public void The_host_adds_values_and_functions()
    {
        _scope.HostValues["quorum"] = 0.5;
        _scope.HostValues["daysOf"] = (Func<object?[], object?>)(a => (long)a[0]! * 2);

        JavaScriptExpression.Compile("daysOf(21) * quorum").Evaluate(_scope).Should().Be(21L);
    }

    [Fact]
    public void An_unknown_variable_is_refused_by_name_when_written()
    {
        var run = () => JavaScriptExpression.Compile("variables.nobody = 1").Evaluate(_scope);

        run.Should().Throw<ExpressionException>().Which.Problem.Should().Contain("nobody");
    }

    [Theory]
    [InlineData("args.x", "args is not declared")]
    [InlineData("createEventTriggerUrl('x')", "createEventTriggerUrl is not declared")]
    [InlineData("getConfig('x')", "getConfig is not known")]
    [InlineData("getSecret('x')", "getSecret is not known")]
    [InlineData("_.map([1])", "_ is not declared")]
    [InlineData("moment()", "moment is not declared")]
    public void What_of_elsa_is_not_here_says_so(string source, string words)
    {
        var run = () => JavaScriptExpression.Compile(source).Evaluate(_scope);

        run.Should().Throw<ExpressionException>().Which.Problem.Should().Contain(words);
    }

    [Fact]
    public void Undefined_never_leaves()
    {
        var value = JavaScriptExpression.Compile("({a: undefined, b: [undefined], f: () => 1})").Evaluate(_scope);

        PlainData.ToJson(value).Should().Be("{\"a\":null,\"b\":[null]}");
    }
}
