using System.Globalization;

namespace Consultation.Cases.People;

/// <summary>
/// Who a task is for, as a workflow writes it. Semicolons join, bars fall back to the next when the one before yields
/// nobody (O29):
/// <code>role:PlatformOfficer@case.platform|role:PlatformHead@case.platform|role:CommitteeDirector@case.committee;
/// item.supervisor</code>
/// A term is <c>role:Role</c> (organisation) or <c>role:Role@place</c>; a place by itself, which is whoever answers for
/// its units; <c>unit.head(place)</c>; <c>case.workgroup(duty)</c>; <c>person:id</c>; or a word of
/// <see cref="AssigneeTerm.Words"/>. Places are in <see cref="AssigneePlace"/>: a unit by <c>unit:id</c>, one of the
/// case, of its topic or of the tracked item, or several.
/// </summary>
public sealed class AssigneeSpec
{
    private AssigneeSpec(IReadOnlyList<IReadOnlyList<AssigneeTerm>> chains) => Chains = chains;

    /// <summary>Chains of fallbacks; all chains together make the list.</summary>
    internal IReadOnlyList<IReadOnlyList<AssigneeTerm>> Chains { get; }

    /// <summary>
    /// True when it means all contacts or all members of the organisation, whomever the topic concerns: seldom meant.
    /// </summary>
    public bool MeansEverybody => Chains.Any(chain => chain.Any(
        term => term is { Kind: AssigneeTermKind.Role, Place: null, Role: Role.DepartmentContact or Role.Member }));

    /// <summary>Reads a specification; the second case says what is wrong and where.</summary>
    public static AssigneeSpecReading Read(string? text)
    {
        var chains = new List<IReadOnlyList<AssigneeTerm>>();
        var position = 0;
        foreach (var chainText in (text ?? "").Split(';'))
        {
            var chain = new List<AssigneeTerm>();
            foreach (var termText in chainText.Split('|'))
            {
                var lead = termText.Length - termText.TrimStart().Length;
                if (termText.Trim().Length > 0)
                {
                    if (AssigneeTerm.Read(termText.Trim(), out var error) is not { } term)
                    {
                        return new AssigneeSpecReading.Wrong(position + lead + 1, error);
                    }

                    chain.Add(term);
                }
                else if (chainText.Trim().Length > 0)
                {
                    return new AssigneeSpecReading.Wrong(position + 1, new(
                        "“|” 两侧都要写明承办人，请补上或删去多余的 “|”。",
                        "Both sides of “|” need an assignee; add one or delete the bar."));
                }

                position += termText.Length + 1;
            }

            if (chain.Count > 0)
            {
                chains.Add(chain);
            }
        }

        return chains.Count > 0
            ? new AssigneeSpecReading.Read(new AssigneeSpec(chains))
            : new AssigneeSpecReading.Wrong(1, new(
                "没有写明承办人。例如：role:CommitteeDirector@case.committee",
                "No assignee is named. For example: role:CommitteeDirector@case.committee"));
    }

    /// <summary>The specification as text that reads back to the same.</summary>
    public override string ToString() => string.Join("; ", Chains.Select(chain => string.Join('|', chain)));
}

/// <summary>What came of reading an <see cref="AssigneeSpec"/>.</summary>
public abstract record AssigneeSpecReading
{
    private AssigneeSpecReading() { }

    /// <summary>Understood.</summary>
    public sealed record Read(AssigneeSpec Spec) : AssigneeSpecReading;

    /// <summary>Not understood: the character (from 1) and what to mend.</summary>
    public sealed record Wrong(int Position, LocalText Message) : AssigneeSpecReading;
}

