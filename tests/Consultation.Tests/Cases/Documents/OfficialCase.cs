using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Votes;

namespace Consultation.Tests.Cases.Documents;

/// <summary>A case as a district would have it, with the facts that its official documents print.</summary>
internal sealed class OfficialCase
{
    internal static readonly DateTimeOffset Today = new(2026, 9, 14, 2, 0, 0, TimeSpan.Zero);
    internal const string Topic = "推动河畔街道老旧小区停车资源错时共享";

    internal OfficialCase(int guests = 0)
    {
        District.Organisation.Name = new("通河区政协");
        (District.Committee.Name, District.Platform.Name) = (new("城建环保委"), new("河畔委员工作站"));
        District.Department.Name = new("区住房和城乡建设委员会");
        Office = District.Unit("通河区政协办公室", UnitKind.Committee);
        Town = District.Unit("河畔街道办事处", UnitKind.Town);
        Traffic = District.Unit("区交通运输局", UnitKind.Department);
        Host = Person("陈建国", "主任", District.Committee);
        Recorder = Person("孙晓梅", "秘书", Office);
        Ma = Person("马力", "委员", null);
        Na = Person("那英华", "委员", null);
        Liu = Person("刘志强", "副主任", District.Department);
        Zhao = Person("赵欣", "副主任", Town);
        Expert = Person("欧阳震华", "教授", null);
        District.Organisation.Papers = new OrganisationPapers { CopyTo = "区委办公室，区政府办公室" };
        var @case = new Case
        {
            OrganisationId = District.Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "老旧小区停车难",
            Number = "协〔2026〕17号",
            OpenedAt = District.Now,
            PlatformId = District.Platform.Id,
            CommitteeId = District.Committee.Id,
        };
        File = new CaseFile(District.Directory, District.Calendar, @case, []) { Policies = PolicySet.None };
        File.Topic = new Topic
        {
            OrganisationId = District.Id,
            Id = Guid.NewGuid(),
            CaseId = @case.Id,
            Title = Topic,
            Background = "河畔街道有2000年以前建成的老旧小区12个，居民4860户，登记车辆2130辆，固定车位1210个，夜间缺口约900个。",
            CurrentState = "周边3家机关单位和1家商场的停车场夜间空置率在六成以上，居民多次来信要求开放。",
            Problem = "开放单位担心安全责任，收费标准没有依据，夜间无人管理。",
            DraftedById = Ma.Id,
            DraftedAt = Today,
            LeadUnitId = District.Department.Id,
            HelpingUnitIds = [Town.Id, Traffic.Id],
            Fields = ["城市管理"],
            Scores = TopicRules.ScoreKeys.ToDictionary(key => key, _ => 4),
            ScoreReason = "涉及面广，群众反映集中，有条件解决。",
            Ticks = ["small", "close"],
            State = TopicState.Confirmed,
            DecisionReason = "同意列为协商议题，由住建部门牵头准备材料。",
        };
        File.Meetings.Add(Meet(@case, guests));
        AddRecords();
        AddItems();
        AddVote();
    }

    internal District District { get; } = new();
    internal CaseFile File { get; }
    internal Meeting Meeting => File.Meetings[0];
    internal Unit Office { get; }
    internal Unit Town { get; }
    internal Unit Traffic { get; }
    internal Person Host { get; }
    internal Person Recorder { get; }
    internal Person Ma { get; }
    internal Person Na { get; }
    internal Person Liu { get; }
    internal Person Zhao { get; }
    internal Person Expert { get; }

    internal CaseDocument Make(string kind, DocumentSubject? subject = null, DateTimeOffset? at = null) =>
        CaseDocuments.Create(kind, File, subject ?? new DocumentSubject { Item = File.Items[0] }, at ?? Today);

    /// <summary>A record, the newest of its kind.</summary>
    internal CaseRecord Record(string kind, Dictionary<string, string> fields, TaskId? task = null) =>
        File.Add(new CaseRecord
        {
            OrganisationId = District.Id,
            Id = Guid.NewGuid(),
            CaseId = File.Case.Id,
            Kind = kind,
            Title = new(kind),
            ById = Ma.Id,
            At = Today,
            Fields = fields,
            TaskId = task,
        });

    internal static string Id(Person person) => person.Id.Value.ToString("N");

