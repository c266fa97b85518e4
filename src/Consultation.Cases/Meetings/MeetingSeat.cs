using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Meetings;

/// <summary>What somebody answered to the notice.</summary>
public enum SeatReply
{
    /// <summary>未回复.</summary>
    None,
    /// <summary>参加.</summary>
    Comes,
    /// <summary>不能参加.</summary>
    Declines,
    /// <summary>委派他人参加.</summary>
    SendsSubstitute,
}

/// <summary>
/// A place on the roster of a meeting: somebody of the organisation, or a guest with a mail address or a number.
/// </summary>
public sealed class MeetingSeat
{
    public required Guid Id { get; init; }

    /// <summary>The person; of a guest an id of the seat's own.</summary>
    public required PersonId PersonId { get; set; }
    public string? GuestName { get; init; }
    public string? GuestEmail { get; init; }
    public string? GuestUnit { get; init; }
    public string? GuestContact { get; init; }

    /// <summary>The case that brought this person to the meeting: its run sends notice and reminders.</summary>
    public required CaseId CaseId { get; init; }

    /// <summary>类别, one of <see cref="SeatClasses"/>.</summary>
    public required string Class { get; init; }
    public bool HasVote { get; init; }

    /// <summary>When the notice went to this seat.</summary>
    public DateTimeOffset? NoticedAt { get; set; }
    public SeatReply Reply { get; set; }
    public DateTimeOffset? RepliedAt { get; set; }
    /// <summary>When a calendar program said that the person is not sure yet; null once there is a reply.</summary>
    public DateTimeOffset? TentativeAt { get; set; }
    public string? SubstituteName { get; set; }
    public string? SubstituteContact { get; set; }

    /// <summary>Why the person does not come.</summary>
    public string? Reason { get; set; }

    /// <summary>When the person last said again that they come.</summary>
    public DateTimeOffset? ReconfirmedAt { get; set; }
    public DateTimeOffset? SignedInAt { get; set; }
    public PersonId? SignedInById { get; set; }

    /// <summary>Version of the roster with which the seat came.</summary>
    public required int AddedIn { get; init; }

    /// <summary>Version of the roster with which it went; null while it stands.</summary>
    public int? RemovedIn { get; set; }
    public string? RemovedWhy { get; set; }

    /// <summary>The seat that this one takes the place of.</summary>
    public Guid? Replaces { get; init; }

    /// <summary>The organiser settled that nobody takes the place of whoever declined or kept silent.</summary>
    public bool StaysEmpty { get; set; }

    public bool IsGuest => GuestName is not null;

    /// <summary>True for somebody who said that they, or somebody for them, come.</summary>
    public bool IsExpected => Reply is SeatReply.Comes or SeatReply.SendsSubstitute;

    /// <summary>
    /// True for somebody who comes and may be asked to confirm it: so long after the last reply, counted from its day.
    /// </summary>
    public bool MayBeAskedAgain(WorkingDuration rest, WorkingCalendar calendar, DateTimeOffset now) => IsExpected
        && (RepliedAt is not { } at || calendar.Add(calendar.DayOf(at), rest) <= calendar.DayOf(now));

    /// <summary>True for somebody who came themselves; a substitute is there, but casts no vote for them.</summary>
    public bool IsThereInPerson => SignedInAt is not null && Reply != SeatReply.SendsSubstitute;

    /// <summary>True where somebody comes for the person who can be written to.</summary>
    public bool HasSubstituteWithAddress =>
        Reply == SeatReply.SendsSubstitute && Guests.AddressIn(SubstituteContact ?? "") is not null;

    /// <summary>Who came, for people: the name, or the substitute's with whom they come for.</summary>
    public string NameOfWhoCame(OrganisationDirectory directory) =>
        Reply == SeatReply.SendsSubstitute && SubstituteName is { Length: > 0 } substitute
            ? $"{substitute}（代{NameIn(directory)}）"
            : NameIn(directory);

