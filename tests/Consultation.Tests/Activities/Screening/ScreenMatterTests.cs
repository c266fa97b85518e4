using Consultation.Cases.Matters;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;

namespace Consultation.Tests.Activities.Screening;

public sealed class ScreenMatterTests
{
    private static readonly DateTimeOffset EndOfThursday = new(2026, 3, 5, 10, 0, 0, TimeSpan.Zero);
    private const string Reason = "经核实属于此种情形。";

    [Fact]
    public void The_screener_gets_a_task_with_the_eight_questions_and_the_matters_first()
    {
        var world = Screening();

        (world.Task.FormKey, world.Task.Kind, world.Task.Shows[0]).Should()
            .Be(("screening", TaskKind.Work, Exhibits.Matters));
        world.Task.DueAt.Should().Be(EndOfThursday, "three working days");
        world.Mails.Should().Equal("work-request to 专人 周洁");
    }

    [Fact]
    public void A_matter_that_no_exclusion_meets_is_eligible()
    {
        var world = Screening();

        Screen(world, ("class", "PublicHardship"));

        world.Outcomes.Should().Equal("Eligible");
        var screening = world.Scenario.Screenings.Should().ContainSingle().Subject;
        (screening.Excluded, screening.Class, screening.ScreenedById).Should()
            .Be((false, EligibleClass.PublicHardship, world.District.Officer.Id));
        world.Output("ExclusionCodes").Should().BeOfType<List<object?>>().Which.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void An_exclusion_that_one_person_may_find_ends_the_matter(int code)
    {
        var world = Screening();

        Exclude(world, code);

        world.Outcomes.Should().Equal("Excluded");
        world.Output("ExclusionCodes").Should().BeOfType<List<object?>>().Which.Should().Equal((long)code);
        world.Scenario.Matters.Should().OnlyContain(matter => matter.State == MatterState.Excluded);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void A_grave_exclusion_asks_a_second_person_who_is_not_the_screener(int code)
    {
        var world = Screening();

        Exclude(world, code);

        world.Outcomes.Should().BeEmpty("nothing is decided by one person");
        (world.Task.FormKey, world.Task.Shows[0]).Should().Be((ScreenMatterForm, Exhibits.Screening));
        world.Task.Barred.Should().Equal(world.District.Officer.Id.Value);
        world.Task.Assignees.Should().ContainSingle(seat => seat.PersonId == world.District.Director.Id);
    }

    [Fact]
    public void The_node_may_name_the_second_person()
    {
        var world = Screening(("SecondPerson", "role:PlatformHead@case.platform"));

        Exclude(world, 8);

        world.Task.Assignees.Should().ContainSingle(seat => seat.PersonId == world.District.Head.Id);
    }

    [Fact]
    public void A_confirmed_exclusion_of_a_restricted_kind_takes_the_words_out_of_the_case()
    {
        var world = Screening();
        Exclude(world, 5);

        world.Answer(world.District.Director, "Submit", entries: ("agrees", "yes"));

        world.Outcomes.Should().Equal("Excluded");
        (world.Case.Restricted, world.Case.Title).Should().Be((true, "限制查看事项"));
        world.Scenario.Matters.Should().OnlyContain(matter => matter.Text == "");
        world.Scenario.Screenings[0].SecondedById.Should().Be(world.District.Director.Id);
    }

    [Fact]
    public void A_confirmed_exclusion_of_the_last_kind_leaves_the_case_readable()
    {
        var world = Screening();
        Exclude(world, 8);

        world.Answer(world.District.Director, "Submit", entries: ("agrees", "yes"));

        world.Outcomes.Should().Equal("Excluded");
        world.Case.Restricted.Should().BeFalse();
    }

    [Fact]
    public void A_second_person_who_disagrees_sends_the_matter_back_to_be_screened_again()
    {
        var world = Screening();
        Exclude(world, 8);

        world.Answer(world.District.Director, "Submit", entries: [("agrees", "no"), ("remark", "可以协商，请重新核实。")]);

        world.Outcomes.Should().BeEmpty();
        world.Task.FormKey.Should().Be("screening");
        world.Task.Prefill.Should().ContainKey("facts");
        world.Verbs.Should().Contain("screening.returned");
    }

    [Fact]
    public void The_second_mail_about_a_restricted_kind_keeps_silent_about_it()
    {
        var world = Screening();

        Exclude(world, 2);

        var mail = world.Scenario.Mails[^1];
        mail.RecipientName.Should().Be("主任 李敏");
        (mail.Subject + mail.TextBody).Should().NotContain("河边步道照明").And.NotContain("不纳入");
    }

    [Fact]
    public void An_overdue_screening_is_followed_while_it_goes_on_waiting()
    {
        var world = Screening();

        world.Scenario.PassUntil(EndOfThursday);

        world.Outcomes.Should().Equal("Overdue");
        world.Task.State.Should().Be(TaskState.Open);
    }

    private const string ScreenMatterForm = "second-check";

    private static StepWorld Screening(params (string Name, object Value)[] inputs) => new StepWorld(
        "ScreenMatter",
        [("Screeners", "role:PlatformOfficer@case.platform"), ("Title", "核实与筛查"), ("Due", "3wd"), .. inputs]).Run();

    private static void Screen(StepWorld world, params (string Field, string Value)[] entries) =>
        world.Answer(world.District.Officer, "Submit", entries: entries).Should().BeOfType<AnswerResult.Accepted>();

    private static void Exclude(StepWorld world, int code) => Screen(
        world, ($"excl-{code}", "yes"), ($"excl-{code}-reason", Reason), ($"excl-{code}-ref", "2026-17"));
}
