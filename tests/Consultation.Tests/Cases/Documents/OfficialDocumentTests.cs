using System.Text.RegularExpressions;
using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Consultation.Tests.Cases.Documents;

/// <summary>Official documents as a director gets them: parts in order, with the facts of the case.</summary>
public sealed class OfficialDocumentTests
{
    private readonly OfficialCase _case = new();

    [Fact]
    public void The_meeting_notice_has_head_number_title_addressees_facts_annexes_signature_and_imprint()
    {
        var paper = Read(_case.Make(DocumentKeys.Notice));

        InOrder(paper, "通河区政协办公室文件", "协通〔2026〕1号", "关于召开“推动河畔街道", "协商议事会议的通知", "王秀兰、", "：",
            "定于2026年9月18日召开", "一、会议时间", "2026年9月18日（星期五） 14:30—17:00", "二、会议地点", "河畔协商议事厅，二楼会议室",
            "三、会议议题", "四、会议议程", "开场致辞", "五、参会人员", "群众代表3人", "六、有关要求", "请于2026年9月15日前回复",
            "会场停车位有限", "联系人：孙晓梅，电话：010-55501234", "附件：1.会议议程", "2.参会人员名单", "3.参会回执",
            "通河区政协办公室", "2026年9月14日", "附件1", "14:30—", "附件2", "欧阳震华", "附件3", "□ 不能参加",
            "抄送：区委办公室，区政府办公室。", "通河区政协办公室", "2026年9月14日印发");
        paper.Should().NotContain("您好");
    }

    [Fact]
    public void A_notice_to_many_is_addressed_to_all_of_them_and_lists_them_in_the_annex()
    {
        var many = Read(new OfficialCase(guests: 60).Make(DocumentKeys.Notice));

        InOrder(many, "各参会单位、参会人员（名单附后）：", "共70人", "附件2", "居民060");
    }

    [Fact]
    public void The_agenda_gives_every_item_its_time_and_who_leads_it()
    {
        var paper = Read(_case.Make(DocumentKeys.Agenda));

        InOrder(paper, "会议议程", "2026年9月18日（星期五） 14:30—17:00", "陈建国", "时间", "内容", "负责人", "14:30—", "开场致辞",
            "议题陈述", "马力", "自由讨论", "全体到会人员", "专家点评", "欧阳震华", "表决决策", "计票人：马力、那英华", "—17:00", "会议总结");
    }

    [Fact]
    public void Times_that_the_organiser_wrote_stay()
    {
        _case.Meeting.Agenda = "14:30—14:40 开场致辞\n14:40—16:30 自由讨论\n16:30—17:00 会议总结";

        AgendaTimes.Of(_case.Meeting).Select(item => (item.From, item.To, item.Text)).Should().Equal(
            (new(14, 30), new(14, 40), "开场致辞"), (new(14, 40), new(16, 30), "自由讨论"), (new(16, 30), new(17, 0), "会议总结"));
    }

    [Fact]
    public void Items_without_times_divide_the_meeting_in_steps_of_five_minutes_without_gaps()
    {
        var items = AgendaTimes.Of(_case.Meeting);

        items.Should().HaveCount(7);
        items[0].From.Should().Be(new TimeOnly(14, 30));
        items[^1].To.Should().Be(new TimeOnly(17, 0));
        items.Zip(items.Skip(1)).Should().OnlyContain(pair => pair.First.To == pair.Second.From);
        items.Should().OnlyContain(item => item.From < item.To && item.From.Minute % 5 == 0);
    }

    [Fact]
    public void The_hosts_script_names_people_with_their_duties_the_topic_and_the_adopted_rules()
    {
        var paper = Read(_case.Make(DocumentKeys.HostScript));

        InOrder(paper, "主持词", "各位委员、各位代表、同志们：", OfficialCase.Topic, "群众代表：河畔一里小区业主委员会主任王秀兰", "政协委员：",
            "区直部门负责同志：区住房和城乡建设委员会副主任刘志强", "记录人孙晓梅，计票人马力、那英华", "应到10人", "有表决权的应到9人，至少6人",
            "一人一次不超过8分钟", "一、开场致辞（14:30—", "二、议题陈述", "请马力委员陈述", "开放单位担心安全责任", "四、专家点评", "请欧阳震华点评",
            "六、表决决策", "举手表决方式", "七、会议总结", "谢谢大家");
    }

