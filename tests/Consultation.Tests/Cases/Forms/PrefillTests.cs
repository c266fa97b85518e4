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
        rows[0].Unit("undertaking").Should().Be(_file.Topic.LeadUnitId);
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
    public void Forms_of_which_the_case_knows_nothing_start_empty()
    {
        _file.Records.Clear();

        Prefills.Of(FormKeys.ProblemList, _file).Should().BeEmpty();
        Prefills.Of(FormKeys.ResearchReport, _file).Should().BeEmpty();
        Prefills.Of(null, _file).Should().BeEmpty();
    }
}
