using System.Globalization;
using System.Text.RegularExpressions;
using Consultation.Activities.Designer;
using Consultation.Cases.History;
using Consultation.Cases.Numbers;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Numbers;

/// <summary>
/// Takes the next number of a yearly, gap-free series (O32); the case's own number where the node says so.
/// </summary>
internal sealed partial class GiveNumber : CaseActivity, IDescribedActivity
{
    private readonly InputBinding<string?> _series, _pattern, _target;
    private readonly OutputBinding _number;

    public GiveNumber(ActivityNode node)
        : base(node)
    {
        _series = node.Input<string?>("Series", SeriesKeys.Case);
        _pattern = node.Input<string?>("Pattern", "{year}-{n}");
        _target = node.Input<string?>("Target", "document");
        _number = node.Output("Number");
    }

    public static ActivityType Type { get; } = new(
        Activity("Consultation.GiveNumber", "编号", "Give a number")
            .Category("文书", "Documents")
            .Description("按年度连续编号，不跳号", "Takes the next number of a yearly series without gaps")
            .Input("Series", "String", "编号序列", "Series")
            .Input("Pattern", "String", "编号格式", "Pattern", input => input with
            {
                Description = new(
                    "{year} 年份，{n} 序号，{n:3} 三位序号", "{year} is the year, {n} the number, {n:3} padded to three digits"),
            })
            .Pick("Target", "用于", "For", [
                new("document", new("文书", "A document")), new("case", new("协商事项", "The case"))])
            .Output("Number", "String", "编号", "Number").Build(),
        node => new GiveNumber(node));

    /// <summary>Fills {year} and {n}; {n:3} pads to three digits.</summary>
    public static string Format(string pattern, int year, int number) =>
        Place().Replace(pattern, match => match.Groups["name"].Value switch
    {
        "year" => year.ToString(CultureInfo.InvariantCulture),
        _ => number.ToString(CultureInfo.InvariantCulture)
            .PadLeft(int.TryParse(match.Groups["width"].ValueSpan, out var width) ? Math.Min(width, 9) : 0, '0'),
    });

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var year = file.Calendar.DayOf(context.Now).Year;
        var series = _series.Get(context) is { Length: > 0 } given ? given : SeriesKeys.Case;
        var isCase = _target.Get(context) == "case";
        if (isCase && file.Case.Number is { } known)
        {
            // A case keeps its number when the step runs again.
            context.SetOutput(_number, known);
            context.Complete();
            return;
        }

        var number = Format(_pattern.Get(context) ?? "{year}-{n}", year, file.NextNumber(series, year));
        if (isCase) file.Case.Number = number;
        context.SetOutput(_number, number);
        Tell(context, file, HistoryVerbs.NumberGiven, new($"{Node.DisplayText}：{number}。", $"Number given: {number}."));
        context.Complete();
    }

    [GeneratedRegex(@"\{(?<name>year|n)(?::(?<width>\d))?\}")]
    private static partial Regex Place();
}