    [Fact]
    public void The_roster_tells_its_version_and_what_changed_since_the_one_before()
    {
        _case.Meeting.Replace(
            _case.Meeting.SeatOf(_case.Zhao.Id)!, _case.File.Case, null, "钱进", "", "参加区防汛会议", OfficialCase.Today);

        var paper = Read(_case.Make(DocumentKeys.Roster));

        InOrder(paper, "参会人员名单", "第2版", "序号", "姓名", "单位及职务", "类别", "表决权", "回复", "共10人，其中有表决权9人，列席1人",
            "一、第2版的变动", "新增：钱进", "退出：赵欣（参加区防汛会议）", "酌情邀请说明", "2026年9月14日");
    }

    [Fact]
    public void A_roster_of_two_hundred_repeats_its_head_and_breaks_no_row()
    {
        using var document = Open(new OfficialCase(guests: 190).Make(DocumentKeys.Roster));

        var rows = document.MainDocumentPart!.Document.Descendants<TableRow>().ToList();
        rows.Should().HaveCount(201);
        rows[0].Descendants<TableHeader>().Should().ContainSingle();
        rows.Should().OnlyContain(row => row.Descendants<CantSplit>().Any());
    }

    [Fact]
    public void The_sign_in_list_leaves_room_to_sign_and_shows_who_signed_in_already()
    {
        var paper = Read(_case.Make(DocumentKeys.SignIn));

        InOrder(paper, "会议签到表", "时间", "2026年9月18日", "地点", "河畔协商议事厅", "序号", "姓名", "单位及职务", "类别", "签到", "王秀兰",
            "已签到 14:21", "应到10人，实到9人", "记录人：孙晓梅");
    }

    [Fact]
    public void The_record_has_speeches_in_order_questions_options_votes_and_signatures()
    {
        var paper = Read(_case.Make(FormKeys.MeetingRecord));

        InOrder(paper, "协商会议记录", "协〔2026〕17号", "主持人", "陈建国", "出席", "（8人）", "列席", "欧阳震华（1人）", "缺席",
            "赵欣（参加区防汛会议）", "一、会议进程", "14:30", "二、讨论内容", "李大伟", "放弃发言", "王秀兰", "6分钟", "刘志强", "9分钟",
            "三、问答记录", "公众责任险", "由刘志强在2026年9月30日前答复", "四、建言清单", "五、共识清单", "六、专家点评", "欧阳震华：错时共享",
            "七、表决情况（第一次）", "通过：赞成 6", "八、决议事项", "九、不同意见", "主持人（签名）", "记录人（签名）");
    }

    [Fact]
    public void The_minutes_follow_the_form_of_minutes()
    {
        var paper = Read(_case.Make(FormKeys.Minutes));

        InOrder(paper, "通河区政协会议纪要", "协纪〔2026〕1号", "时间：", "地点：", "主持：陈建国", "出席：", "列席：欧阳震华", "缺席：赵欣",
            "一、会议情况", "二、议定事项", "（一）由河畔街道牵头", "（二）由区住建委", "通河区政协办公室", "2026年9月14日",
            "分送：区住建委，区交通运输局，河畔街道办事处，各参会人员。", "2026年9月14日印发");
    }

    [Fact]
    public void The_ballot_is_blank_twice_on_a_page_and_names_the_next_round()
    {
        _case.File.Votes.Clear();
        Read(_case.Make(FormKeys.Ballot)).Should().Contain("第一次表决").And.NotContain("第二次表决");
        Regex.Count(Read(_case.Make(FormKeys.Ballot)), "表决票").Should().Be(2);

        Read(new OfficialCase().Make(FormKeys.Ballot)).Should().Contain("第二次表决", "one vote is closed");
    }

