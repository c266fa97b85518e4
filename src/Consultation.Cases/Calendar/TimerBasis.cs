using System.Text.Json;
using System.Text.Json.Serialization;

namespace Consultation.Cases.Calendar;

/// <summary>What a timer was computed from; one kind for each reason why the product sets a timer.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Kind")]
[JsonDerivedType(typeof(Due), nameof(Due))]
[JsonDerivedType(typeof(Reminder), nameof(Reminder))]
[JsonDerivedType(typeof(Rung), nameof(Rung))]
[JsonDerivedType(typeof(PhaseEnd), nameof(PhaseEnd))]
[JsonDerivedType(typeof(WorkingDay), nameof(WorkingDay))]
[JsonDerivedType(typeof(MeetingBegins), nameof(MeetingBegins))]
[JsonDerivedType(typeof(TakeBack), nameof(TakeBack))]
[JsonDerivedType(typeof(Stall), nameof(Stall))]
[JsonDerivedType(typeof(LookAgain), nameof(LookAgain))]
[JsonDerivedType(typeof(Created), nameof(Created))]
public abstract record TimerBasis
{
    /// <summary>Under this name a bookmark's payload holds the basis of its timer.</summary>
    public const string PayloadKey = "basis";

    private static readonly JsonSerializerOptions Json = new()
    {
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private TimerBasis() { }

    /// <summary>A task falls due.</summary>
    /// <param name="Of">What the due time was computed from.</param>
    public sealed record Due(DueBasis? Of) : TimerBasis;

    /// <summary>The next reminder of a task.</summary>
    /// <param name="Policy">Key of the reminder policy.</param>
    /// <param name="DueOn">The day on which the task is due.</param>
    public sealed record Reminder(string Policy, DateOnly DueOn) : TimerBasis;

    /// <summary>The next rung of a task's escalation ladder.</summary>
    /// <param name="Ladder">Key of the ladder.</param>
    /// <param name="Number">The rung, from 1.</param>
    /// <param name="After">Its delay, as the ladder says it.</param>
    /// <param name="DueOn">The day on which the task is due.</param>
    public sealed record Rung(string Ladder, int Number, string After, DateOnly DueOn) : TimerBasis;

    /// <summary>A phase of a plan should be over.</summary>
    /// <param name="Grace">How long after its last day.</param>
    /// <param name="Until">The planned last day.</param>
    public sealed record PhaseEnd(WorkingDuration Grace, DateOnly Until) : TimerBasis;

    /// <summary>A step waits for a working day.</summary>
    /// <param name="Within">How long it waits.</param>
    /// <param name="From">Counted from this day.</param>
    /// <param name="Meeting">The meeting whose day that is; null for another day.</param>
    public sealed record WorkingDay(
        WorkingDuration Within, DateOnly From,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MeetingId? Meeting = null) : TimerBasis;

    /// <summary>A meeting begins: replies end.</summary>
    /// <param name="Meeting">The meeting.</param>
    /// <param name="On">Its day.</param>
    public sealed record MeetingBegins(MeetingId Meeting, DateOnly On) : TimerBasis;

    /// <summary>A held decision takes effect.</summary>
    /// <param name="Task">Number of the task.</param>
    public sealed record TakeBack(string Task) : TimerBasis;

    /// <summary>Somebody looks whether a tracked item has stalled.</summary>
    /// <param name="DueOn">When the item is due; null when no day is set.</param>
    /// <param name="LastEntryOn">Day of its last progress entry; null before the first.</param>
    public sealed record Stall(DateOnly? DueOn, DateOnly? LastEntryOn) : TimerBasis;

    /// <summary>A timer that came in vain comes again on the next working day.</summary>
    /// <param name="Why">Why it came in vain.</param>
    public sealed record LookAgain(LookAgainReason Why) : TimerBasis;

    /// <summary>Set by a step that says no more than when it was set.</summary>
    /// <param name="By">Name of the step's bookmark.</param>
    /// <param name="From">When.</param>
    public sealed record Created(string By, DateTimeOffset From) : TimerBasis;

    /// <summary>The stored form.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads the stored form; null for a timer whose basis is not the product's.</summary>
    public static TimerBasis? Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            return JsonSerializer.Deserialize<TimerBasis>(text, Json);
        }
        catch (Exception unknown) when (unknown is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <summary>Why a timer looks again on the next working day.</summary>
public enum LookAgainReason
{
    /// <summary>The case rests.</summary>
    Suspended,
    /// <summary>The plan has slipped, and a change may give the phase another end.</summary>
    Slipped,
    /// <summary>Tracked items are ahead of their days, which may still move.</summary>
    ItemsAhead,
}
