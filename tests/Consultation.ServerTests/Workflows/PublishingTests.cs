using Consultation.Cases;
using Consultation.Cases.Publishing;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>From the confirmed topic to the published result, through the gates of the procedure (Q28, Q80).</summary>
public sealed class PublishingTests
{
    [Fact]
    public void Topic_is_published_by_two_people_while_the_procedure_goes_on()
    {
        var scenario = Confirmed();
        var gate = scenario.TaskAt("PublishTopic");
        scenario.Case.Step.Should().Be("research", "publishing holds nothing up");
        gate.Prefill["original:title"].Should().Contain("河边步道");

        Publish(scenario, gate, scenario.District.Officer).Should().BeOfType<AnswerResult.Accepted>();

        scenario.Publications.Should().BeEmpty("a second person looks first");
        var second = scenario.TaskAt("PublishTopic");
        second.Barred.Should().Contain(scenario.District.Officer.Id.Value);
        scenario.Answer(second, scenario.District.Secretary, "Confirm").Should().BeOfType<AnswerResult.Accepted>();
        var topic = scenario.Publications.Single();
        (topic.Kind, topic.IsReadable, topic.Version, topic.SecondId).Should()
            .Be((PublicationKind.Topic, true, 1, scenario.District.Secretary.Id));
        topic.TextOf("summary").Should().NotBeNullOrEmpty();
        scenario.Case.IsPublic.Should().BeTrue();
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void Second_person_who_sends_it_back_gets_it_rewritten()
    {
        var scenario = Confirmed();
        Publish(scenario, scenario.TaskAt("PublishTopic"), scenario.District.Officer,
            ("summary", "第一稿：步道夜间没有照明，请讨论。"));

        scenario.Answer("PublishTopic", scenario.District.Secretary, "Return", reason: "请写得更短")
            .Should().BeOfType<AnswerResult.Accepted>();

        var again = scenario.TaskAt("PublishTopic");
        again.Prefill["summary"].Should().StartWith("第一稿");
        again.Prefill.Should().ContainKey("original:title", "the original stands beside it again");
        scenario.Publications.Should().BeEmpty();
    }

    [Fact]
    public void Name_phone_or_flat_in_a_text_is_refused_at_its_field()
    {
        var scenario = Confirmed();
        var gate = scenario.TaskAt("PublishTopic");

        var answer = Publish(
            scenario, gate, scenario.District.Officer, ("summary", "居民刘洋反映步道没有灯。"),
            ("background", "联系电话 138 0013 8000"));

        answer.Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Select(error => error.Field)
            .Should().Equal("summary", "background");
        gate.State.Should().Be(TaskState.Open);
    }

    [Fact]
    public void Rule_without_a_second_person_publishes_at_once()
    {
        var scenario = BeginPublic();
        scenario.Policies = scenario.Policies with
        {
            Rules = new RuleSet(new Dictionary<string, string> { [RuleKeys.SecondForPublishing] = "no" }),
        };
        Screen(scenario);
        Confirm(scenario);

        Publish(scenario, scenario.TaskAt("PublishTopic"), scenario.District.Officer);

        scenario.Publications.Single().SecondId.Should().BeNull();
        scenario.Open.Should().NotContain(task => task.ActivityId == "PublishTopic");
    }

    [Fact]
    public void Somebody_may_decide_not_to_publish_and_says_why()
    {
        var scenario = Confirmed();

        scenario.Answer("PublishTopic", scenario.District.Officer, "Withhold", reason: "涉及未成年人")
            .Should().BeOfType<AnswerResult.Accepted>();

        scenario.Publications.Should().BeEmpty();
        scenario.History.Should().Contain(line => line.Verb == "publication.withheld");
    }

    [Fact]
    public void Result_is_published_before_the_end_and_stays_readable_when_the_case_is_closed()
    {
        var scenario = Confirmed();
        ToFollowUp(scenario);
        Publish(scenario, scenario.TaskAt("PublishPromises"), scenario.District.Officer,
            ("promises", PromisesOf(scenario)));
        scenario.Answer("PublishPromises", scenario.District.Secretary, "Confirm");
        var result = scenario.Publications.Single(one => one.Kind == PublicationKind.Result);
        result.Promises.Should().HaveCount(2, "what was promised is public while it is being done");

        foreach (var item in scenario.Items) Finish(scenario, item);
        scenario.Answer("ReplyWatch", scenario.District.Secretary, "Done", scenario.Fill("submission-reply"));
        scenario.Case.State.Should().Be(CaseState.Open, "the result is published first");
        PublishResult(scenario);

        scenario.Case.State.Should().Be(CaseState.Closed);
        (result.Version, result.IsReadable).Should().Be((2, true));
        scenario.OpenRuns.Should().Be(0);
        scenario.Open.Should().BeEmpty("what nobody answered is not needed any more");
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void Result_that_nobody_publishes_holds_the_end_up_only_for_its_time()
    {
        var scenario = Confirmed();
        ToFollowUp(scenario);
        foreach (var item in scenario.Items) Finish(scenario, item);
        scenario.Answer("ReplyWatch", scenario.District.Secretary, "Done", scenario.Fill("submission-reply"));

        scenario.Pass(TimeSpan.FromDays(10));

        scenario.Case.State.Should().Be(CaseState.Closed);
        scenario.Publications.Should().BeEmpty();
    }

    [Fact]
    public void Restriction_takes_everything_off_the_public_pages_at_once()
    {
        var scenario = Confirmed();
        Publish(scenario, scenario.TaskAt("PublishTopic"), scenario.District.Officer);
        scenario.Answer("PublishTopic", scenario.District.Secretary, "Confirm");

        scenario.Restrict();

        scenario.Publications.Should().OnlyContain(one => !one.IsReadable);
        scenario.Case.IsPublic.Should().BeFalse();
    }

    private static Scenario Confirmed()
    {
        var scenario = BeginPublic();
        Screen(scenario);
        Confirm(scenario);
        return scenario;
    }

    private static Scenario BeginPublic() => Begin(new Scenario(WorkflowFolder.All, Monday) { Publishes = true });

    private static string PromisesOf(Scenario scenario) => Consultation.Cases.Forms.FormValues.Write(
        scenario.Items.Select(item => new Dictionary<string, string>
        {
            ["number"] = $"{item.Number}",
            ["text"] = item.Advice,
        }));
}