    [Fact]
    public void The_count_sheet_has_numbers_rules_result_recusals_and_tellers()
    {
        var paper = Read(_case.Make(FormKeys.Vote));

        InOrder(paper, "计票单", "表决事项", "（第一次表决）", "举手表决", "应到人员至少 2/3 到会", "一、到会人数", "9", "1", "8", "7",
            "二、计票结果", "6", "1", "通过：赞成 6", "三、回避人员", "周国平", "所在公司是试点单位", "计票人：马力、那英华", "计票人（签名）");
    }

    [Fact]
    public void The_resolution_prints_its_number_and_the_vote_that_carried_it()
    {
        var paper = Read(_case.Make(FormKeys.Resolution, new DocumentSubject { Number = "议决〔2026〕3号" }));

        InOrder(paper, "通河区政协办公室文件", "议决〔2026〕3号", "决议", "（2026年9月18日协商议事会议通过）", "应到8人", "实到7人", "赞成6票",
            "反对1票", "弃权0票", "会议决定：", "一、在河畔街道开展", "由河畔街道办事处牵头落实", "通河区政协办公室", "2026年9月14日");
    }

    [Fact]
    public void A_table_of_nothing_says_so() =>
        InOrder(Read(_case.Make(DocumentKeys.ArchiveIndex)), "归档目录", "校验码（前 16 位）", "无", "2026年9月14日");

    [Fact]
    public void What_announces_something_does_not_stay_behind_at_the_foot_of_a_page()
    {
        using var stream = new MemoryStream(
            _case.Make(FormKeys.Resolution, new DocumentSubject { Number = "议决〔2026〕3号" }).Content);
        using var word = WordprocessingDocument.Open(stream, false);

        word.MainDocumentPart!.Document!.Body!.Descendants<Paragraph>().Single(one => one.InnerText == "会议决定：")
            .ParagraphProperties!.KeepNext.Should().NotBeNull();
    }

    [Fact]
    public void The_plan_says_in_its_second_version_what_changed_against_the_first()
    {
        InOrder(Read(_case.Make(FormKeys.ImplementationPlan)), "实施方案", "（第1版）", "一、总体目标", "二、任务分解", "签订夜间共享协议",
            "河畔街道办事处", "赵欣", "2026年9月30日", "三、保障措施", "2026年9月14日");
        Read(_case.Make(FormKeys.ImplementationPlan)).Should().Contain("（第2版）");
        _case.Record(FormKeys.ChangeRequest, new() { ["change"] = "推迟签订协议", ["reason"] = "一家单位停车场改造" });
        _case.Record(FormKeys.ImplementationPlan, _case.Plan("2026-10-30", _case.Traffic));

        var third = _case.Make(FormKeys.ImplementationPlan);

        third.Title.Zh.Should().Be("实施方案（第3版）");
        InOrder(Read(third), "（第3版）", "与第2版相比的变化", "调整内容：推迟签订协议。理由：一家单位停车场改造。", "第2版", "第3版",
            "签订夜间共享协议", "责任单位", "河畔街道办事处", "区交通运输局", "签订夜间共享协议", "时间节点", "2026年9月30日", "2026年10月30日");
    }

    [Fact]
    public void A_later_version_takes_units_people_and_days_from_the_tracked_items()
    {
        _case.Make(FormKeys.ImplementationPlan);
        var plan = _case.File.Records.Find(record => record.Kind == FormKeys.ImplementationPlan)!;
        var item = Consultation.Cases.TrackedItems.ProgressRules.FromPlanLine(
            _case.File, plan.Fields.RowsOf("lines")[0], 9, 2026, OfficialCase.Today);
        _case.File.Items.Add(item);
        (item.DueOn, item.UndertakerId) = (new(2026, 11, 20), _case.Liu.Id);

        var paper = Read(_case.Make(FormKeys.ImplementationPlan));

        InOrder(paper, "与第1版相比的变化", "责任人", "赵欣", "刘志强", "时间节点", "2026年9月30日", "2026年11月20日");
        InOrder(Read(_case.Make(DocumentKeys.TaskTable)), "任务分解表", "督办负责人", "签订夜间共享协议", "刘志强", "2026年11月20日");
    }

