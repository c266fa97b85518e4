using Consultation.Activities.Designer;
using Consultation.Activities.Notices;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Routing;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Routing;

/// <summary>
/// Sends the reply to the proposers and asks what they think of it: 满意, 基本满意, 不满意. Each answers by the link of
/// the mail, by number and code, or the desk enters it. One who is not satisfied decides at once; otherwise it ends
/// when all have answered, or with the time, by the least content of those who did.
/// </summary>
internal sealed class AskRating : CaseActivity, IMailingActivity
{
    /// <summary>Name of the bookmark at which answers arrive.</summary>
    public const string RatingBookmark = "Consultation.Rating";

    private const string AskTag = "ask";
    private readonly StepTools _tools;
    private readonly InputBinding<string?> _within;
    private readonly OutputBinding _round, _reason;

    public AskRating(ActivityNode node, StepTools tools)
        : base(node)
    {
        _tools = tools;
        _within = node.Input<string?>("Within", "7d");
        _round = node.Output("Round");
        _reason = node.Output("Reason");
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.AskRating", "答复并征求评价", "Reply and ask what they think")
            .Category("办理", "Work").Pauses()
            .Description(
                "把答复发给提出人，请提出人评价；不满意的立即往下走",
                "Sends the reply to the proposers and asks what they think; whoever is not satisfied decides at once")
            .Duration("Within", "评价的期限", "May be answered within", "7d")
            .Output("Round", "Int32", "第几次征求", "Which time it was asked")
            .Output("Reason", "String", "不满意的原因", "Why not satisfied")
            .OptionalOutcome("Satisfied", "满意", "Satisfied")
            .OptionalOutcome("MostlySatisfied", "基本满意", "Mostly satisfied")
            .OptionalOutcome("Dissatisfied", "不满意", "Not satisfied")
            .OptionalOutcome("NotAnswered", "到期没有评价", "Nobody answered").Build(),
        node => new AskRating(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Duration(node, "Within"),
            .. NodeChecks.Outcomes(node, ["Satisfied", "MostlySatisfied", "Dissatisfied", "NotAnswered"]),
        ]));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var within = DueTime.Read(_within.Get(context) is { Length: > 0 } text ? text : "7d", file);
        var bookmark = context.CreateBookmark(
            new BookmarkRequest { Name = RatingBookmark, Stimulus = context.NewId(), AutoBurn = false, Tag = AskTag });
        var round = (file.Case.Rating?.Round ?? 0) + 1;
        file.Case.Rating = new RatingAsked
        {
            Until = AnswerSpan.Begin(context, file, within),
            InstanceId = context.InstanceId,
            BookmarkId = bookmark.Id,
            Round = round,
        };
        var reply = ReplyOf(file);
        var keys = new Dictionary<MatterId, string>();
        foreach (var matter in file.Matters)
        {
            keys[matter.Id] = MatterRules.NewKey();
            matter.ReplyKeyHash = MatterRules.HashFollowSecret(keys[matter.Id]);
            (matter.Answer, matter.SettledAt) = (reply.Zh, context.Now);
        }

        var told = new CaseMail(_tools, file, context.Now).InformProposers(
            MailTemplateCatalogue.MatterReply, _ => new Dictionary<string, object?>
            {
                ["reply"] = reply.InBoth(),
                ["rate_until"] = MailWords.Of(file.Case.Rating.Until),
                ["reopened"] = round > 1,
            }, matter => keys[matter.Id], round);
        Tell(context, file, HistoryVerbs.NoticeSent, new(
            $"答复已发给{told}位提出人，请在 {file.Case.Rating.Until:yyyy-MM-dd} 前评价。",
            $"The reply went to {told} proposers, who are asked for their opinion by "
                + $"{file.Case.Rating.Until:yyyy-MM-dd}."));
        AnswerSpan.SetEnd(context, file, file.Case.Rating.Until);
    }

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        var file = FileOf(context);
        var answered = file.Matters.FindAll(matter => matter.RatedRound == file.Case.Rating!.Round);
        var worst = answered.Count == 0 ? null : answered.Max(matter => matter.Satisfaction);
        var isOver = bookmark.Tag == AnswerSpan.EndTag && file.Calendar.DayOf(context.Now) > file.Case.Rating!.Until;
        if (bookmark.Tag == AnswerSpan.EndTag && !isOver)
        {
            AnswerSpan.SetEnd(context, file, file.Case.Rating!.Until);
            return;
        }

        if (worst != Satisfaction.Dissatisfied && answered.Count < file.Matters.Count && !isOver) return;
        context.RemoveBookmarks();
        file.Case.Rating = file.Case.Rating! with { EndedAt = context.Now };
        foreach (var matter in file.Matters) matter.ReplyKeyHash = null;
        context.SetOutput(_round, (long)file.Case.Rating.Round);
        context.SetOutput(
            _reason, (payload as Dictionary<string, object?>)?.GetValueOrDefault("reason") as string ?? "");
        if (worst is null)
        {
            Tell(context, file, HistoryVerbs.RatingEnded, new("到期没有收到提出人的评价。", "No proposer answered in time."));
        }

        context.CompleteWithOutcome(worst?.ToString() ?? "NotAnswered");
    }

    /// <summary>The reply as the unit handed it in.</summary>
    private static LocalText ReplyOf(CaseFile file)
    {
        if (Records.Newest(file, FormKeys.RoutingReply, null) is not { Fields: var fields }) return LocalText.Empty;
        var day = fields.Day("done-by") is { } done ? MailWords.Of(done) : new MailWords("", "");
        var signed = fields.Day("signed-on") is { } on ? MailWords.Of(on) : new MailWords("", "");
        return new(
            $"{fields.Text("points")}\n办结或预计办结：{day.Zh}\n联系方式：{fields.Text("contact")}\n"
                + $"{fields.Text("signed")}　{signed.Zh}",
            $"{fields.Text("points")}\nDone, or to be done, by {day.En}\nContact: {fields.Text("contact")}\n"
                + $"{fields.Text("signed")}, {signed.En}");
    }
}
