using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;

namespace Consultation.Server.Rehearsals;

/// <summary>
/// Fills a task's form in with words that say that they are of a rehearsal, and with people and units of the
/// organisation whom the step is likely to take.
/// </summary>
internal sealed class RehearsalAnswers(OrganisationSnapshot organisation, Case @case, DateOnly today)
{
    /// <summary>Working days from planning a meeting to its day, and until an item is to be done.</summary>
    private const int MeetsAfter = 8, ItemTakes = 20;

    private const string Words = "（演练）情况已核实，按职责分工继续推进，后续及时反馈。";

    private static readonly HashSet<string> SaidNo =
    [
        "adjust", "consult", "sign-up",
        .. new[] { FormKeys.Screening, FormKeys.ExclusionRecheck }
            .SelectMany(form => FormCatalogue.Find(form)!.Fields).Where(field => field.Kind == FieldKind.YesNo)
            .Select(field => field.Key),
    ];

    private OrganisationDirectory Directory => organisation.Directory;

    private WorkingCalendar Calendar => organisation.Calendar;

    private FormFiller Filler => field ??= new(new FormHand
    {
        Words = WordsFor,
        Number = one => one.Key switch
        {
            "weight-solved" => 40,
            "weight-satisfied" or "weight-impact" => 30,
            "abstained" or "invalid" => 0,
            _ => 60,
        },
        Day = DayFor,
        Says = one => !SaidNo.Contains(one.Key),
        Person = one => PersonFor(one.Key)?.Id,
        Persons = _ => People(Role.PlatformHead, Role.Member, Role.WorkGroupMember).Take(2).Select(one => one.Id),
        Unit = one => (one.IsHall ? Platform is { HallName: not null } hall ? hall.Id : null : Undertaking?.Id),
        Field = Directory.Fields is [var first, ..] ? first : "",
    });

    private Unit? Platform => Directory.Find(@case.PlatformId)
        ?? Directory.Units.Where(unit => unit is { IsPlatform: true, Active: true }).MinBy(unit => unit.Id.Value);

    private UnitId? Group => @case.WorkGroupId
        ?? Directory.Units.Where(unit => unit is { Kind: UnitKind.WorkGroup, Active: true })
            .MinBy(unit => unit.Id.Value)?.Id;

    /// <summary>A unit that carries something out: one with a contact.</summary>
    private Unit? Undertaking => UnitsWithContact.FirstOrDefault();

    private IEnumerable<Unit> UnitsWithContact => Directory.Units
        .Where(unit => unit.Active && Directory.Holders(Role.DepartmentContact, unit.Id).Count > 0)
        .OrderBy(unit => unit.Kind == UnitKind.Department ? 0 : 1).ThenBy(unit => unit.Id.Value);

    private UnitId? Office => Platform?.GuidedById
        ?? Directory.Units.Where(unit => unit is { Kind: UnitKind.SpecialCommittee, Active: true })
            .MinBy(unit => unit.Id.Value)?.Id
        ?? Directory.Units.Where(unit => unit.Active).MinBy(unit => unit.Id.Value)?.Id;

    /// <summary>The entries of a task's form.</summary>
    public Dictionary<string, string> Fill(WorkTask task)
    {
        var fields = task.FormKey switch
        {
            FormKeys.RecipientCheck => task.Prefill.ToDictionary(),
            FormKeys.MeetingRecord or FormKeys.Minutes or FormKeys.PublishTopic or FormKeys.PublishMeeting
                or FormKeys.PublishResult or FormKeys.CountSheet => Filler.Drafted(task),
            _ => Filler.Fill(task.Form?.Fields ?? []),
        };
        switch (task.FormKey)
        {
            case FormKeys.ProblemList:
                fields["items"] = FormValues.Write(UnitsWithContact.Take(2).Select(Item));
                break;
            case FormKeys.ImplementationPlan:
                fields["lines"] = FormValues.Write(UnitsWithContact.Take(2).Select(Line));
                break;
            case FormKeys.MeetingPlan:
                PlanMeeting(fields);
                break;
            case FormKeys.SeatReplacement:
                fields["how"] = "keep";
                break;
            case FormKeys.CountSheet:
                (fields["for"], fields["against"]) = (fields.Text("present"), "0");
                (fields["abstained"], fields["invalid"], fields["recused"]) = ("0", "0", "[]");
                break;
            case FormKeys.WorkGroup:
                NameDuties(fields);
                break;
            case FormKeys.PublishMeeting or FormKeys.PublishTopic:
                foreach (var unasked in new[] { "places", "sign-up-until", "consult-until" }) fields.Remove(unasked);
                break;
        }

        return Mended(task, fields);
    }