    internal static string Id(Unit unit) => unit.Id.Value.ToString("N");

    private Person Person(string name, string title, Unit? unit)
    {
        var person = District.Person(name, null, unit);
        (person.Title, person.UnitId, person.Phone) = (title, unit?.Id, "010-55501234");
        return person;
    }

    private Meeting Meet(Case @case, int guests)
    {
        Dictionary<string, string> Seat(Person person, string kind, bool vote = true) => new()
        {
            ["person"] = Id(person),
            ["class"] = kind,
            ["vote"] = vote ? FormValues.Yes : FormValues.No,
        };
        Dictionary<string, string> Guest(string name, string unit, string kind, bool vote = true) => new()
        {
            ["name"] = name,
            ["unit"] = unit,
            ["class"] = kind,
            ["contact"] = "",
            ["vote"] = vote ? FormValues.Yes : FormValues.No,
        };
        var meeting = MeetingPlan.Make(@case, Topic, new Dictionary<string, string>
        {
            ["on"] = "2026-09-18",
            ["from"] = "14:30",
            ["to"] = "17:00",
            ["place"] = "河畔协商议事厅，二楼会议室",
            ["topic"] = Topic,
            ["agenda"] = "开场致辞、议题陈述、自由讨论、专家点评、总结发言、表决决策、会议总结。",
            ["remark"] = "会场停车位有限，请绿色出行。",
            ["reply-by"] = "2026-09-15",
            ["host"] = Id(Host),
            ["recorder"] = Id(Recorder),
            ["tellers"] = $"{Id(Ma)},{Id(Na)}",
            ["people"] = FormValues.Write(
            [
                Seat(Ma, "member"), Seat(Na, "member"), Seat(Host, "platform"), Seat(Liu, "department"),
                Seat(Zhao, "town"), Seat(Expert, "expert", vote: false),
            ]),
            ["others"] = FormValues.Write(
            [
                Guest("王秀兰", "河畔一里小区业主委员会主任", "resident"), Guest("李大伟", "河畔一里小区居民", "resident"),
                Guest("阿卜杜拉·买买提江·吐尔逊", "通河区河畔街道河畔一里社区居民委员会停车自治小组副组长", "resident"),
                Guest("周国平", "通河百货有限责任公司行政部经理", "firm"),
                .. Enumerable.Range(1, guests).Select(number => Guest(
                    $"居民{number:000}", $"河畔{number % 12 + 1}里小区居民代表", "resident")),
            ]),
        }, File?.Directory ?? District.Directory, Recorder.Id, Today);
        foreach (var seat in meeting.Seats.Where(seat => seat.PersonId != Zhao.Id))
        {
            (seat.Reply, seat.SignedInAt) = (SeatReply.Comes, new DateTimeOffset(2026, 9, 18, 6, 21, 0, TimeSpan.Zero));
        }

        var zhao = meeting.SeatOf(Zhao.Id)!;
        (zhao.Reply, zhao.Reason) = (SeatReply.Declines, "参加区防汛会议");
        Turn(meeting.Seats.First(seat => seat.GuestName == "王秀兰"), 0, 6, "建议先从夜间开放做起，收费不高于占道停车标准。");
        Turn(meeting.SeatOf(Liu.Id)!, 6, 9, "住建委可以牵头制定共享协议范本，明确开放时段和责任。");
        meeting.Turns.Add(new(
            Guid.NewGuid(), meeting.Seats.First(seat => seat.GuestName == "李大伟").Id, Today, Passed: true));
        meeting.Questions.Add(new(
            Guid.NewGuid(), "商场地下停车场夜间开放后，车辆剐蹭由谁负责？", "王秀兰", "由管理单位购买公众责任险，协议中写明。", "周国平"));
        meeting.Questions.Add(new(
            Guid.NewGuid(), "收费标准何时能定？", "李大伟", OwnerId: Liu.Id, DueOn: new(2026, 9, 30)));
        meeting.Options.Add(new(Guid.NewGuid(), OptionKind.Expert, "错时共享的关键是把责任写进协议。", "欧阳震华"));
        meeting.RunSheet[0] = meeting.RunSheet[0] with { BeganAt = At(0), EndedAt = At(10) };
        meeting.RunSheet[1] = meeting.RunSheet[1] with { BeganAt = At(10), EndedAt = At(30) };
        return meeting;

        void Turn(MeetingSeat seat, int from, int minutes, string points) => meeting.Turns.Add(new(
            Guid.NewGuid(), seat.Id, At(from), At(30 + from), At(30 + from + minutes), Points: points));

        static DateTimeOffset At(int minute) =>
            new DateTimeOffset(2026, 9, 18, 6, 30, 0, TimeSpan.Zero).AddMinutes(minute);
    }

