using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;

namespace Consultation.Server.Sample;

/// <summary>
/// Fills a task's form in as somebody of the sample would: what is required, and the opinion. Fields are known by
/// their kind, so that a form that is changed is still filled in.
/// </summary>
internal sealed class SampleAnswers(OrganisationSnapshot organisation, SampleCase @case, Unit platform, DateOnly today)
{
    /// <summary>Working days from planning a meeting to its day: the notice goes out in time.</summary>
    private const int MeetsAfter = 6;

    /// <summary>No exclusion applies, and no plan is changed.</summary>
    private static readonly HashSet<string> SaidNo =
    [
        "adjust",
        .. FormCatalogue.Find(FormKeys.Screening)!.Fields.Where(field => field.Kind == FieldKind.YesNo)
            .Select(field => field.Key),
    ];

    private OrganisationDirectory Directory => organisation.Directory;

    private WorkingCalendar Calendar => organisation.Calendar;

    /// <summary>The entries of a task's form.</summary>
    public Dictionary<string, string> Fill(WorkTask task) => task.FormKey switch
    {
        FormKeys.ProblemList => new() { ["items"] = FormValues.Write(@case.Items.Select(Row)) },
        FormKeys.ImplementationPlan => With(task, "lines", FormValues.Write(@case.Items.Select(Line))),
        FormKeys.MeetingPlan => Meeting(task),
        FormKeys.SeatReplacement => With(task, "how", "keep"),
        FormKeys.MeetingRecord or FormKeys.Minutes => Drafted(task),
        FormKeys.PublishTopic or FormKeys.PublishMeeting or FormKeys.PublishResult => Published(task),
        FormKeys.CountSheet => Count(task),
        FormKeys.WorkGroup => Group(task),
        FormKeys.RecipientCheck => task.Prefill.ToDictionary(),
        _ => Fields(task.Form?.Fields ?? []),
    };

    /// <summary>A unit's report on an item.</summary>
    public Dictionary<string, string> Report(WorkTask task, int percent)
    {
        var fields = Fields(task.Form!.Fields);
        fields["percent"] = percent.ToString(CultureInfo.InvariantCulture);
        if (percent == 100)
        {
            fields["progress"] = "已全部完成，并在社区公示。";
            fields["problems"] = "无";
            fields["solution"] = "移交日常管理。";
        }

        fields["done"] = percent == 100 ? FormValues.Yes : FormValues.No;
        return fields;
    }

    /// <summary>The group that is there already: its first member has the duties, the next stands in.</summary>
    private Dictionary<string, string> Group(WorkTask task)
    {
        var fields = Fields(task.Form!.Fields);
        var members = Directory.Holders(Role.WorkGroupMember, ContactOf("lead").UnitId);
        fields["members"] = FormValues.List(members.Select(person => Id(person.Id)));
        fields["duties"] = FormValues.Write(WorkGroupDuties.Required.Select(duty => new Dictionary<string, string>
        {
            ["duty"] = duty.Key,
            ["who"] = Id(members[0].Id),
            ["substitute"] = Id(members[1].Id),
            ["note"] = SampleWords.For("note", @case.Title),
        }));
        return fields;
    }

    private Dictionary<string, string> With(WorkTask task, string field, string value)
    {
        var fields = Fields(task.Form!.Fields);
        fields[field] = value;
        return fields;
    }

    /// <summary>The meeting is in the hall a good week later, each case's at an hour of its own.</summary>
    private Dictionary<string, string> Meeting(WorkTask task)
    {
        var fields = Fields(task.Form!.Fields);
        var hour = 8 + (SampleStory.Cases.Count(one => one.Began > @case.Began) % 9);
        fields["on"] = Text(Calendar.Move(today, MeetsAfter));
        (fields["from"], fields["to"]) = ($"{hour}:00", $"{hour}:50");
        if (platform.HallName is not null) fields["hall"] = Id(platform.Id);
        else fields["place"] = SampleWords.For("place", @case.Title);
        fields["tellers"] = FormValues.List([Id(ContactOf("secretary").Id), Id(ContactOf("张伟").Id)]);
        fields["people"] = FormValues.Write(
        [
            Seat(Directory.Holders(Role.PlatformHead, platform.Id)[0], "platform"),
            Seat(ContactOf("member"), "member"),
            Seat(ContactOf("尤经理"), "firm"),
            Seat(ContactOf("contact"), "department"),
        ]);
        return fields;

        static Dictionary<string, string> Seat(Person person, string kind) => new()
        {
            ["person"] = Id(person.Id),
            ["class"] = kind,
            ["vote"] = FormValues.Yes,
        };
    }

