using System.Globalization;
using Consultation.Cases.Rehearsals;
using Consultation.Web.Layout;

namespace Consultation.Web.Rehearsals;

/// <summary>How a rehearsal is to be played, as somebody entered it.</summary>
internal static class RehearsalForm
{
    /// <summary>Habits that a share is entered for; everybody else is on time.</summary>
    public static readonly IReadOnlyList<Habit> Shared =
        [Habit.Late, Habit.Silent, Habit.Declining, Habit.Objecting, Habit.OnLeave];

    /// <summary>Before the id of the person in the name of a field.</summary>
    public const string Person = "habit-";

    /// <summary>Before the activity in the name of a field.</summary>
    public const string Choice = "choice-";

    /// <summary>What was posted; what is missing or no number is left for the check to refuse.</summary>
    public static RehearsalSettings Read(PostedForm posted, string definitionId, Guid? caseId) => new()
    {
        DefinitionId = definitionId,
        CaseId = caseId,
        Version = posted.Number("version"),
        Start = posted.Day("start") ?? default,
        Seed = posted.Number("seed") ?? 1,
        Plays = posted.Number("plays") ?? 0,
        UnitId = posted.Id("unit"),
        LateBy = posted.OrNull("late-by") is null ? 3 : posted.Number("late-by") ?? 0,
        LeaveFor = posted.OrNull("leave-for") is null ? 10 : posted.Number("leave-for") ?? 0,
        Mix = new HabitMix
        {
            Shares = Shared.Where(habit => posted.OrNull($"share-{habit}") is not null)
                .ToDictionary(habit => habit, habit => posted.Number($"share-{habit}") ?? -1),
        },
        People = posted.Names.Where(name => name.StartsWith(Person, StringComparison.Ordinal))
            .Select(name => (Id: name[Person.Length..], Value: posted[name]))
            .Where(one => Guid.TryParseExact(one.Id, "N", out _) && Enum.TryParse<Habit>(one.Value, out var habit)
                && Enum.IsDefined(habit))
            .ToDictionary(one => Guid.ParseExact(one.Id, "N"), one => Enum.Parse<Habit>(one.Value)),
    };

    /// <summary>Steps that are taken by hand, as posted: outcome by activity.</summary>
    public static Dictionary<string, string> Choices(PostedForm posted) => posted.Names
        .Where(name => name.StartsWith(Choice, StringComparison.Ordinal) && posted[name].Length > 0)
        .Take(200).ToDictionary(name => name[Choice.Length..], name => posted[name]);

    /// <summary>A number as a field shows it.</summary>
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