    private void AddRecords()
    {
        Record(FormKeys.MeetingPlan, new() { ["invited-why"] = "议题涉及停车管理，邀请住建、街道参加；不涉及村（居）事权，未邀请。" });
        var gate = District.Task(GateMode.MajorityWithQuorum, District.Seat(Ma), District.Seat(Na));
        File.Tasks.Add(gate);
        Record(FormKeys.GateCount, [], gate.Id);
        Record(FormKeys.Rules, new()
        {
            ["form"] = "协商议事会议，由专委会主任主持，群众代表、委员、部门和单位代表参加。",
            ["procedure"] = "先由议题提出人陈述，再依次发言，一人一次不超过8分钟，不打断他人发言；部门对提问当场答复。",
            ["voting"] = "hands",
            ["quorum"] = "2/3",
            ["majority"] = "present",
            ["sources"] = "《中国人民政治协商会议章程》和本区历次协商的做法。",
        });
        Record(FormKeys.WorkGroup, new()
        {
            ["name"] = "停车错时共享协商议事工作小组",
            ["lead"] = Id(Host),
            ["members"] = $"{Id(Ma)},{Id(Na)},{Id(Recorder)}",
            ["duties"] = FormValues.Write(new[]
            {
                Duty("planning", Ma, Na, "制定会议方案，安排场地和议程"), Duty("liaison", Na, Ma, "联络部门、单位和居民代表"),
                Duty("documents", Recorder, Ma, "收集资料，整理记录和纪要"),
            }),
            ["timetable"] = "第1周：征集和梳理问题，拟定议题。\n第2周：发会议通知，提前告知议事规则。\n第3—4周：召开会议，表决形成决议。\n第5—8周：落实方案，每两周汇报一次。",
        });
        Record(FormKeys.ResearchReport, new()
        {
            ["from"] = "2026-08-24",
            ["to"] = "2026-09-04",
            ["methods"] = "visit,talk",
            ["members"] = $"{Id(Ma)},{Id(Na)}",
            ["facts"] = "调研组走访了12个小区和4家单位，发放问卷320份，收回298份。",
            ["problems"] = "一是缺口集中在夜间；二是单位顾虑安全责任。",
            ["causes"] = "没有统一的协议和收费依据。",
            ["suggestions"] = "制定协议范本，先在3家单位试点。",
        });
        Record(FormKeys.MeetingRecord, new()
        {
            ["discussion"] = "会议围绕开放时段、收费标准和安全责任进行了讨论，各方同意先行试点。",
            ["advice"] = FormValues.Write(
            [
                new Dictionary<string, string> { ["text"] = "由街道牵头，与周边单位签订夜间共享协议", ["by"] = "马力" },
                new Dictionary<string, string> { ["text"] = "由住建部门制定共享停车收费指导标准", ["by"] = "那英华" },
            ]),
            ["consensus"] = FormValues.Write([new Dictionary<string, string> { ["text"] = "夜间20时至次日8时开放" }]),
            ["resolutions"] = "通过错时共享试点方案。",
            ["dissent"] = "李大伟认为首月应当免费。",
        });
        Record(FormKeys.Minutes, new()
        {
            ["text"] = "2026年9月18日，城建环保委在河畔协商议事厅召开协商议事会议，就推动老旧小区停车资源错时共享进行协商。\n会议认为，夜间停车缺口是群众反映集中的问题，周边单位有条件开放。",
            ["actions"] = "（一）由河畔街道牵头，9月底前与3家单位签订共享协议。\n（二）由区住建委制定收费指导标准，10月15日前印发。",
            ["sent-to"] = "区住建委，区交通运输局，河畔街道办事处，各参会人员",
        });
        Record(FormKeys.Resolution, new()
        {
            ["text"] = "一、在河畔街道开展停车资源错时共享试点，期限一年。\n二、试点单位夜间20时至次日8时开放，收费不高于占道停车标准。",
            ["owner"] = Id(Town),
        });
        Record(FormKeys.CommonProblems, new()
        {
            ["kinds"] = "proposal,opinion",
            ["title"] = "关于推动老旧小区停车资源错时共享的建议",
            ["proposer-kind"] = "committee",
            ["proposer"] = "城建环保委",
            ["subject-class"] = "society",
            ["author"] = "马力",
            ["level"] = "district",
            ["to"] = "区委、区政府",
            ["situation"] = "我区老旧小区夜间停车缺口大，机关、商场停车场夜间空置。",
            ["problems"] = FormValues.Write([new Dictionary<string, string>
            {
                ["problem"] = "单位开放停车场缺少责任依据",
                ["breadth"] = "全区46个老旧小区",
                ["advice"] = "出台全区共享停车管理办法",
            }]),
            ["advice"] = "由区住建委牵头制定办法，明确责任、收费和保险。",
        });
        Record(FormKeys.ProblemList, new()
        {
            ["items"] = FormValues.Write(Enumerable.Range(0, 2).Select(row => new Dictionary<string, string>
            {
                ["consulted-on"] = "2026-09-18",
                ["topic"] = Topic,
                ["advice"] = row == 0 ? "由街道牵头，与周边单位签订夜间共享协议" : "由住建部门制定共享停车收费指导标准",
                ["undertaking"] = Id(row == 0 ? Town : District.Department),
                ["office"] = Id(District.Committee),
                ["supervisor"] = Id(Na),
                ["due"] = row == 0 ? "2026-09-30" : "2026-10-15",
            })),
        });
        Record(FormKeys.ImplementationPlan, Plan("2026-09-30", Town));
        Record(FormKeys.ExtensionRequest, new()
        {
            ["new-due"] = "2026-10-30",
            ["reason"] = "一家单位的停车场正在改造，9月底前不能开放。",
            ["measures"] = "先与其余两家签订协议，改造完成后补签。",
        });

        Dictionary<string, string> Duty(string duty, Person who, Person substitute, string note) => new()
        {
            ["duty"] = duty,
            ["who"] = Id(who),
            ["substitute"] = Id(substitute),
            ["note"] = note,
        };
    }

