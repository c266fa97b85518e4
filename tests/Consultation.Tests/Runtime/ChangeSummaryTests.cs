using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;

namespace Consultation.Tests.Runtime;

public sealed class ChangeSummaryTests
{
    [Fact]
    public void What_came_went_changed_and_was_led_elsewhere_is_named_once_each()
    {
        var told = ChangeSummary.Of(
        [
            new(DifferencePart.Setting, "name", null, "甲", "乙"),
            new(DifferencePart.Activity, "审批", null, null, "Consultation.RequestApproval"),
            new(DifferencePart.Variable, "旧变量", null, "String", null),
            new(DifferencePart.Activity, "通知", "text", "早", "晚"),
            new(DifferencePart.Activity, "通知", "title", "一", "二"),
            new(DifferencePart.Connection, "起草", "Done", "审批", "通知"),
        ]);

        told.Zh.Should().Be("新增 审批；删除 旧变量；修改 通知；连线 起草；设置 name");
        told.En.Should().Be("added 审批; removed 旧变量; changed 通知; connections 起草; settings name");
    }

    [Fact]
    public void At_most_five_of_a_kind_are_named()
    {
        var six = Enumerable.Range(1, 6).Select(
            at => new DefinitionDifference(DifferencePart.Activity, $"步骤{at}", null, null, "Elsa.End")).ToList();

        ChangeSummary.Of(six).Zh.Should().Be("新增 步骤1、步骤2、步骤3、步骤4、步骤5 …");
    }

    [Fact]
    public void No_difference_is_told_as_such() => ChangeSummary.Of([]).En.Should().Be("the same content");
}
