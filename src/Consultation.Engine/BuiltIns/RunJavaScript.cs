using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Runs a script, which may choose outcomes with <c>setOutcome</c> or <c>setOutcomes</c>.</summary>
internal sealed class RunJavaScript : Activity
{
    private readonly InputBinding<string?> _text;
    private readonly CompiledExpression? _script;
    private readonly OutputBinding _result;

    private RunJavaScript(ActivityNode node)
    {
        _result = node.Output("Result");
        if (SourceOf(node) is not { } source)
        {
            _text = node.Input<string?>("Script");
            return;
        }

        _text = node.Expression<string?>("Script", null);
        try
        {
            _script = JavaScriptExpression.Compile(source);
        }
        catch (ExpressionException bad)
        {
            node.Report(node.Finding(
                FindingSeverity.Error,
                "bad-expression",
                new BilingualText($"脚本有误：{Problems.Of(bad).Zh}", $"The script is not valid: {bad.Message}"),
                new BilingualText("请在所示行列处更正脚本", "Correct the script at the line and column named"),
                "Script") with
            { Line = bad.Line, Column = bad.Column });
        }
    }

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.RunJavaScript", "运行脚本", "Run JavaScript")
            .Scripting()
            .Description("运行一段 JavaScript", "Executes JavaScript code")
            .Input("Script", "String", "脚本", "Script", i => i with
            {
                UIHint = UIHints.CodeEditor,
                DefaultSyntax = "Literal",
                UISpecifications = new JsonObject
                {
                    [UIHints.CodeEditor] = new JsonObject
                    {
                        ["editorHeight"] = 1,
                        ["language"] = "javascript",
                        ["singleLineMode"] = false,
                    },
                },
            })
            .Input("PossibleOutcomes", "String[]", "可能的结果", "Possible outcomes", i => i with
            {
                UIHint = UIHints.DynamicOutcomes,
                DefaultSyntax = "Object",
                UISpecifications = new JsonObject
                {
                    ["DynamicOutcomesOptions"] = new JsonObject { ["fixedOutcomes"] = new JsonArray("Done") },
                },
            })
            .Output("Result", "Object", "结果", "Result")
            .Build(),
        node => new RunJavaScript(node));

    public override void Execute(ActivityContext context)
    {
        var script = _script;
        if (script is null)
        {
            var text = _text.Get(context);
            if (string.IsNullOrWhiteSpace(text))
            {
                context.Complete();
                return;
            }

            script = JavaScriptExpression.Compile(text);
        }

        var outcomes = new List<string>();
        var scope = context.Step.ScopeOf(context.Execution);
        scope.Extra = new Dictionary<string, object?>
        {
            ["setOutcome"] = Collect(outcomes),
            ["setOutcomes"] = Collect(outcomes),
        };
        try
        {
            context.SetOutput(_result, script.Evaluate(scope));
        }
        finally
        {
            scope.Extra = null;
        }

        if (outcomes.Count == 0) context.Complete();
        else context.CompleteWithOutcomes([.. outcomes]);
    }

    private static Func<object?[], object?> Collect(List<string> outcomes) => arguments =>
    {
        outcomes.Clear();
        foreach (var argument in arguments)
        {
            if (argument is List<object?> several) outcomes.AddRange(several.Select(PlainData.ToText));
            else outcomes.Add(PlainData.ToText(argument));
        }

        return null;
    };

    /// <summary>The script's text when the definition gives it, as a fixed value or as an expression.</summary>
    private static string? SourceOf(ActivityNode node) => node.Bare("Script") switch
    {
        JsonValue bare => bare.ToString(),
        JsonObject wrapper when wrapper["expression"] is JsonObject expression
            && expression.Text("type") is "Literal" or "JavaScript" => expression.Text("value"),
        _ => null,
    };
}
