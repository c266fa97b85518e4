using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Forms;

/// <content>Matters that are routed to a unit: 交办, 签收, 改办, 协办, 答复, 审核, 评价 (Q37, Q60, P05).</content>
public static partial class FormCatalogue
{
    private static IEnumerable<Form> Routing() =>
    [
        Form(FormKeys.RoutingAssignment, "交办", "Routing",
            "确定主办单位和协办单位。主办单位统一答复提出人。", "Name the unit in charge, which answers, and those that help.",
            Unit("lead-unit", "主办单位", "Unit in charge", "Q37 Q60").Must(),
            Units("helping-units", "协办单位", "Helping units", "Q37"),
            Text("wanted", "办理要求", "What is wanted", "Q37", max: 1000)),
        Form(FormKeys.RoutingReceipt, "签收", "Signing for a matter",
            "属于本单位职责的请签收；不属于的申请改办，并写明理由和建议的单位。",
            "Sign for what is your unit's; otherwise ask for another unit, with the reason and whom you suggest.",
            Unit("better-unit", "建议改由哪个单位办理", "Unit that you suggest", "Q37"),
            Text("reason", "申请改办的理由", "Reason for another unit", "Q37", max: 1000).IsReason()),
        Form(FormKeys.RoutingChange, "决定是否改办", "Another unit?",
            "同意改办的，接着重新交办；不同意的，由原单位继续办理。", "Granted, it is routed anew; refused, the unit goes on with it.",
            Text("opinion", "意见", "Opinion", "Q37", max: 1000).IsReason()),
        Form(FormKeys.RoutingHelp, "协办意见", "Opinion of a helping unit",
            "请就本单位职责范围内的部分提出意见，送主办单位统一答复。", "Say what your unit does; the unit in charge answers for all.",
            Text("opinion", "协办意见", "Opinion", "Q37", min: 5, max: 2000).Must()),
        Form(FormKeys.RoutingReply, "答复", "Reply to the proposer",
            "请逐条回应提出人反映的问题，写明已办什么、何时办完、由谁负责。审核后发给提出人。",
            "Answer every point: what was done, by when, who is responsible. It goes out after a second look.",
            Text("points", "逐条答复", "Answer, point by point", "Q37 P05", min: 20, max: 4000).Must(),
            Date("done-by", "办结或预计办结日期", "Done, or to be done, by", "Q37").Must(),
            Line("signed", "落款单位", "Signed by (unit)", "Q37", max: 100).Must(),
            Date("signed-on", "答复日期", "Day of the reply", "Q37").Must().Past(),
            Line("contact", "联系人和电话", "Contact and telephone", "Q37", max: 100).Must()),
        Form(FormKeys.RoutingQuality, "答复审核", "Second look at a reply",
            "有一项不符合的请退回修改，并写明要改什么。", "Where one of these fails, return the reply and say what to mend.",
            YesNo("points-answered", "反映的问题逐条作了回应", "Every point is answered", "Q37 P05").Must(),
            YesNo("days-given", "写明了办结或预计办结的时间", "It says by when", "Q37").Must(),
            YesNo("signature-there", "有落款单位、日期和联系方式", "It is signed, dated, with a contact", "Q37").Must(),
            Text("remark", "审核意见", "Remark", "Q37", max: 1000).IsReason()),
    ];
}