    [Fact]
    public void The_task_table_names_the_supervisor_that_the_item_will_have_before_there_is_one()
    {
        var plan = _case.File.Records.Find(record => record.Kind == FormKeys.ImplementationPlan)!;

        var supervisor = Consultation.Cases.TrackedItems.ProgressRules.FromPlanLine(
            _case.File, plan.Fields.RowsOf("lines")[0], 9, 2026, OfficialCase.Today).SupervisorId;

        supervisor.Should().NotBeNull();
        InOrder(Read(_case.Make(DocumentKeys.TaskTable)), "督办负责人", "签订夜间共享协议", "赵欣",
            _case.File.Directory.Find(supervisor)!.Name, "2026年9月30日");
    }

    [Fact]
    public void A_plan_that_nobody_could_supervise_says_so_before_it_is_handed_in()
    {
        var plan = _case.File.Records.Find(record => record.Kind == FormKeys.ImplementationPlan)!;
        _case.District.Revoke(_case.District.Secretary, Role.Secretary);
        var file = new CaseFile(_case.District.Directory, _case.District.Calendar, _case.File.Case, [])
        {
            Policies = PolicySet.None,
        };

        Consultation.Cases.TrackedItems.ProgressRules.CheckPlanLines(_case.File, plan.Fields, OfficialCase.Today)
            .Should().BeEmpty();
        Consultation.Cases.TrackedItems.ProgressRules.CheckPlanLines(file, plan.Fields, OfficialCase.Today)
            .Should().Contain(error => error.Field == "lines[0].person" && error.Message.Zh.Contains("没有人可以督办"));
        file.Records.Add(plan);
        file.Meetings.Add(_case.Meeting);
        Read(CaseDocuments.Create(DocumentKeys.TaskTable, file, new DocumentSubject(), OfficialCase.Today))
            .Should().Contain("待指定");
    }

    [Fact]
    public void An_item_of_the_plan_names_day_topic_and_who_assigns_it()
    {
        var plan = _case.File.Records.Find(record => record.Kind == FormKeys.ImplementationPlan)!;

        var item = Consultation.Cases.TrackedItems.ProgressRules.FromPlanLine(
            _case.File, plan.Fields.RowsOf("lines")[0], 9, 2026, OfficialCase.Today);

        (item.ConsultedOn, item.Topic).Should().Be((new DateOnly(2026, 9, 18), OfficialCase.Topic));
        item.Advice.Should().Be("签订夜间共享协议（三家单位全部签订，协议在社区公示）");
        (item.AssigningUnitId, item.UndertakerId).Should().Be((_case.District.Platform.Id, _case.Zhao.Id));
        item.SupervisorId.Should().NotBe(item.UndertakerId);
    }

    [Fact]
    public void The_proposal_has_addressee_case_class_proposer_and_text()
    {
        var paper = Read(_case.Make(DocumentKeys.Proposal));

        InOrder(paper, "关于推动老旧小区停车资源错时共享的建议", "协提〔2026〕1号", "案由", "案别", "社会建设", "提案者",
            "城建环保委（专门委员会）", "通河区政协提案委员会：", "一、基本情况", "二、共性问题", "（一）单位开放停车场缺少责任依据（涉及全区46个老旧小区）。建议出台",
            "三、意见建议", "城建环保委", "2026年9月14日");
    }

    [Fact]
    public void The_opinion_report_has_its_own_head_author_level_and_addressee()
    {
        var paper = Read(_case.Make(DocumentKeys.OpinionReport));

        InOrder(paper, "社情民意信息", "2026年第1期", "关于推动老旧小区", "作者：马力　报送层级：区级", "区委、区政府：", "一、基本情况", "通河区政协",
            "2026年9月14日", "报送：区委、区政府。", "2026年9月14日印发");
    }

