using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;

namespace Consultation.Cases.Documents;

/// <content>Documents of a meeting, made from the meeting itself.</content>
public static partial class CaseDocuments
{
    /// <summary>参会名单 (P23, Q89–Q93): everybody with class, vote and reply, in the version that stands now.</summary>
    private static void Roster(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var meeting = MeetingOf(file);
        paper.Builder.Title($"“{meeting.Title}”会议参会人员名单").Number($"第{meeting.RosterVersion}版");
        paper.Builder.Table(
            [new("序号", 1, true), new("姓名", 2, true), new("类别", 3, true), new("单位及职务", 4), new("表决权", 2, true),
                new("回复", 3, true)],
            SeatsInOrder(meeting).Select((seat, index) => (IReadOnlyList<string>)
            [
                Number(index), seat.NameIn(file.Directory), SeatClasses.NameOf(seat.Class).Zh, UnitOf(file, seat),
                seat.HasVote ? "有" : "列席", ReplyOf(seat),
            ]));
        if (RosterVersions.Of(meeting)[^1] is { Number: > 1 } version)
        {
            paper.Builder.Field("本版变动", Change(file, version));
        }

        var plan = file.Records.Find(record => record.Kind == FormKeys.MeetingPlan);
        if (plan?.Fields.Text("invited-why") is { Length: > 0 } why) paper.Builder.Field("酌情邀请说明", why);

        paper.Builder.Signature(Issuer(file), paper.Today);
    }

    /// <summary>会议议程 (P41).</summary>
    private static void Agenda(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var meeting = MeetingOf(file);
        paper.Builder.Title($"“{meeting.Title}”会议议程").Field("时间", WhenOf(meeting)).Field("地点", meeting.Place)
            .Field("主持人", Person(file, meeting.HostId));
        if (meeting.Topics.Count > 1)
        {
            paper.Builder.Heading("议题").Text(string.Join('\n', meeting.Topics.OrderBy(topic => topic.Number)
                .Select(topic => $"{topic.Number}. {topic.Title}")));
        }

        paper.Builder.Heading("议程").Text(meeting.Agenda).Signature(Issuer(file), paper.Today);
    }

    /// <summary>会议通知 (P25, Q89): time, place, topic, agenda; to the roster.</summary>
    private static void Notice(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var meeting = MeetingOf(file);
        paper.Builder.Title($"关于召开“{meeting.Title}”协商议事会议的通知").Number(paper.Number)
            .Addressee(string.Join('、', SeatsInOrder(meeting).Select(seat => seat.NameIn(file.Directory))))
            .Text($"经研究，定于{ChineseDay.Of(meeting.On)}召开协商议事会议。现将有关事项通知如下。")
            .Field("一、会议时间", WhenOf(meeting)).Field("二、会议地点", meeting.Place)
            .Field("三、会议议题",
                string.Join('；', meeting.Topics.OrderBy(topic => topic.Number).Select(topic => topic.Title)))
            .Field("四、会议议程", meeting.Agenda);
        if (meeting.Remark.Length > 0) paper.Builder.Field("五、注意事项", meeting.Remark);
        var by = meeting.ReplyBy is { } day ? $"请于{ChineseDay.Of(day)}前回复能否参会" : "请及时回复能否参会";
        paper.Builder.Text($"请安排好工作，按时参加；{by}，不能参加的请说明原因或委派他人。")
            .Signature(Issuer(file), paper.Today);
    }

    /// <summary>会议签到表: to sign on paper, with those who signed in already.</summary>
    private static void SignIn(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var meeting = MeetingOf(file);
        paper.Builder.Title($"“{meeting.Title}”会议签到表").Field("时间", WhenOf(meeting)).Field("地点", meeting.Place);
        if (subject.Picture is { } code) paper.Builder.Picture(code, "扫码签到：填写姓名和手机号后四位");
        paper.Builder.Table(
                [new("序号", 1, true), new("姓名", 2, true), new("类别", 3, true), new("单位及职务", 4), new("签到", 3, true)],
                SeatsInOrder(meeting).Select((seat, index) => (IReadOnlyList<string>)
                [
                    Number(index), seat.NameIn(file.Directory), SeatClasses.NameOf(seat.Class).Zh, UnitOf(file, seat),
                    SignedIn(file, seat),
                ]));
    }