    /// <summary>A unit's report: nearer to the end each time, done at a hundred per cent.</summary>
    public Dictionary<string, string> Report(WorkTask task, int percent)
    {
        var fields = Fill(task);
        if (task.Form?.Find("percent") is null) return fields;
        fields["percent"] = percent.ToString(CultureInfo.InvariantCulture);
        fields["done"] = percent >= 100 ? FormValues.Yes : FormValues.No;
        return fields;
    }

    /// <summary>Does not come to a meeting.</summary>
    public static Dictionary<string, string> Absence() => new()
    {
        ["reply"] = FormValues.No,
        ["reason"] = "（演练）另有公务",
    };

    /// <summary>
    /// What the form's own check finds missing is filled in; what it finds wrong and can be left out, is left out.
    /// </summary>
    private Dictionary<string, string> Mended(WorkTask task, Dictionary<string, string> fields)
    {
        if (task.Form is not { } form) return fields;
        for (var round = 0; round < 3; round++)
        {
            var errors = form.Validate(fields, Directory, today);
            if (errors.Count == 0) break;
            foreach (var error in errors)
            {
                if (form.Find(error.Field) is not { } field) continue;
                if (fields.Text(field.Key).Length == 0) fields[field.Key] = Filler.Value(field);
                else if (!field.Required) fields.Remove(field.Key);
            }
        }

        return fields;
    }

    private string WordsFor(FormField field) => field.Kind switch
    {
        FieldKind.Time => "14:30",
        FieldKind.Text or FieldKind.Rows => Words,
        _ => field.Key switch
        {
            "topic" or "title" => PlainText.Cut(@case.Title, field.Max ?? 100),
            "contact" or "phone" => "13800000000",
            "number" => "演练1号",
            _ => "（演练）",
        },
    };

    private DateOnly DayFor(FormField field) => field switch
    {
        { NotFuture: true, Key: "from" } => Calendar.Move(today, -4),
        { NotFuture: true } => today,
        { Key: "on" } => Calendar.Move(today, 4),
        _ => Calendar.Move(today, 15),
    };

    private Person? PersonFor(string field) => field switch
    {
        "platform-head" => Holder(Role.PlatformHead, Platform?.Id),
        "lead" or "host" or "coordinator" => Holder(Role.WorkGroupLead, Group)
            ?? Holder(Role.PlatformHead, Platform?.Id) ?? People(Role.Secretary).FirstOrDefault(),
        "recorder" or "who" or "photographer" => Holder(Role.PlatformOfficer, Platform?.Id)
            ?? Holder(Role.WorkGroupMember, Group) ?? People(Role.Secretary).FirstOrDefault(),
        _ => Supervisor(Undertaking?.Id),
    } ?? People().FirstOrDefault();

    /// <summary>Whoever checks a unit's work does not belong to it.</summary>
    private Person? Supervisor(UnitId? unit) =>
        People(Role.Supervisor, Role.CommitteeMember, Role.CommitteeDirector, Role.Secretary)
            .FirstOrDefault(person => person.UnitId is null || person.UnitId != unit);

    private Person? Holder(Role role, UnitId? unit) =>
        Directory.Holders(role, unit) is [var first, ..] ? first : null;

    /// <summary>
    /// People in office with one of the roles, in the order of the roles; everybody in office without any.
    /// </summary>
    private IEnumerable<Person> People(params Role[] roles) => roles.Length == 0
        ? Directory.People.Where(person => person.Active).OrderBy(person => person.Id.Value)
        : roles.SelectMany(role => Directory.Grants.Where(grant => grant.Role == role && !grant.IsSubstitute)
            .Select(grant => Directory.Find(grant.PersonId)).OfType<Person>()
            .Where(person => person.Active).OrderBy(person => person.Id.Value)).DistinctBy(person => person.Id);