    /// <summary>
    /// Who came, as rules and mails know them: of a seat with a substitute that one, who was there to hear it.
    /// </summary>
    public ResolvedAssignee? ResolveWhoCame(OrganisationDirectory directory, OrganisationId organisation) =>
        Reply == SeatReply.SendsSubstitute && SubstituteName is { Length: > 0 } substitute
            ? new(
                Guests.Make(organisation, new PersonId(Id), substitute, Guests.AddressIn(SubstituteContact ?? ""),
                    Guests.MobileIn(SubstituteContact)),
                AssigneeBasis.Named, false)
            { IsGuest = true }
            : Resolve(directory, organisation);

    /// <summary>The person comes, or came, in place of the substitute.</summary>
    internal void ComesInPerson() => (Reply, SubstituteName, SubstituteContact) = (SeatReply.Comes, null, null);

    /// <summary>Somebody comes, or came, in place of the person.</summary>
    internal void IsStoodInFor(string substitute)
    {
        if (SubstituteName != substitute) SubstituteContact = null;
        (Reply, SubstituteName) = (SeatReply.SendsSubstitute, substitute);
    }

    /// <summary>The name for people.</summary>
    public string NameIn(OrganisationDirectory directory) => GuestName ?? directory.Find(PersonId)?.Name ?? "?";

    /// <summary>The seat's person as rules and mails know them; null when the person has left.</summary>
    public ResolvedAssignee? Resolve(OrganisationDirectory directory, OrganisationId organisation) =>
        GuestName is { } name
        ? new(Guests.Make(organisation, PersonId, name, GuestEmail, Guests.MobileIn(GuestContact)),
            AssigneeBasis.Named, false)
        { IsGuest = true }
        : directory.Find(PersonId) is { Active: true } person ? new(person, AssigneeBasis.Named, false) : null;

    /// <summary>The reply that was given, as the form shows it again; empty while there is none.</summary>
    public Dictionary<string, string> GivenReply() => Reply == SeatReply.None ? [] : new()
    {
        ["reply"] = Reply switch
        {
            SeatReply.Comes => FormValues.Yes,
            SeatReply.SendsSubstitute => "substitute",
            _ => FormValues.No,
        },
        ["substitute"] = SubstituteName ?? "",
        ["substitute-contact"] = SubstituteContact ?? "",
        ["reason"] = Reason ?? "",
    };

    /// <summary>Takes over what a reply says.</summary>
    internal void Take(IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        Reply = fields.Text("reply") switch
        {
            FormValues.Yes => SeatReply.Comes,
            "substitute" => SeatReply.SendsSubstitute,
            _ => SeatReply.Declines,
        };
        RepliedAt = now;
        TentativeAt = null;
        SubstituteName = Reply == SeatReply.SendsSubstitute ? fields.Text("substitute") : null;
        SubstituteContact = Reply == SeatReply.SendsSubstitute ? fields.Text("substitute-contact") : null;
        Reason = Reply == SeatReply.Declines ? fields.Text("reason") : null;
    }
}

/// <summary>Classes of people at a meeting (Q90–Q93, P24).</summary>
public static class SeatClasses
{
    /// <summary>All of them with their names, in the order of the roster.</summary>
    public static IReadOnlyList<(string Key, LocalText Name)> All { get; } =
    [
        ("resident", new("群众代表", "Resident")),
        ("firm", new("企事业单位代表", "Firm or institution")),
        ("member", new("政协委员", "CPPCC member")),
        ("platform", new("协商议事平台负责人", "Platform head")),
        ("department", new("区直部门负责同志", "District department")),
        ("town", new("镇（街）负责同志", "Town or sub-district")),
        ("village", new("村（居）负责同志", "Village or neighbourhood")),
        ("expert", new("专家学者", "Expert")),
        ("other", new("其他", "Other")),
    ];

    /// <summary>The name of a class; the key itself for one that nobody knows.</summary>
    public static LocalText NameOf(string key) => All.FirstOrDefault(one => one.Key == key).Name ?? new(key);
}