    /// <summary>
    /// 协商会议记录: facts and those present from the meeting; discussion, questions, vote and resolutions as recorded;
    /// advice and consensus apart (P53, Q31).
    /// </summary>
    private static void MeetingRecord(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.MeetingRecord, file, subject).Fields;
        var form = FormCatalogue.Find(FormKeys.MeetingRecord)!;
        paper.Builder.Title($"“{TopicOf(file)}”协商会议记录");
        Facts(paper, file, MeetingOf(file));
        Fields(paper.Builder, form, fields, file.Directory);
        paper.Builder.Field("主持人签字", "").Field("记录人签字", "").Signature(Issuer(file), paper.Today);
    }

    /// <summary>会议纪要 (P55): the newest draft; objections that stay are attached (P56).</summary>
    private static void Minutes(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.Minutes, file, subject).Fields;
        var meeting = MeetingOf(file);
        paper.Builder.Title($"“{meeting.Title}”会议纪要").Number(paper.Number).Text(fields.Text("text"))
            .Heading("议定事项").Text(fields.Text("actions"));
        var answers = file.Records.Find(
            record => record.Kind == FormKeys.MinutesAnswers && record.At >= meeting.HeldAt);
        if (answers?.Fields.RowsOf("objections") is { Count: > 0 } objections)
        {
            paper.Builder.Heading("附：不同意见").Text(string.Join('\n',
                objections.Select(row => $"{row.Text("by")}：{row.Text("text")}")));
        }

        if (fields.Text("reply").Length > 0) paper.Builder.Field("对不同意见的处理", fields.Text("reply"));
        if (fields.Text("sent-to").Length > 0) paper.Builder.Field("分送", fields.Text("sent-to"));
        paper.Builder.Signature(Issuer(file), paper.Today);
    }

    private static void Facts(Paper paper, CaseFile file, Meeting meeting)
    {
        var present = meeting.Present.ToList();
        var absent = meeting.Current.Except(present).ToList();
        paper.Builder.Field("时间", WhenOf(meeting)).Field("地点", meeting.Place)
            .Field("主持人", Person(file, meeting.HostId)).Field("记录人", Person(file, meeting.RecorderId))
            .Field("到会人员",
                $"{string.Join('、', present.Select(seat => meeting.Came(seat, file)))}（{present.Count}人）")
            .Field("缺席人员", absent.Count == 0 ? "无" : string.Join('、', absent.Select(Absent)));
        if (meeting.RunSheet.Exists(item => item.BeganAt is not null))
        {
            paper.Builder.Heading("会议进程").Table(
                [new("环节", 4), new("开始", 2, true), new("结束", 2, true)],
                meeting.RunSheet.Where(item => item.BeganAt is not null).Select(item => (IReadOnlyList<string>)
                    [item.Name.Zh, Clock(file, item.BeganAt), Clock(file, item.EndedAt)]));
        }

        string Absent(MeetingSeat seat) => seat.Reason is { Length: > 0 } why
            ? $"{seat.NameIn(file.Directory)}（{why}）"
            : seat.NameIn(file.Directory);
    }

    /// <summary>The case's meeting, which the document is about.</summary>
    private static Meeting MeetingOf(CaseFile file) =>
        file.Meeting ?? throw new ArgumentException("the case has no meeting", nameof(file));

    private static List<MeetingSeat> SeatsInOrder(Meeting meeting)
    {
        var order = SeatClasses.All.Select(one => one.Key).ToList();
        return [.. meeting.Current.OrderBy(seat => order.IndexOf(seat.Class)).ThenBy(seat => seat.AddedIn)];
    }

    private static string Change(CaseFile file, RosterVersion version) =>
        $"新增：{(version.Came.Count == 0 ? "无" : Names(file, version.Came))}；"
            + $"退出：{(version.Went.Count == 0 ? "无" : Names(file, version.Went))}";

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
        $"{ChineseDay.Of(meeting.On)} {meeting.From:HH\\:mm}—{meeting.To:HH\\:mm}";

    private static string Clock(CaseFile file, DateTimeOffset? at) => at is { } instant
        ? TimeZoneInfo.ConvertTime(instant, file.Calendar.Zone).ToString("HH:mm", CultureInfo.InvariantCulture)
        : "";

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