    [Fact]
    public void The_problem_list_has_its_rows_before_any_item_is_opened()
    {
        _case.File.Items.Clear();

        var paper = Read(_case.Make(FormKeys.ProblemList, new DocumentSubject()));

        InOrder(paper, "协商问题清单", "序号", "协商时间", "协商议题", "协商建议", "承办单位", "政协责任委室", "督办负责人", "办结期限",
            "2026年9月18日", "由街道牵头", "河畔街道办事处", "城建环保委", "那英华", "2026年9月30日", "由住建部门", "共 2 项", "2026年9月14日");
    }

    [Fact]
    public void The_formal_reminder_comes_from_the_office_with_every_day_that_matters()
    {
        var paper = Read(_case.Make(
            DocumentKeys.FormalReminder, at: new DateTimeOffset(2026, 10, 12, 2, 0, 0, TimeSpan.Zero)));

        InOrder(paper, "通河区政协办公室文件", "协催〔2026〕1号", "催办通知书", "河畔街道办事处：", "一、催办事项", "由街道牵头", "2026-7",
            "二、交办日期和办理期限", "2026年9月21日交办", "应于2026年9月30日前", "截至2026年10月12日已逾期", "三、有关要求",
            "并于2026年10月19日前书面", "通河区政协办公室", "2026年10月12日", "2026年10月12日印发");
        paper.Should().NotContain("您好").And.NotContain("河畔委员工作站");
    }

    [Fact]
    public void The_request_for_extension_and_its_answers_say_the_old_and_the_new_day()
    {
        InOrder(Read(_case.Make(FormKeys.ExtensionRequest)), "关于申请延期办理督办事项的报告", "城建环保委：", "原定于2026年9月30日前办结",
            "申请延期至2026年10月30日", "一、延期理由", "停车场正在改造", "二、下一步措施", "妥否，请批示", "河畔街道办事处");
        InOrder(Read(_case.Make(DocumentKeys.ExtensionGranted)), "协延〔2026〕1号", "关于同意延期办理督办事项的批复", "河畔街道办事处：",
            "由2026年9月30日延至2026年10月30日", "通河区政协办公室", "2026年9月14日");
        InOrder(Read(_case.Make(DocumentKeys.ExtensionRefused)), "协延〔2026〕2号", "关于不同意延期", "不同意将", "2026年10月30日",
            "请仍按2026年9月30日的期限办结");
    }

    [Fact]
    public void The_research_notice_goes_to_the_units_of_the_topic()
    {
        var paper = Read(_case.Make(DocumentKeys.ResearchNotice));

        InOrder(paper, "通河区政协办公室文件", "协研〔2026〕1号", "专题调研的通知", "区住房和城乡建设委员会、河畔街道办事处、区交通运输局，有关政协委员：",
            "经城建环保委确定", "一、基本情况", "4860户", "二、需要重点了解的问题", "三、有关要求", "通河区政协办公室", "2026年9月14日印发");
    }

    [Fact]
    public void The_notice_of_the_work_group_carries_duties_substitutes_and_timetable()
    {
        var paper = Read(_case.Make(DocumentKeys.WorkGroupNotice));

        InOrder(paper, "协组〔2026〕1号", "关于成立停车错时共享协商议事工作小组的通知", "一、人员组成", "组长：陈建国（城建环保委主任）", "成员：马力",
            "二、职责分工", "组织策划", "马力", "那英华", "协调联络", "资料整理", "孙晓梅", "三、工作计划和时间表", "第1周", "第5—8周");
    }

    [Fact]
    public void The_rules_stand_in_articles()
    {
        InOrder(Read(_case.Make(FormKeys.Rules)), "协商议事规则", "第一条", "第二条", "组织形式", "第四条", "举手表决", "第五条", "三分之二",
            "第六条", "过半数", "不得委托他人表决", "第七条");
    }