    private Dictionary<string, string> Item(Unit unit, int number) => new()
    {
        ["consulted-on"] = IsoDay.Iso(today),
        ["topic"] = @case.Title,
        ["advice"] = $"（演练）建议{number + 1}：先试点后推开，按月公布进展",
        ["undertaking"] = Id(unit.Id.Value),
        ["office"] = Id(Office?.Value),
        ["supervisor"] = Id(Supervisor(unit.Id)?.Id.Value),
        ["due"] = IsoDay.Iso(Calendar.Move(today, ItemTakes)),
    };

    private Dictionary<string, string> Line(Unit unit, int number) => new()
    {
        ["task"] = $"（演练）任务{number + 1}",
        ["unit"] = Id(unit.Id.Value),
        ["person"] = Id(Supervisor(unit.Id)?.Id.Value),
        ["due"] = IsoDay.Iso(Calendar.Move(today, ItemTakes)),
        ["demand"] = "（演练）完成后公示",
    };

    /// <summary>A meeting a good week later, with somebody of each class that workflows usually want.</summary>
    private void PlanMeeting(Dictionary<string, string> fields)
    {
        fields.Remove(MeetingPlan.Join);
        fields["on"] = IsoDay.Iso(Calendar.Move(today, MeetsAfter));
        (fields["from"], fields["to"]) = ("14:30", "16:30");
        if (Platform is { HallName: not null } platform) fields["hall"] = Id(platform.Id.Value);
        else fields["place"] = "（演练）会议室";
        var tellers = People(Role.Secretary, Role.WorkGroupMember, Role.PlatformOfficer, Role.Supervisor).Take(2);
        fields["tellers"] = FormValues.List(tellers.Select(person => Id(person.Id.Value)));
        var seats = new List<(Person? Person, string Class)>
        {
            (Holder(Role.PlatformHead, Platform?.Id) ?? Holder(Role.WorkGroupLead, Group), "platform"),
            (People(Role.Member).FirstOrDefault(), "member"),
            (ContactOf(UnitKind.Enterprise), "firm"),
            (ContactOf(UnitKind.Department), "department"),
            (ContactOf(UnitKind.Town), "town"),
            (ContactOf(UnitKind.Village), "village"),
        };
        var known = seats.Where(seat => seat.Person is not null).Select(seat => (Person: seat.Person!, seat.Class))
            .DistinctBy(seat => seat.Person.Id).ToList();
        foreach (var missing in new[] { "member", "platform", "resident" })
        {
            if (known.Any(seat => seat.Class == missing)) continue;
            if (People().FirstOrDefault(person => known.All(seat => seat.Person.Id != person.Id)) is { } other)
            {
                known.Add((other, missing));
            }
        }

        fields.Remove("others");
        fields["people"] = FormValues.Write(known.Select(seat => new Dictionary<string, string>
        {
            ["person"] = Id(seat.Person.Id.Value),
            ["class"] = seat.Class,
            ["vote"] = FormValues.Yes,
        }));
    }

    private Person? ContactOf(UnitKind kind) => Directory.Units.Where(unit => unit.Kind == kind && unit.Active)
        .OrderBy(unit => unit.Id.Value)
        .Select(unit => Holder(Role.DepartmentContact, unit.Id)).FirstOrDefault(person => person is not null);

    private void NameDuties(Dictionary<string, string> fields)
    {
        var members = Group is { } group && Directory.Holders(Role.WorkGroupMember, group) is { Count: > 0 } there
            ? there : [.. People().Take(2)];
        fields["members"] = FormValues.List(members.Select(person => Id(person.Id.Value)));
        fields["duties"] = FormValues.Write(WorkGroupDuties.Required.Select(duty => new Dictionary<string, string>
        {
            ["duty"] = duty.Key,
            ["who"] = Id(members[0].Id.Value),
            ["substitute"] = Id(members[^1].Id.Value),
            ["note"] = "（演练）",
        }));
    }

    private static string Id(Guid? id) => id?.ToString("N") ?? "";
}