    /// <summary>
    /// The redacted words as they are proposed; of cases that are going on, people are asked and may come.
    /// </summary>
    private Dictionary<string, string> Published(WorkTask task)
    {
        var fields = Drafted(task);
        if (task.FormKey == FormKeys.PublishTopic && @case.StandsAt is not null)
        {
            fields["consult"] = FormValues.Yes;
            fields["consult-until"] = Text(Calendar.Move(LastDay, 10));
        }

        if (task.FormKey == FormKeys.PublishMeeting)
        {
            (fields["sign-up"], fields["places"]) = (FormValues.Yes, "12");
        }

        return fields;
    }

    /// <summary>All who are there vote, all but one in favour.</summary>
    private Dictionary<string, string> Count(WorkTask task)
    {
        var fields = Drafted(task);
        fields["for"] = ((fields.Number("present") ?? 1) - 1).ToString(CultureInfo.InvariantCulture);
        fields["against"] = "1";
        return fields;
    }

    private Dictionary<string, string> Fields(IEnumerable<FormField> fields) => Filler.Fill(fields);

    /// <summary>What was drafted is handed in, and what the draft leaves open.</summary>
    private Dictionary<string, string> Drafted(WorkTask task) => Filler.Drafted(task);

    private FormFiller Filler => field ??= new(new FormHand
    {
        Words = one => SampleWords.For(one.Key, @case.Title),
        Number = one => Number(one.Key),
        Day = Day,
        Says = one => !SaidNo.Contains(one.Key),
        Person = one => Person(one.Key).Id,
        Persons = _ => Participants.Select(person => person.Id),
        Unit = _ => ContactOf("contact").UnitId,
        Field = "社区治理",
    });

    private static int Number(string field) => field switch
    {
        "weight-solved" => 40,
        "weight-satisfied" or "weight-impact" => 30,
        "abstained" or "invalid" => 0,
        "answers" or "sample" => 126,
        _ => 12,
    };

    private DateOnly Day(FormField field) => field switch
    {
        { NotFuture: true, Key: "from" } => Calendar.Move(today, -4),
        { NotFuture: true } => Calendar.Move(today, -1),
        { Key: "on" } => Calendar.Move(today, 4),
        _ => Calendar.Move(today, 15),
    };

    private Person Person(string field) => field switch
    {
        "platform-head" => Directory.Holders(Role.PlatformHead, platform.Id)[0],
        "lead" or "host" or "coordinator" => ContactOf("lead"),
        "recorder" or "who" or "photographer" => ContactOf("张伟"),
        _ => ContactOf("supervisor"),
    };

    private IEnumerable<Person> Participants =>
        [Directory.Holders(Role.PlatformHead, platform.Id)[0], ContactOf("member"), ContactOf("contact")];

    private Dictionary<string, string> Row(SampleItem item) => new()
    {
        ["consulted-on"] = Text(Calendar.Move(today, -6)),
        ["topic"] = @case.Title,
        ["advice"] = item.Advice,
        ["undertaking"] = Id(ContactOf(item.Undertaking).UnitId!.Value),
        ["office"] = Id(platform.GuidedById!.Value),
        ["supervisor"] = Id(ContactOf("supervisor").Id),
        ["due"] = Text(DueOf(item)),
    };

    private Dictionary<string, string> Line(SampleItem item) => new()
    {
        ["task"] = item.Advice,
        ["unit"] = Id(ContactOf(item.Undertaking).UnitId!.Value),
        ["person"] = Id(ContactOf("supervisor").Id),
        ["due"] = Text(DueOf(item)),
        ["demand"] = SampleWords.For("demand", @case.Title),
    };

    private DateOnly DueOf(SampleItem item) => Calendar.Move(LastDay, item.Due);

    /// <summary>The day until which the sample lives: due days are counted from it.</summary>
    public required DateOnly LastDay { get; init; }

    private Person ContactOf(string name) =>
        Directory.People.First(person => person.UserName == name || person.Name == name);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Id(PersonId id) => id.Value.ToString("N");

    private static string Id(UnitId id) => id.Value.ToString("N");
}