    [Fact]
    public void A_record_without_a_layout_of_its_own_is_facts_and_text_under_headings()
    {
        _case.Record("preliminary-opinion", new() { ["opinion"] = "同意先行试点。", ["by"] = "区住建委" });

        var paper = Read(_case.Make("preliminary-opinion"));

        InOrder(paper, "初步协商意见", "协商事项", OfficialCase.Topic, "协〔2026〕17号", "区住建委", "填写人", "马力", "一、初步协商意见",
            "同意先行试点", "2026年9月14日");
    }

    [Fact]
    public void The_organisations_papers_decide_head_signature_word_and_imprint()
    {
        _case.District.Organisation.Papers = new OrganisationPapers
        {
            Mark = "中国人民政治协商会议通河区委员会文件",
            Signer = "政协通河区委员会办公室",
            PrintedBy = "政协通河区委员会办公室秘书科",
            CopyTo = "区纪委",
            Forms = new()
            {
                [DocumentKeys.Notice] = new(true, true, "通协办"),
                [DocumentKeys.ResearchNotice] = new(false, false, "通协研"),
            },
        };

        InOrder(Read(_case.Make(DocumentKeys.Notice)), "中国人民政治协商会议通河区委员会文件", "通协办〔2026〕1号", "政协通河区委员会办公室",
            "抄送：区纪委。", "政协通河区委员会办公室秘书科", "印发");
        Read(_case.Make(DocumentKeys.ResearchNotice)).Should().StartWith("关于开展").And.NotContain("印发");
        FormalReminder.Issuer(_case.File, null).Zh.Should().Be("政协通河区委员会办公室", "mail and document agree");
    }

    [Fact]
    public void Two_kinds_cannot_share_the_word_of_their_numbers()
    {
        var papers = new OrganisationPapers { Forms = new() { [DocumentKeys.Notice] = new(true, true, "协催") } };

        papers.Check().Should().Contain(error => error.Field == "notice.word" && error.Message.Zh.Contains("协催"));
        new OrganisationPapers().Check().Should().BeEmpty();
    }

    [Fact]
    public void Every_kind_counts_its_own_numbers()
    {
        string Number(string kind) => _case.Make(kind).Number!;

        Number(DocumentKeys.Notice).Should().Be("协通〔2026〕1号");
        Number(DocumentKeys.ResearchNotice).Should().Be("协研〔2026〕1号");
        Number(DocumentKeys.Notice).Should().Be("协通〔2026〕2号");
    }

    [Fact]
    public void Every_number_that_is_drawn_is_printed()
    {
        foreach (var (kind, _) in CaseDocuments.All.Where(kind => kind.Key != DocumentKeys.ExclusionNotice))
        {
            var document = _case.Make(kind);

            if (document.Number is { } number) Read(document).Should().Contain(number, kind);
        }

        Read(_case.Make(DocumentKeys.Annex)).Should().Contain("协督〔2026〕1号");
    }

    [Fact]
    public void A_specimen_of_every_kind_shows_the_look_and_draws_no_number()
    {
        foreach (var kind in OrganisationPapers.Usual.Keys)
        {
            var content = CaseDocuments.Preview(kind, _case.File.Directory, OfficialCase.Today);

            CaseDocumentTests.Errors(content).Should().BeEmpty(kind);
            CaseDocumentTests.TextOf(content).Should().Contain("样张");
        }

        _case.Make(DocumentKeys.Notice).Number.Should().Be("协通〔2026〕1号");
    }

    [Fact]
    public void Pages_are_numbered_at_their_outer_edges_and_letters_have_a_red_line()
    {
        using var document = Open(_case.Make(DocumentKeys.Notice));
        var main = document.MainDocumentPart!;

        main.DocumentSettingsPart!.Settings.Descendants<EvenAndOddHeaders>().Should().ContainSingle();
        main.FooterParts.Select(part => part.Footer.InnerText).Should().Equal("— 1 —", "— 1 —");
        main.FooterParts.Select(part => part.Footer.Descendants<Justification>().Single().Val!.InnerText).Should()
            .BeEquivalentTo("right", "left");
        main.Document.Descendants<ParagraphBorders>().First().BottomBorder!.Color!.Value.Should().Be("FF0000");
        main.Document.Descendants<PageMargin>().Single().Top!.Value.Should().Be(2098);
        main.Document.Descendants<RunFonts>().Select(fonts => fonts.EastAsia!.Value).Distinct().Should()
            .Contain(["方正小标宋简体", "仿宋_GB2312", "黑体"]);
    }