/// <summary>One source of assignees.</summary>
internal sealed record AssigneeTerm(
    AssigneeTermKind Kind, Role? Role = null, AssigneePlace? Place = null, Guid? Id = null, string? Duty = null)
{
    private const string HeadOf = "unit.head(", DutyOf = "case.workgroup(";

    /// <summary>Words that stand alone.</summary>
    internal static readonly IReadOnlyDictionary<string, AssigneeTermKind> Words =
        new Dictionary<string, AssigneeTermKind>(StringComparer.OrdinalIgnoreCase)
        {
            ["proposer"] = AssigneeTermKind.Proposer,
            ["roster"] = AssigneeTermKind.Roster,
            ["item.supervisor"] = AssigneeTermKind.Supervisor,
            ["case.supervisors"] = AssigneeTermKind.Supervisors,
            ["topic.members"] = AssigneeTermKind.TopicMembers,
            ["topic.drafter"] = AssigneeTermKind.TopicDrafter,
            ["task.assignees"] = AssigneeTermKind.TaskAssignees,
            ["meeting.host"] = AssigneeTermKind.MeetingHost,
            ["meeting.recorder"] = AssigneeTermKind.MeetingRecorder,
            ["meeting.organiser"] = AssigneeTermKind.MeetingOrganiser,
            ["meeting.present"] = AssigneeTermKind.MeetingPresent,
            ["meeting.invited"] = AssigneeTermKind.MeetingInvited,
            ["meeting.voters"] = AssigneeTermKind.MeetingVoters,
            ["meeting.tellers"] = AssigneeTermKind.MeetingTellers,
        };

    internal static AssigneeTerm? Read(string text, out LocalText error)
    {
        error = LocalText.Empty;
        if (Words.TryGetValue(text, out var kind))
        {
            return new AssigneeTerm(kind);
        }

        if (AssigneePlace.Read(text) is { } unit)
        {
            return new AssigneeTerm(AssigneeTermKind.Unit, Place: unit);
        }

        if (Within(text, HeadOf) is { } headed)
        {
            return AssigneePlace.Read(headed) is { } place
                ? new AssigneeTerm(AssigneeTermKind.Head, Place: place)
                : NoPlace(headed, out error);
        }

        if (Within(text, DutyOf) is { } duty)
        {
            return WorkGroupDuties.Find(duty) is { } known
                ? new AssigneeTerm(AssigneeTermKind.Duty, Duty: known.Key)
                : Wrong(out error,
                    $"工作小组没有职责 “{duty}”。可以写：{WorkGroupDuties.Known}。",
                    $"A work group has no duty “{duty}”. Write one of {WorkGroupDuties.Known}.");
        }

        return text.Split(':', 2) switch
        {
            ["role", var role] => ReadRole(role, out error),
            ["person", var id] when Guid.TryParse(id, out var person) =>
                new AssigneeTerm(AssigneeTermKind.Person, Id: person),
            ["person" or "unit", var id] => Wrong(out error,
                $"“{id}” 不是有效的编号，请从人员或单位列表中选择。", $"“{id}” is not a valid id; choose a person or unit from the list."),
            _ => Wrong(out error,
                $"看不懂 “{text}”。可以写：role:角色@单位、unit.head(单位)、case.workgroup(职责)、person:编号、"
                    + $"{string.Join('、', Words.Keys)}；单位可以是 {AssigneePlace.Known} 或 unit:编号。",
                $"“{text}” is not understood. Write role:Role@place, unit.head(place), case.workgroup(duty), "
                    + "person:id, "
                    + $"{string.Join(", ", Words.Keys)}; a place is one of {AssigneePlace.Known} or unit:id."),
        };
    }

    private static AssigneeTerm? ReadRole(string text, out LocalText error)
    {
        error = LocalText.Empty;
        var parts = text.Split('@', 2);
        if (!Enum.TryParse<Role>(parts[0].Trim(), ignoreCase: true, out var role) || !Enum.IsDefined(role)
            || char.IsAsciiDigit(parts[0].Trim()[0]))
        {
            var known = string.Join("、", Enum.GetNames<Role>());
            return Wrong(out error, $"没有角色 “{parts[0].Trim()}”。可用的角色：{known}。",
                $"There is no role “{parts[0].Trim()}”. Roles: {known}.");
        }

        if (parts.Length == 1)
        {
            return new AssigneeTerm(AssigneeTermKind.Role, role);
        }

        return AssigneePlace.Read(parts[1].Trim()) is { } place
            ? new AssigneeTerm(AssigneeTermKind.Role, role, place)
            : NoPlace(parts[1].Trim(), out error);
    }

    private static string? Within(string text, string begin) =>
        text.StartsWith(begin, StringComparison.OrdinalIgnoreCase) && text.EndsWith(')')
            ? text[begin.Length..^1].Trim()
            : null;

    private static AssigneeTerm? NoPlace(string text, out LocalText error) => Wrong(out error,
        $"“{text}” 不是可用的单位。可以写：{AssigneePlace.Known} 或 unit:编号。",
        $"“{text}” is not a place. Write one of {AssigneePlace.Known} or unit:id.");

    private static AssigneeTerm? Wrong(out LocalText error, string zh, string en)
    {
        error = new(zh, en);
        return null;
    }

    /// <summary>The term as written.</summary>
    public override string ToString() => Kind switch
    {
        AssigneeTermKind.Role => Place is null ? $"role:{Role}" : $"role:{Role}@{Place}",
        AssigneeTermKind.Person => string.Create(CultureInfo.InvariantCulture, $"person:{Id:N}"),
        AssigneeTermKind.Unit => Place!.ToString(),
        AssigneeTermKind.Head => $"{HeadOf}{Place})",
        AssigneeTermKind.Duty => $"{DutyOf}{Duty})",
        _ => Words.First(word => word.Value == Kind).Key,
    };
}

internal enum AssigneeTermKind
{
    Role,
    Person,
    Unit,
    Head,
    Duty,
    Supervisor,
    Supervisors,
    TopicMembers,
    TopicDrafter,
    TaskAssignees,
    Proposer,
    Roster,
    MeetingHost,
    MeetingRecorder,
    MeetingOrganiser,
    MeetingPresent,
    MeetingInvited,
    MeetingVoters,
    MeetingTellers,
}

