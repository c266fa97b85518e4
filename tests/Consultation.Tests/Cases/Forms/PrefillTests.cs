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
    public void Forms_of_which_the_case_knows_nothing_start_empty()
    {
        _file.Records.Clear();

        Prefills.Of(FormKeys.ProblemList, _file).Should().BeEmpty();
        Prefills.Of(FormKeys.ResearchReport, _file).Should().BeEmpty();
        Prefills.Of(null, _file).Should().BeEmpty();
    }
}
