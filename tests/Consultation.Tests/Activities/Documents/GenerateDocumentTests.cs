using Consultation.Activities.Documents;

namespace Consultation.Tests.Activities.Documents;

public sealed class GenerateDocumentTests
{
    [Fact]
    public void A_document_is_made_from_the_record_of_its_form_and_filed()
    {
        var world = new StepWorld("GenerateDocument", ("Kind", "problem-ticket"));
        world.Record("problem-ticket", world.District.Secretary, ("problem", "场地没有落实。"));

        world.Run();

        var document = world.Scenario.Documents.Should().ContainSingle().Subject;
        (document.Kind, document.CaseId).Should().Be(("problem-ticket", world.Case.Id));
        world.Output("DocumentId").Should().Be(document.Id.Value.ToString("N"));
        world.Told("document.made").Zh.Should().StartWith("生成并归入案卷：");
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void A_document_without_what_it_is_made_of_stops_the_case_with_what_comes_first()
    {
        var world = new StepWorld("GenerateDocument", ("Kind", "problem-ticket")).Run();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("缺少所需的登记内容")
            .And.Contain("cannot be made");
        world.Scenario.Documents.Should().BeEmpty();
        world.Outcomes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("proposal", "proposal")]
    [InlineData("opinion", "opinion-report")]
    [InlineData("proposal,opinion", "proposal,opinion-report")]
    [InlineData("", "opinion-report")]
    public void A_submission_is_made_in_the_forms_that_were_chosen(string chosen, string kinds)
    {
        var world = new StepWorld("GenerateDocument", ("Kind", DocumentKinds.Submission));
        world.Record("common-problems", world.District.Secretary, ("kinds", chosen), ("title", "步道照明"),
            ("problem", "夜间无灯。"));

        world.Run();

        world.Scenario.Documents.Select(document => document.Kind).Should().Equal(kinds.Split(','));
        world.Output("DocumentId").Should()
            .Be(world.Scenario.Documents[^1].Id.Value.ToString("N"), "the last one that was made");
    }

    [Fact]
    public void Every_kind_of_document_is_named_once_in_both_languages()
    {
        DocumentKinds.All.Select(kind => kind.Key).Should().OnlyHaveUniqueItems();
        DocumentKinds.All.Should().OnlyContain(kind => kind.Name.Zh.Length > 0 && kind.Name.En != null);
    }
}