/// <summary>Units that a term names: one by id, or through the case, its topic, or the tracked item.</summary>
internal sealed record AssigneePlace(string Word, UnitId? Id = null)
{
    /// <summary>Every word with the units that it means, and what is said when it means none.</summary>
    private static readonly Dictionary<string, Meaning> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["case.committee"] = new((file, _) => [file.Case.CommitteeId], "协商事项没有对应的专委会", "The case has no committee"),
        ["case.platform"] = new((file, _) => [file.Case.PlatformId], "协商事项没有承办平台", "The case has no platform"),
        ["case.workgroup"] = new((file, _) => [file.Case.WorkGroupId], "协商事项没有工作小组", "The case has no work group"),
        ["case.units"] = new(
            (file, _) => UnitsAtWork(file), "协商事项还没有责任单位", "No unit has anything to carry out in the case"),
        ["topic.lead"] = new((file, _) => [file.Topic?.LeadUnitId], "议题没有主办单位", "The topic has no unit in charge"),
        ["topic.helping"] = new((file, _) => Helping(file), "议题没有协办单位", "The topic has no helping units"),
        ["topic.units"] = new(
            (file, _) => Helping(file).Prepend(file.Topic?.LeadUnitId), "议题没有主办、协办单位", "The topic names no units"),
        ["routing.lead"] = new(
            (file, _) => [Routing.Assignment.Of(file).Lead], "还没有确定主办单位", "No unit is in charge yet"),
        ["routing.helping"] = new(
            (file, _) => Routing.Assignment.Of(file).Helping.Select(unit => (UnitId?)unit), "没有协办单位",
            "No units help"),
        ["item.unit"] = new(Undertaking, "督办事项没有承办单位", "The tracked item has no undertaking unit"),
        ["item.undertaking"] = new(Undertaking, "督办事项没有承办单位", "The tracked item has no undertaking unit"),
        ["item.helping"] = new(
            (_, item) => (item?.CoUnits ?? []).Select(one => (UnitId?)one.UnitId), "督办事项没有协办单位",
            "The tracked item has no helping units"),
        ["item.office"] = new(
            (_, item) => [item?.ResponsibleOfficeId], "督办事项没有政协责任委室", "The tracked item has no responsible office"),
        ["item.assigning"] = new(
            (_, item) => [item?.AssigningUnitId], "督办事项没有交办单位", "The tracked item has no assigning unit"),
    };

    /// <summary>True for the unit that carries out a tracked item, which may have named one person for it.</summary>
    internal bool IsUndertaking => Word is "item.unit" or "item.undertaking";

    internal static string Known => string.Join("、", Words.Keys);

    internal static AssigneePlace? Read(string text)
    {
        if (Words.Keys.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word)
        {
            return new AssigneePlace(word);
        }

        return text.StartsWith("unit:", StringComparison.OrdinalIgnoreCase) && Guid.TryParse(text.AsSpan(5), out var id)
            ? new AssigneePlace("unit", new UnitId(id))
            : null;
    }

    /// <summary>The units, each once; none adds the reason.</summary>
    internal IReadOnlyList<Unit> UnitsOf(
        CaseFile file, TrackedItems.TrackedItem? item, List<LocalText> reasons)
    {
        var meaning = Words.GetValueOrDefault(Word)
            ?? new Meaning((_, _) => [Id], "指定的单位不存在", "The named unit does not exist");
        var named = meaning.Units(file, item).Select(file.Directory.Find);
        List<Unit> units = [.. named.OfType<Unit>().DistinctBy(unit => unit.Id)];
        if (units.Count == 0) reasons.Add(new($"{meaning.MissingZh}，请补充。", $"{meaning.MissingEn}; please add it."));
        return units;
    }

    /// <summary>The place as written.</summary>
    public override string ToString() => Id is { } id ? $"unit:{id.Value:N}" : Word;

    private static IEnumerable<UnitId?> Undertaking(CaseFile file, TrackedItems.TrackedItem? item) =>
        [item?.UndertakingUnitId];

    private static IEnumerable<UnitId?> Helping(CaseFile file) =>
        (file.Topic?.HelpingUnitIds ?? []).Select(id => (UnitId?)id);

    /// <summary>Units of the plan's lines and of the case's tracked items.</summary>
    private static IEnumerable<UnitId?> UnitsAtWork(CaseFile file) =>
        (file.Records.Find(record => record.Kind == Forms.FormKeys.ImplementationPlan) is { } plan
            ? Forms.FormValues.RowsOf(plan.Fields, "lines").Select(line => Forms.FormValues.Unit(line, "unit"))
            : [])
        .Concat(file.Items.Select(item => item.UndertakingUnitId));

    private sealed record Meaning(
        Func<CaseFile, TrackedItems.TrackedItem?, IEnumerable<UnitId?>> Units, string MissingZh, string MissingEn);
}