    internal Dictionary<string, string> Plan(string due, Unit unit) => new()
    {
        ["goal"] = "一年内新增夜间共享车位300个，缓解河畔街道老旧小区停车难。",
        ["support"] = "成立工作专班，每两周调度一次；所需经费由街道统筹。",
        ["lines"] = FormValues.Write(
        [
            new Dictionary<string, string>
            {
                ["task"] = "签订夜间共享协议",
                ["unit"] = Id(unit),
                ["person"] = Id(Zhao),
                ["due"] = due,
                ["demand"] = "三家单位全部签订，协议在社区公示",
            },
            new Dictionary<string, string>
            {
                ["task"] = "制定共享停车收费指导标准",
                ["unit"] = Id(District.Department),
                ["person"] = Id(Liu),
                ["due"] = "2026-10-15",
                ["demand"] = "征求居民意见后印发",
            },
        ]),
    };

    private void AddItems()
    {
        var line = File.Records.Find(record => record.Kind == FormKeys.ProblemList)!.Fields.RowsOf("items");
        for (var index = 0; index < line.Count; index++)
        {
            File.Items.Add(ProgressRules.FromProblem(
                District.Id, File.Case.Id, line[index], 7 + index, 2026, new(2026, 9, 21, 2, 0, 0, TimeSpan.Zero)));
        }
    }

    private void AddVote()
    {
        var vote = File.Add(new Vote
        {
            OrganisationId = District.Id,
            Id = Guid.NewGuid(),
            CaseId = File.Case.Id,
            Question = new("在河畔街道开展停车资源错时共享试点"),
            Round = 1,
            Method = VoteMethod.Hands,
            Secret = false,
            Rules = VoteRules.Default,
            Count = new VoteCount(9, 1, 0),
            Recusals = [new("周国平", "所在公司是试点单位")],
            Tellers = ["马力", "那英华"],
            OpenedAt = Today,
        });
        vote.Close(new VoteCount(9, 1, 7, 6, 1), new(2026, 9, 18, 8, 30, 0, TimeSpan.Zero));
    }
}
