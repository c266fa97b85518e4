using Consultation.Activities.Desk;
using Consultation.Activities.Numbers;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Numbers;
using Consultation.Cases.Tasks;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities;

public sealed class PureRuleTests
{
    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("协〔{year}〕{n}号", "协〔2026〕7号")]
    [InlineData("R{year}-{n:5}", "R2026-00007")]
    [InlineData("no place", "no place")]
    [InlineData("{year}{other}", "2026{other}")]
    public void Number_pattern_is_filled_in(string pattern, string expected) =>
        GiveNumber.Format(pattern, 2026, 7).Should().Be(expected);

    [Theory]
    [InlineData("5wd", "now", "2026-03-09", "5wd", "2026-03-02", null)]
    [InlineData("5d", "now", "2026-03-07", "5d", "2026-03-02", null)]
    [InlineData("10wd", "startDate", "2026-03-12", "10wd", "2026-02-26", null)]
    [InlineData("0wd", "startDate", "2026-03-03", "0wd", "2026-02-26", "2026-03-02")]
    public void Due_time_says_what_it_was_computed_from(
        string duration, string from, string day, string within, string counted, string? passed)
    {
        var file = File(new DateOnly(2026, 2, 26));

        var due = DueTime.Compute(duration, from, file, planShift: 0, Monday)!;

        file.Calendar.DayOf(due.At).Should().Be(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        due.Basis.Should()
            .Be(new DueBasis(DueTime.Read(within, file), Day(counted), PassedOn: passed is null ? null : Day(passed)));
    }

    [Theory]
    [InlineData("10wd", "startDate", 5, "2026-03-19", "15wd", "2026-02-26")]
    [InlineData("20d", "startDate", -1, "2026-03-17", "13wd", "2026-02-26")]
    [InlineData("5wd", "now", 5, "2026-03-09", "5wd", "2026-03-02")]
    public void What_counts_from_the_start_of_a_plan_counts_by_the_plan_as_it_was_changed(
        string duration, string from, int shift, string day, string within, string counted)
    {
        var file = File(new DateOnly(2026, 2, 26));

        var due = DueTime.Compute(duration, from, file, shift, Monday)!;

        file.Calendar.DayOf(due.At).Should().Be(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        due.Basis.Should().Be(new DueBasis(DueTime.Read(within, file), Day(counted)));
    }

    [Fact]
    public void Duration_that_cannot_be_read_says_how_to_write_one()
    {
        var act = () => DueTime.Compute("soon", "now", File(null), planShift: 0, Monday);

        act.Should().Throw<ActivityFaultException>().WithMessage("*5wd*");
    }

    [Fact]
    public void Answer_travels_through_a_run_unchanged()
    {
        var answer = new TaskAnswer
        {
            OrganisationId = OrganisationId.New(),
            TaskId = TaskId.New(),
            ActorId = PersonId.New(),
            OnBehalfOfId = PersonId.New(),
            Outcome = "Return",
            Reason = "请补充",
            Fields = new Dictionary<string, string> { ["title"] = "河边步道" },
            Revision = 3,
            OperationId = "link-1",
            Channel = "link",
            LinkId = Guid.NewGuid(),
        };

        AnswerData.ReadAnswer(PlainData.FromJson(PlainData.ToJson(AnswerData.Write(answer)))).Should()
            .BeEquivalentTo(answer);
    }

    [Fact]
    public void Whatever_people_send_to_a_task_is_read_as_it_was_written()
    {
        var (one, two, three) = (PersonId.New(), PersonId.New(), PersonId.New());
        TaskMessage[] messages = [new TaskMessage.TakeBack(one), new TaskMessage.Reassign(one, two, three)];

        messages.Select(Travel).Should().Equal(messages);
        Travel(new TaskMessage.Reseat(one, [two, three])).Should()
            .BeEquivalentTo(new TaskMessage.Reseat(one, [two, three]));
        TaskMessage.Read(new Dictionary<string, object?> { ["kind"] = "reassign", ["actor"] = "?" }).Should().BeNull();
        TaskMessage.Read("answer").Should().BeNull();
    }

    private static TaskMessage? Travel(TaskMessage message) =>
        TaskMessage.Read(PlainData.FromJson(PlainData.ToJson(PlainData.Normalise(message.Write()))));

    public static TheoryData<AnswerResult> Results => new(
        new AnswerResult.Accepted(true, "Confirm"),
        new AnswerResult.AlreadyDecided("李敏", new LocalText("同意", "Confirm"), Monday),
        new AnswerResult.NotEntitled(["赵强"], new LocalText("不在任", "left")),
        new AnswerResult.Overtaken(4),
        new AnswerResult.Invalid([new FieldError("title", new LocalText("请填写", "Fill it in"))]),
        new AnswerResult.Failed("incident-1"),
        new AnswerResult.Unknown());

    [Theory]
    [MemberData(nameof(Results))]
    public void What_became_of_an_answer_travels_back_unchanged(AnswerResult result)
    {
        var stored = PlainData.FromJson(PlainData.ToJson(PlainData.Normalise(AnswerData.Write(result))));

        var read = AnswerData.ReadResult(stored);
        read.GetType().Should().Be(result.GetType());
        PlainData.ToJson(PlainData.Normalise(AnswerData.Write(read))).Should().Be(PlainData.ToJson(stored));
    }

    [Fact]
    public void Broken_template_names_the_place()
    {
        var text = new LiquidTemplateText(new MailClock(Monday));

        text.Validate("{{ case_number").Should().NotBeNull();
        text.Render("{{ a }} {{ b }}", new Dictionary<string, object?> { ["a"] = "<b>", ["b"] = 2 }, html: true)
            .Should().Be("&lt;b&gt; 2");
        var act = () => text.Render("{% if %}", new Dictionary<string, object?>(), html: false);
        act.Should().Throw<MailTemplateException>();
    }

    private static CaseFile File(DateOnly? start)
    {
        var district = new District();
        var @case = new Case
        {
            OrganisationId = district.Organisation.Id,
            Id = CaseId.New(),
            Kind = CaseKind.TenWeekPlan,
            Title = "停车",
            StartDate = start,
            OpenedAt = Monday,
        };
        return new CaseFile(
            district.Directory, district.Calendar, @case, new List<NumberSeries>())
        { Policies = PolicySet.None };
    }
}