    [Theory]
    [InlineData("关于召开会议的通知", 1)]
    [InlineData("关于召开“推动河畔街道老旧小区停车资源错时共享”协商议事会议的通知", 2)]
    public void Long_titles_break_into_lines_of_like_length(string title, int lines)
    {
        var broken = DocumentBuilder.TitleLines(title).ToList();

        string.Concat(broken).Should().Be(title);
        broken.Should().HaveCount(lines).And.OnlyContain(line => line.Length <= 20 && line[0] != '的' && line[0] != '”');
    }

    /// <summary>Writes every kind into the folder that the variable names, to be looked at as pictures.</summary>
    [SkippableFact]
    public void Papers_can_be_written_out_to_be_looked_at()
    {
        var folder = Environment.GetEnvironmentVariable("CONSULTATION_WRITE_PAPERS");
        Skip.If(folder is null, "CONSULTATION_WRITE_PAPERS names no folder");
        Directory.CreateDirectory(folder);
        var reminded = new DateTimeOffset(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);
        _case.Record("preliminary-opinion", new() { ["opinion"] = "同意先行试点。", ["by"] = "区住建委" });
        foreach (var kind in CaseDocuments.All.Select(kind => kind.Key).Append("preliminary-opinion").Append("annex"))
        {
            if (kind is DocumentKeys.ExclusionNotice) continue;
            var subject = new DocumentSubject
            {
                Item = _case.File.Items[0],
                Number = kind == FormKeys.Resolution ? "议决〔2026〕3号" : null,
                Archive = [_case.Make(DocumentKeys.Agenda), _case.Make(FormKeys.Minutes)],
            };
            var made = _case.Make(kind, subject, kind == DocumentKeys.FormalReminder ? reminded : null);
            Write(kind, made.Content, "docx");
        }

        Write("annex", _case.Make("annex-excel").Content, "xlsx");
        _case.Record(FormKeys.ChangeRequest, new() { ["change"] = "推迟签订协议", ["reason"] = "一家单位停车场改造" });
        _case.Record(FormKeys.ImplementationPlan, _case.Plan("2026-10-30", _case.Traffic));
        Write("implementation-plan-2", _case.Make(FormKeys.ImplementationPlan).Content, "docx");
        var many = new OfficialCase(guests: 190);
        Write("roster-200", many.Make(DocumentKeys.Roster).Content, "docx");
        Write("sign-in-200", many.Make(DocumentKeys.SignIn).Content, "docx");
        Write("notice-200", many.Make(DocumentKeys.Notice).Content, "docx");
        Write("preview", CaseDocuments.Preview("notice", _case.File.Directory, OfficialCase.Today), "docx");

        void Write(string name, byte[] content, string ending) =>
            File.WriteAllBytes(Path.Combine(folder, $"{name}.{ending}"), content);
    }

    private static WordprocessingDocument Open(CaseDocument document) =>
        WordprocessingDocument.Open(new MemoryStream(document.Content), false);

    private static string Read(CaseDocument document)
    {
        CaseDocumentTests.Errors(document.Content).Should().BeEmpty(document.Kind);
        return CaseDocumentTests.TextOf(document.Content).Replace("\n", "", StringComparison.Ordinal);
    }

    private static void InOrder(string text, params string[] parts)
    {
        var from = 0;
        foreach (var part in parts)
        {
            var at = text.IndexOf(part, from, StringComparison.Ordinal);
            at.Should().BeGreaterThanOrEqualTo(0, $"“{part}” comes after “{text[..from]}” in “{text[from..]}”");
            from = at + part.Length;
        }
    }
}
