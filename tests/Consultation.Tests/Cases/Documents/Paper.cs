using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Votes;
using Consultation.Tests.Cases.Meetings;

namespace Consultation.Tests.Cases.Documents;

/// <summary>A case with everything that documents print.</summary>
internal static class Paper
{
    internal static CaseFile File(District district, int items = 3)
    {
        district.Platform.HallName = "河畔协商议事厅";
        var @case = new Case
        {
            OrganisationId = district.Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "老旧小区停车难：能否错时共享？",
            OpenedAt = District.Now,
            PlatformId = district.Platform.Id,
            CommitteeId = district.Committee.Id,
        };
        var file = new CaseFile(district.Directory, district.Calendar, @case, []) { Policies = PolicySet.None };
        file.Matters.Add(new Matter
        {
            OrganisationId = district.Id,
            Id = MatterId.New(),
            Number = "SX2026-000012",
            Source = MatterSource.PublicForm,
            Title = "小区停车难",
            Text = "晚上没有车位",
            ProposerName = "王先生",
            RaisedAt = District.Now,
            ReceivedAt = District.Now,
        });
        file.Screenings.Add(ScreeningRules.Record(
            district.Id, @case.Id, Screened(7), district.Ma.Id, District.Now));
        file.Topic = new Topic
        {
            OrganisationId = district.Id,
            Id = Guid.NewGuid(),
            CaseId = @case.Id,
            Title = "推动老旧小区停车资源错时共享",
            Background = "河畔街道有老旧小区 12 个，车位缺口约 900 个。",
            CurrentState = "周边 3 家单位停车场夜间空置。\n居民意愿强烈。",
            Problem = "管理责任、收费标准不明确。",
            DraftedById = district.Ma.Id,
            DraftedAt = District.Now,
            Scores = TopicRules.ScoreKeys.ToDictionary(key => key, _ => 4),
            ScoreReason = "涉及面广、群众呼声高。",
            Ticks = ["small", "close"],
            State = TopicState.Confirmed,
            DecisionReason = "同意",
        };
        for (var number = 1; number <= items; number++)
        {
            file.Items.Add(new TrackedItem
            {
                OrganisationId = district.Id,
                Id = TrackedItemId.New(),
                CaseId = @case.Id,
                Number = number,
                Year = 2026,
                ConsultedOn = new(2026, 3, 20),
                Topic = "推动老旧小区停车资源错时共享",
                Advice = "由街道牵头，与周边单位签订夜间共享协议，明确开放时段、收费和责任。",
                UndertakingUnitId = district.Department.Id,
                ResponsibleOfficeId = district.Committee.Id,
                SupervisorId = district.Na.Id,
                Progress = "已与 2 家单位达成意向，\n正在商定收费标准。",
                Problems = "一家单位担心安全责任。",
                Solution = "由街道购买公众责任险。",
                DueOn = new(2026, 6, 30),
                OpenedAt = District.Now,
            });
        }

        var vote = file.Add(new Vote
        {
            OrganisationId = district.Id,
            Id = Guid.NewGuid(),
            CaseId = @case.Id,
            Question = new("推动老旧小区停车资源错时共享"),
            Round = 1,
            Method = VoteMethod.RollCall,
            Secret = false,
            Rules = VoteRules.Default,
            Count = new VoteCount(28, 1, 0),
            Recusals = [new("马力", "是当事单位负责人")],
            Named = [new("李华", BallotChoice.For), new("马力", BallotChoice.Recused)],
            Tellers = ["李华", "那英"],
            OpenedAt = District.Now,
        });
        vote.Close(new VoteCount(28, 1, 20, 15, 3, 2), District.Now);
        var gate = district.Task(GateMode.MajorityWithQuorum, District.Seat(district.Ma), District.Seat(district.Na));
        file.Tasks.Add(gate);
        foreach (var form in FormCatalogue.All)
        {
            file.Records.Add(new CaseRecord
            {
                OrganisationId = district.Id,
                Id = Guid.NewGuid(),
                CaseId = @case.Id,
                Kind = form.Key,
                Title = form.Title,
                TaskId = form.Key == FormKeys.GateCount ? gate.Id : null,
                ById = district.Ma.Id,
                At = District.Now,
                Fields = form.Fields.ToDictionary(field => field.Key, field => Value(field, district)),
            });
        }

        file.Meetings.Add(Made.Meeting(district, @case, new(2026, 3, 20), district.Ma, district.Na));
        return file;
    }

    internal static Dictionary<string, string> Screened(int applies) => Enumerable.Range(1, 8)
        .ToDictionary(code => $"excl-{code}", code => code == applies ? "yes" : "no")
        .Concat([new($"excl-{applies}-reason", "已有答复"), new($"excl-{applies}-ref", "通建复〔2026〕3号"),
            new("facts", "经核实，区住建委已书面答复。")])
        .ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>An entry that the field takes; texts carry characters that people paste and XML refuses.</summary>
    private static string Value(FormField field, District district) => field.Kind switch
    {
        FieldKind.Text => "第一段：情况属实，涉及居民约 900 户。\u0001\n第二段：<建议>尽快研究 & 答复。🏠",
        FieldKind.Number => "67",
        FieldKind.Score => "4",
        FieldKind.Date => "2026-03-20",
        FieldKind.YesNo => "yes",
        FieldKind.Choice or FieldKind.Choices => field.Choices![0].Key,
        FieldKind.Person => district.Ma.Id.Value.ToString(),
        FieldKind.Persons => $"{district.Ma.Id.Value},{district.Na.Id.Value}",
        FieldKind.Meeting => "2026-03-20 停车",
        FieldKind.Unit or FieldKind.Units => district.Department.Id.Value.ToString(),
        FieldKind.Fields => string.Join(',', district.Directory.Fields),
        FieldKind.Rows => FormValues.Write(Enumerable.Range(1, 2).Select(_ =>
            (IReadOnlyDictionary<string, string>)field.Columns!.ToDictionary(
                column => column.Key, column => Value(column, district)))),
        _ => "示例内容 <b>&",
    };
}
