using System.Globalization;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.Rules;
using Consultation.Cases.Votes;

namespace Consultation.Cases.Documents;

/// <content>Documents before a meeting, made from the meeting itself.</content>
public static partial class CaseDocuments
{
    /// <summary>Most names that a notice is addressed to one by one.</summary>
    private const int MostAddressees = 12;

    /// <summary>参会名单 (P23, Q89–Q93): everybody with class, vote and reply, in the version that stands now.</summary>
    private static void Roster(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var meeting = MeetingOf(file);
        paper.Builder.Title($"{Quoted(meeting.Title)}会议参会人员名单").Number($"第{meeting.RosterVersion}版");
        Seats(paper.Builder, file, meeting, withReply: true);
        var seats = meeting.Current.ToList();
        paper.Builder.Line(
            $"共{seats.Count}人，其中有表决权{seats.Count(seat => seat.HasVote)}人，"
                + $"列席{seats.Count(seat => !seat.HasVote)}人。", "");
        if (RosterVersions.Of(meeting)[^1] is { Number: > 1 } version)
        {
            paper.Builder.Numbered($"第{version.Number}版的变动").Text($"新增：{NamesOrNone(file, version.Came)}。\n"
                + $"退出：{(version.Went.Count == 0 ? "无" : string.Join('、', version.Went.Select(seat =>
                    $"{seat.NameIn(file.Directory)}{(seat.RemovedWhy is { Length: > 0 } why ? $"（{why}）" : "")}")))}。");
        }

        var plan = file.Records.Find(record => record.Kind == FormKeys.MeetingPlan);
        if (plan?.Fields.Text("invited-why") is { Length: > 0 } invited)
        {
            // A list with one point bears no number.
            if (meeting.RosterVersion > 1) paper.Builder.Numbered("酌情邀请说明").Text(invited);
            else paper.Builder.Text($"酌情邀请说明：{invited}");
        }

        paper.Close(Issuer(file));
    }

    /// <summary>会议议程 (P41): every item with its time and who leads it.</summary>
    private static void Agenda(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var meeting = MeetingOf(file);
        paper.Builder.Title($"{Quoted(meeting.Title)}会议议程").Facts(
            ("时间", WhenOf(meeting)), ("地点", meeting.Place), ("主持人", Person(file, meeting.HostId)),
            ("议题", TopicsOf(meeting)));
        paper.Builder.Space();
        AgendaTable(paper.Builder, file, meeting);
        paper.Close(Issuer(file));
    }

    /// <summary>会议通知 (P25, Q89): time, place, topic, agenda; to the roster; agenda and roster as annexes.</summary>
    private static void Notice(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var meeting = MeetingOf(file);
        var seats = SeatsInOrder(meeting);
        paper.Open($"关于召开{Quoted(meeting.Title)}协商议事会议的通知")
            .Addressee(seats.Count > MostAddressees ? "各参会单位、参会人员（名单附后）"
                : string.Join('、', seats.Select(seat => seat.NameIn(file.Directory))))
            .Text($"经研究，定于{ChineseDay.Of(meeting.On)}召开协商议事会议。现将有关事项通知如下。");
        var organiser = file.Directory.Find(meeting.OrganiserId);
        var last = meeting.ReplyBy ?? file.Calendar.DayOf(
            new DueBasis(file.Policies.Rules.Duration(RuleKeys.MeetingReply), meeting.On).Due(file.Calendar));
        var by = last >= file.Calendar.DayOf(paper.Now) ? $"请于{ChineseDay.Of(last)}前回复能否参会" : "请及时回复能否参会";
        foreach (var (heading, text) in new[]
        {
            ("会议时间", $"{WhenOf(meeting)}。"), ("会议地点", $"{meeting.Place}。"), ("会议议题", $"{TopicsOf(meeting)}。"),
            ("会议议程", $"{string.Join('、', AgendaTimes.Of(meeting).Select(item => item.Text))}。各项时间见附件。"),
            ("参会人员", $"{string.Join('、', ClassesOf(meeting))}，共{seats.Count}人。"),
            ("有关要求", $"（一）{by}，不能参加的请说明原因或委派他人，回复方式见通知邮件；没有邮箱的，请填写参会回执。\n"
                + $"（二）请提前15分钟到会签到，围绕议题准备发言。"
                + (meeting.Remark.Length > 0 ? $"\n（三）{meeting.Remark}" : "")),
        })
        {
            paper.Builder.Numbered(heading).Text(text);
        }

        if (organiser is not null)
        {
            var phone = organiser.Phone is { Length: > 0 } number ? $"，电话：{number}" : "";
            paper.Builder.Text($"联系人：{organiser.Name}{phone}");
        }

        paper.Builder.Annexes("会议议程", "参会人员名单", "参会回执");
        paper.Close(annexes: () =>
        {
            paper.Builder.Annex("附件1", "会议议程");
            AgendaTable(paper.Builder, file, meeting);
            paper.Builder.Annex("附件2", "参会人员名单");
            Seats(paper.Builder, file, meeting, withReply: false);
            paper.Builder.Annex("附件3", "参会回执").Facts(
                ("会议", $"{Quoted(meeting.Title)}协商议事会议（{WhenOf(meeting)}）"), ("姓名", "　"), ("单位职务", "　"),
                ("能否参加", "□ 参加　　□ 不能参加　　□ 委派他人参加"), ("不能参加的原因", "　"),
                ("代替人姓名和联系方式", "　"));
        });
    }

    /// <summary>
    /// 会议主持词 (P42): written from run sheet, topics, people with their duties, and the rule set.
    /// </summary>
    private static void HostScript(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var meeting = MeetingOf(file);
        var (seats, rules) = (SeatsInOrder(meeting), AdoptedRules.Of(file));
        paper.Builder.Title($"{Quoted(meeting.Title)}协商议事会议主持词")
            .Note($"{WhenOf(meeting)}，{meeting.Place}")
            .Addressee("各位委员、各位代表、同志们")
            .Text($"现在开会。今天我们围绕{string.Concat(Topics(meeting).Select(Quoted))}召开协商议事会议，由我主持。")
            .Text("首先，介绍参加今天会议的人员：");
        paper.Builder.Text(string.Join("；\n", GroupsOf(meeting).Select(group =>
            $"{group.Name}：{string.Join('、', group.Seats.Select(seat => Introduced(file, seat)))}")) + "。");
        var voters = meeting.Voters.Count();
        var adopted = file.Records.Find(record => record.Kind == FormKeys.Rules)?.Fields;
        paper.Builder.Text($"会议记录人{Person(file, meeting.RecorderId)}"
            + (meeting.Tellers.Count > 0
                ? $"，计票人{string.Join('、', meeting.Tellers.Select(id => Person(file, new PersonId(id))))}" : "")
            + $"。本次会议应到{seats.Count}人，实到"
            + (meeting.Present.Any() ? $"{meeting.Present.Count()}人" : "＿＿人")
            + $"，其中有表决权的应到{voters}人，至少{Math.Max(1, rules.Quorum.FewestOf(voters))}人到会方可表决。")
            .Text("下面，说明议事规则：" + (adopted?.Text("procedure") is { Length: > 0 } procedure
                ? procedure
                : "发言围绕议题，一人一次一事，请先举手，由主持人安排次序；不打断他人发言；每位到会人员都有发言机会，也可以放弃发言。"));
        var number = 0;
        foreach (var item in AgendaTimes.Of(meeting))
        {
            paper.Builder.Heading($"{ChineseNumber.Of(++number)}、{item.Text}（{item.From:HH\\:mm}—{item.To:HH\\:mm}）")
                .Text(SpokenAt(item, file, meeting, rules));
        }

        paper.Builder.Text("今天的会议到此结束。谢谢大家！");
    }

    /// <summary>会议签到表: to sign on paper, with those who signed in already.</summary>
    private static void SignIn(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var meeting = MeetingOf(file);
        var (all, present) = (meeting.Current.Count(), meeting.Present.Count());
        paper.Builder.Title($"{Quoted(meeting.Title)}会议签到表")
            .Facts(("时间", WhenOf(meeting)), ("地点", meeting.Place)).Space();
        if (subject.Picture is { } code) paper.Builder.Picture(code, "扫码签到：填写姓名和手机号后四位");
        paper.Builder.Table(
                [new("序号", 2, true), new("姓名", 4, true), new("单位及职务", 9), new("类别", 5, true), new("签到", 5, true)],
                SeatsInOrder(meeting).Select((seat, index) => (IReadOnlyList<string>)
                [
                    Number(index), seat.NameIn(file.Directory), UnitOf(file, seat), SeatClasses.NameOf(seat.Class).Zh,
                    SignedIn(file, seat),
                ]),
                height: 34)
            .Line($"应到{all}人，实到{(present > 0 ? $"{present}" : "　　")}人。", $"记录人：{Person(file, meeting.RecorderId)}");
    }

    private static void Seats(DocumentBuilder builder, CaseFile file, Meeting meeting, bool withReply) => builder.Table(
        [new("序号", 2, true), new("姓名", 4, true), new("单位及职务", 9), new("类别", 5, true), new("表决权", 3, true),
            .. withReply ? new DocumentColumn[] { new("回复", 4, true) } : []],
        SeatsInOrder(meeting).Select((seat, index) => (IReadOnlyList<string>)
        [
            Number(index), seat.NameIn(file.Directory), UnitOf(file, seat), SeatClasses.NameOf(seat.Class).Zh,
            seat.HasVote ? "有" : "列席", .. withReply ? new[] { ReplyOf(seat) } : [],
        ]));

    private static void AgendaTable(DocumentBuilder builder, CaseFile file, Meeting meeting) => builder.Table(
        [new("时间", 4, true), new("内容", 8), new("负责人", 7, true)],
        AgendaTimes.Of(meeting).Select(item => (IReadOnlyList<string>)
            [$"{item.From:HH\\:mm}—{item.To:HH\\:mm}", item.Text, LeaderOf(item, file, meeting)]));

    /// <summary>Who leads an item: the host, who presents the topic, the experts, the tellers.</summary>
    private static string LeaderOf(AgendaItem item, CaseFile file, Meeting meeting) => item.Key switch
    {
        "presentation" => Presenter(file) is { Length: > 0 } presenter ? presenter : Person(file, meeting.HostId),
        "discussion" => "全体到会人员",
        "comment" when Names(file, meeting.Current.Where(seat => seat.Class == "expert")) is { Length: > 0 } experts =>
            experts,
        "comment" => "主持人指定",
        "vote" when meeting.Tellers.Count > 0 =>
            $"计票人：{string.Join('、', meeting.Tellers.Select(id => Person(file, new PersonId(id))))}",
        _ => Person(file, meeting.HostId),
    };

    private static string SpokenAt(AgendaItem item, CaseFile file, Meeting meeting, VoteRules rules) => item.Key switch
    {
        "opening" => "各位委员、各位代表、同志们，协商议事是集思广益、凝聚共识的过程。希望大家坦诚相见、畅所欲言，"
            + "把群众的意见反映出来，把可行的办法提出来。",
        "presentation" => (Presenter(file) is { Length: > 0 } presenter ? $"下面请{presenter}陈述议题和调研情况。" : "下面陈述议题。")
            + (file.Topic?.Problem is { Length: > 0 } problem ? $"需要协商的主要问题是：{problem}" : ""),
        "discussion" => "下面进行自由讨论，请大家依次发言。没有轮到的同志请先举手，由记录人登记次序；对提出的问题，请有关部门当场答复，"
            + "不能当场答复的，确定由谁在哪一天前答复。",
        "comment" => Names(file, meeting.Current.Where(seat => seat.Class == "expert")) is { Length: > 0 } experts
            ? $"下面请{experts}点评。" : "下面进行点评。",
        "summing-up" => "下面归纳讨论情况：一是形成的共识，二是需要继续研究的意见，三是不同意见，请大家补充。",
        "vote" => $"下面进行表决。本次表决的规则是：{rules.Describe().Zh}；弃权票、无效票计入到会人数，赞成与反对票数相等的不通过。"
            + "与表决事项有利害关系的同志请声明回避。"
            + (AdoptedRules.MethodOf(file) is { } way ? $"表决采用{WayOf(way.Method, way.Secret)}方式。" : "")
            + "请计票人清点到会人数……请赞成的……请反对的……请弃权的……请计票人报告计票结果。",
        "closing" => "会后，请记录人整理会议纪要，送到会人员确认；议定的事项，由责任单位按期办理并报告进展。",
        _ => $"现在进行{ChineseQuote.Of(item.Text)}。",
    };

    private static string WayOf(VoteMethod method, bool secret) => FormCatalogue.Find(FormKeys.Vote)!.Find("method")!
        .Choices!.First(choice => choice.Key == VoteWords.KeyOf(method, secret)).Label.Zh;

    /// <summary>Who presents the topic: whoever drafted it, with the unit.</summary>
    private static string Presenter(CaseFile file) => file.Directory.Find(file.Topic?.DraftedById) is { } person
        ? Called(Unit(file, person.UnitId), person.Title ?? "", person.Name)
        : "";

    private static string Introduced(CaseFile file, MeetingSeat seat) => seat.IsGuest
        ? Called(seat.GuestUnit ?? "", "", seat.GuestName!)
        : file.Directory.Find(seat.PersonId) is { } person
            ? Called(Unit(file, person.UnitId), person.Title ?? "", person.Name)
            : seat.NameIn(file.Directory);

    /// <summary>区住建委副主任刘志强; 马力委员 where there is no unit.</summary>
    private static string Called(string unit, string title, string name) =>
        unit.Length > 0 ? $"{unit}{title}{name}" : $"{name}{title}";

    /// <summary>People by class, in the order of the roster.</summary>
    private static IEnumerable<(string Name, List<MeetingSeat> Seats)> GroupsOf(Meeting meeting) =>
        SeatsInOrder(meeting).GroupBy(seat => seat.Class)
            .Select(group => (SeatClasses.NameOf(group.Key).Zh, group.ToList()));

    private static IEnumerable<string> ClassesOf(Meeting meeting) =>
        GroupsOf(meeting).Select(group => $"{group.Name}{group.Seats.Count}人");

    private static IEnumerable<string> Topics(Meeting meeting) =>
        meeting.Topics.OrderBy(topic => topic.Number).Select(topic => topic.Title);

    private static string TopicsOf(Meeting meeting) => meeting.Topics.Count > 1
        ? string.Join('\n', meeting.Topics.OrderBy(topic => topic.Number)
            .Select(topic => $"（{ChineseNumber.Of(topic.Number)}）{topic.Title}"))
        : Topics(meeting).FirstOrDefault() ?? meeting.Title;

    /// <summary>The case's meeting, which the document is about.</summary>
    private static Meeting MeetingOf(CaseFile file) =>
        file.Meeting ?? throw new ArgumentException("the case has no meeting", nameof(file));

    private static List<MeetingSeat> SeatsInOrder(Meeting meeting)
    {
        var order = SeatClasses.All.Select(one => one.Key).ToList();
        return [.. meeting.Current.OrderBy(seat => order.IndexOf(seat.Class)).ThenBy(seat => seat.AddedIn)];
    }

    private static string NamesOrNone(CaseFile file, IReadOnlyCollection<MeetingSeat> seats) =>
        seats.Count == 0 ? "无" : Names(file, seats);

    private static string Names(CaseFile file, IEnumerable<MeetingSeat> seats) =>
        string.Join('、', seats.Select(seat => seat.NameIn(file.Directory)));

    private static string UnitOf(CaseFile file, MeetingSeat seat) => seat.IsGuest
        ? seat.GuestUnit ?? ""
        : $"{Unit(file, file.Directory.Find(seat.PersonId)?.UnitId)}{file.Directory.Find(seat.PersonId)?.Title}";

    private static string SignedIn(CaseFile file, MeetingSeat seat) => seat.SignedInAt is not { } at ? ""
        : seat.Reply == SeatReply.SendsSubstitute ? $"{seat.SubstituteName} {Clock(file, at)}"
        : $"已签到 {Clock(file, at)}";

    private static string ReplyOf(MeetingSeat seat) => seat.Reply switch
    {
        SeatReply.Comes => "参加",
        SeatReply.Declines => "不能参加",
        SeatReply.SendsSubstitute => $"委派{seat.SubstituteName}",
        _ => "未回复",
    };

    private static string WhenOf(Meeting meeting) =>
        $"{ChineseDay.WithWeekday(meeting.On)} {meeting.From:HH\\:mm}—{meeting.To:HH\\:mm}";

    private static string Clock(CaseFile file, DateTimeOffset? at) => at is { } instant
        ? TimeZoneInfo.ConvertTime(instant, file.Calendar.Zone).ToString("HH:mm", CultureInfo.InvariantCulture)
        : "";

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
