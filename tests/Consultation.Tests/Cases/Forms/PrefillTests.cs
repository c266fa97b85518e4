using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Tests.Cases.Documents;

namespace Consultation.Tests.Cases.Forms;

public sealed class PrefillTests
{
    private readonly CaseFile _file = Paper.File(new District());

    [Fact]
    public void The_problem_list_starts_from_the_advice_of_the_meeting()
    {
        var rows = Prefills.Of(FormKeys.ProblemList, _file).RowsOf("items");

        rows.Should().HaveCount(2);
        rows[0].Text("consulted-on").Should().Be("2026-03-20");
        rows[0].Text("topic").Should().Be(_file.Topic!.Title);
        rows[0].Text("advice").Should().NotBeEmpty();
        rows[0].Unit("office").Should().Be(_file.Case.CommitteeId);
        rows[0].Unit("assigning").Should().Be(_file.Case.PlatformId);
        rows[0].Unit("undertaking").Should().Be(
            _file.Records.Find(record => record.Kind == FormKeys.Resolution)?.Fields.Unit("owner")
            ?? _file.Topic.LeadUnitId, "whom the meeting resolved, else the unit that the topic leads with");
    }

    [Fact]
    public void The_submission_starts_from_topic_and_advice()
    {
        var fields = Prefills.Of(FormKeys.CommonProblems, _file);

        fields.RowsOf("problems").Should().HaveCount(2);
        fields.Text("title").Should().Be(_file.Topic!.Title);
        fields.Text("situation").Should().Contain(_file.Topic.Background).And.Contain(_file.Topic.Problem);
    }

    [Fact]
    public void A_first_draft_of_the_topic_starts_from_the_matter_and_what_was_found_out()
    {
        Prefills.Of(FormKeys.TopicDraft, _file).Should().BeEmpty("a topic that was drafted is revised, not begun anew");
        _file.Topic = null;
        _file.Records.RemoveAll(record => record.Kind == FormKeys.IssueCollection);

        var fields = Prefills.Of(FormKeys.TopicDraft, _file);

        fields.Text("title").Should().Be(_file.Case.Title);
        fields.Text("background").Should().Be(_file.Matters[0].Text);
        fields.Text("state").Should().Be(_file.Screening!.FactSheet);
    }

    [Fact]
    public void What_was_resolved_starts_the_opinion_and_names_who_carries_it_out()
    {
        var owner = UnitId.New();
        _file.Records.RemoveAll(record => record.Kind == FormKeys.Resolution);
        _file.Records.Insert(0, new CaseRecord
        {
            OrganisationId = _file.Case.OrganisationId,
            Id = Guid.NewGuid(),
            CaseId = _file.Case.Id,
            Kind = FormKeys.Resolution,
            Title = new("会议决议"),
            Fields = new() { ["text"] = "错时共享停车位。", ["owner"] = owner.Value.ToString("N") },
            ById = PersonId.New(),
            At = District.Now,
        });

        Prefills.Of(FormKeys.PreliminaryOpinion, _file).Text("opinion").Should().Be("错时共享停车位。");
        Prefills.Of(FormKeys.ProblemList, _file).RowsOf("items").Should()
            .OnlyContain(row => row.Unit("undertaking") == owner);
    }

    [Fact]
    public void What_was_collected_is_sorted_and_drafted_without_being_typed_again()
    {
        _file.Topic = null;
        _file.Records.RemoveAll(record => record.Kind == "visit-record");
        Keep("survey-issues", "survey", "residents", "120", ("车位不足", "46", "4"), ("电梯老旧", "8", "5"));
        Keep("call-issues", "call", "stakeholders,residents", "31", ("车位不足", "9", "5"));

        var sorted = Prefills.Of(FormKeys.IssueCollection, _file, FormKeys.IssueCollection);

        sorted.Text("ways").Split(',').Should().BeEquivalentTo("survey", "call");
        sorted.Text("sources").Split(',').Should().BeEquivalentTo("residents", "stakeholders");
        sorted.Text("answers").Should().Be("151");
        var rows = sorted.RowsOf("issues");
        rows.Select(row => (row.Text("issue"), row.Text("count"), row.Text("urgent"))).Should()
            .BeEquivalentTo([("车位不足", "55", "5"), ("电梯老旧", "8", "5")]);
        Prefills.Of(FormKeys.IssueCollection, _file, "survey-issues").Text("ways").Should().Be("survey");

        Keep(FormKeys.IssueCollection, "survey", "residents", "151", ("车位不足", "55", "5"), ("电梯老旧", "8", "3"));
        var topic = Prefills.Of(FormKeys.TopicDraft, _file);
        (topic.Text("title"), topic.Text("urgent")).Should().Be(("车位不足", "5"));
        topic.Text("problem").Should().Be("车位不足（提及 55 次）\n电梯老旧（提及 8 次）");

        void Keep(string kind, string ways, string sources, string answers, params (string, string, string)[] issues) =>
            _file.Records.Insert(0, new CaseRecord
            {
                OrganisationId = _file.Case.OrganisationId,
                Id = Guid.NewGuid(),
                CaseId = _file.Case.Id,
                Kind = kind,
                Title = new(kind),
                Fields = new()
                {
                    ["ways"] = ways,
                    ["sources"] = sources,
                    ["answers"] = answers,
                    ["issues"] = FormValues.Write([.. issues.Select(one => new Dictionary<string, string>
                    {
                        ["issue"] = one.Item1, ["count"] = one.Item2, ["urgent"] = one.Item3,
                    })]),
                },
                ById = PersonId.New(),
                At = DateTimeOffset.UnixEpoch,
            });
    }

    [Fact]
    public void The_work_group_starts_with_a_row_for_each_duty_and_nobody_in_it()
    {
        var fields = Prefills.Of(FormKeys.WorkGroup, _file);

        fields.RowsOf("duties").Select(row => (row.Text("duty"), row.Text("who"))).Should()
            .Equal(("planning", ""), ("liaison", ""), ("documents", ""));
    }

    [Fact]
    public void Forms_of_which_the_case_knows_nothing_start_empty()
    {
        _file.Records.Clear();

        Prefills.Of(FormKeys.ProblemList, _file).Should().BeEmpty();
        Prefills.Of(FormKeys.ResearchReport, _file).Should().BeEmpty();
        Prefills.Of(null, _file).Should().BeEmpty();
    }
}
