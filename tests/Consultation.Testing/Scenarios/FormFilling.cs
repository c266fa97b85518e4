using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;

namespace Consultation.Testing.Scenarios;

/// <summary>
/// Fills forms in as a sensible person would: every required field and the opinion, with what a test wants to be
/// different.
/// </summary>
public static class FormFilling
{
    private const string Confirm = Cases.Screening.ScreeningRules.ConfirmField;
    private const string Text = "河边步道加装路灯,方便老人和孩子夜间出行,已现场核实。";

    /// <summary>The fields of a form by its key.</summary>
    public static Dictionary<string, string> Fill(
        this Scenario scenario, string key, params (string Field, string Value)[] differently) =>
        Fill(scenario, FormCatalogue.Find(key), null, differently);

    /// <summary>The fields of a gate's form, which asks the exclusions again.</summary>
    public static Dictionary<string, string> FillWithExclusions(
        this Scenario scenario, string key, params (string Field, string Value)[] differently) =>
        Fill(scenario, FormCatalogue.Find(key, [FormKeys.ExclusionRecheck]), null, differently);

    /// <summary>The fields that a task asks for.</summary>
    public static Dictionary<string, string> Fill(
        this Scenario scenario, WorkTask task, params (string Field, string Value)[] differently) =>
        Fill(scenario, task.Form, task, differently);

    private static Dictionary<string, string> Fill(
        Scenario scenario, Form? form, WorkTask? task, (string Field, string Value)[] differently)
    {
        var fields = new Dictionary<string, string>();
        foreach (var field in form?.Fields ?? [])
        {
            if (!field.IsMade && (field.Required || field.IsOpinion || field.RequiredWhen is not null
                || field.Kind == FieldKind.Fields))
            {
                fields[field.Key] = ValueOf(scenario, field);
            }
        }

        if (form?.Key == FormKeys.MeetingPlan) PlanMeeting(scenario, fields);
        if (form?.Key == FormKeys.CountSheet)
        {
            foreach (var (field, value) in Counted(scenario, task)) fields[field] = value;
        }
        if (form?.Key is FormKeys.PublishMeeting or FormKeys.PublishTopic)
        {
            // Nobody may sign up after the meeting.
            fields["sign-up"] = FormValues.No;
            foreach (var field in new[] { "places", "sign-up-until" }) fields.Remove(field);
        }

        foreach (var (field, value) in differently) fields[field] = value;
        if (fields.Any(field => field.Key.StartsWith("excl-", StringComparison.Ordinal) && field.Value == "yes"))
        {
            fields.TryAdd(Confirm, "yes");
            if (fields[Confirm].Length == 0 && !differently.Any(one => one.Field == Confirm)) fields[Confirm] = "yes";
        }

        return fields;
    }

    /// <summary>
    /// A meeting seven working days from now, with one of each class that the shipped workflows want.
    /// </summary>
    private static void PlanMeeting(Scenario scenario, Dictionary<string, string> fields)
    {
        var district = scenario.District;
        fields["on"] = district.Calendar.Move(district.Calendar.DayOf(scenario.Now), 7)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (fields["from"], fields["to"], fields["place"]) = ("14:30", "16:30", "河畔协商议事厅");
        (fields["host"], fields["recorder"]) = (Id(district.Head), Id(district.Officer));
        fields["people"] = FormValues.Write(
            [Seat(district.Head, "platform"), Seat(district.MemberA, "member"), Seat(district.Supervisor, "resident")]);
        fields.Remove("others");

        static string Id(Cases.People.Person person) => person.Id.Value.ToString("N");
        static Dictionary<string, string> Seat(Cases.People.Person person, string kind) => new()
        {
            ["person"] = Id(person),
            ["class"] = kind,
            ["vote"] = FormValues.Yes,
        };
    }
    /// <summary>
    /// A vote that passes: numbers on a count sheet have to agree with each other, with the roster and with who came.
    /// </summary>
    private static Dictionary<string, string> Counted(Scenario scenario, WorkTask? task)
    {
        task ??= scenario.Open.FirstOrDefault(one => one.FormKey == FormKeys.CountSheet);
        var known = task?.Prefill ?? [];
        var present = known.GetValueOrDefault("present", "8");
        return new()
        {
            ["participants"] = known.GetValueOrDefault("participants", "9"),
            ["recused"] = "[]",
            ["present"] = present,
            ["for"] = present,
            ["against"] = "0",
            ["abstained"] = "0",
            ["invalid"] = "0",
        };
    }

    private static string ValueOf(Scenario scenario, FormField field) => field.Kind switch
    {
        _ when field.Key.StartsWith("excl-", StringComparison.Ordinal) => field.Kind == FieldKind.YesNo ? "no" : "",
        FieldKind.YesNo => "yes",
        FieldKind.Number when field.Key.StartsWith("weight-", StringComparison.Ordinal) =>
            field.Key == "weight-solved" ? "40" : "30",
        FieldKind.Number => Math.Clamp(60, field.Min ?? 0, field.Max ?? 100).ToString(CultureInfo.InvariantCulture),
        FieldKind.Score => "4",
        FieldKind.Date => scenario.District.Calendar.DayOf(scenario.Now).AddDays(field.NotFuture ? 0 : 30)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldKind.Choice or FieldKind.Choices => field.Choices![0].Key,
        FieldKind.Person when field.Key == "lead" => scenario.District.GroupLead.Id.Value.ToString("N"),
        FieldKind.Persons when field.Key == "members" && field.RowsCited == "P27" => string.Join(
            ',', new[] { scenario.District.GroupMember, scenario.District.GroupMember2 }.Select(
                person => person.Id.Value.ToString("N"))),
        FieldKind.Person when field.Key == "platform-head" => scenario.District.Head.Id.Value.ToString("N"),
        FieldKind.Person => scenario.District.Supervisor.Id.Value.ToString("N"),
        FieldKind.Persons =>
            string.Join(',', new[] { scenario.District.Head, scenario.District.MemberA }.Select(
                person => person.Id.Value.ToString("N"))),
        FieldKind.Units => "",
        FieldKind.Fields => District.LightingField,
        FieldKind.Unit => scenario.District.Water.Id.Value.ToString("N"),
        FieldKind.Rows when field.Key == "promises" => "[]",
        FieldKind.Rows when field.Key == "duties" => FormValues.Write(WorkGroupDuties.Required.Select(duty =>
            new Dictionary<string, string>
            {
                ["duty"] = duty.Key,
                ["who"] = scenario.District.GroupMember.Id.Value.ToString("N"),
                ["substitute"] = scenario.District.GroupMember2.Id.Value.ToString("N"),
            })),
        FieldKind.Rows =>
            FormValues.Write(
                [field.Columns!.Where(column => column.Required)
                    .ToDictionary(column => column.Key, column => ValueOf(scenario, column))]),
        _ => Text[..Math.Min(Text.Length, field.Max ?? Text.Length)],
    };
}
