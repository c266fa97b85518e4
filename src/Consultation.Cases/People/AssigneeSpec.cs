using System.Globalization;

namespace Consultation.Cases.People;

/// <summary>
/// Who a task is for, as a workflow writes it. Semicolons join, bars fall back to the next when the one before yields
/// nobody (O29):
/// <code>role:PlatformOfficer@case.platform|role:PlatformHead@case.platform|role:CommitteeDirector@case.committee;
/// item.supervisor</code>
/// A term is <c>role:Role</c> (organisation), <c>role:Role@place</c> with a place <c>case.committee</c>,
/// <c>case.platform</c>,
/// <c>case.workgroup</c>, <c>item.undertaking</c>, <c>item.office</c>, <c>item.assigning</c> or <c>unit:id</c>;
/// <c>person:id</c>;
/// <c>unit:id</c>, <c>item.undertaking</c>, <c>item.office</c> (who answers for the unit); <c>item.supervisor</c>;
/// <c>proposer</c>; <c>roster</c>.
/// </summary>
public sealed class AssigneeSpec
{
    private AssigneeSpec(IReadOnlyList<IReadOnlyList<AssigneeTerm>> chains) => Chains = chains;

    /// <summary>Chains of fallbacks; all chains together make the list.</summary>
    internal IReadOnlyList<IReadOnlyList<AssigneeTerm>> Chains { get; }

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
    AssigneeTermKind Kind, Role? Role = null, AssigneePlace? Place = null, Guid? Id = null)
{
    /// <summary>Words that stand alone.</summary>
    private static readonly Dictionary<string, AssigneeTermKind> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["proposer"] = AssigneeTermKind.Proposer,
        ["roster"] = AssigneeTermKind.Roster,
        ["item.supervisor"] = AssigneeTermKind.Supervisor,
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

        return text.Split(':', 2) switch
        {
            ["role", var role] => ReadRole(role, out error),
            ["person", var id] when Guid.TryParse(id, out var person) =>
                new AssigneeTerm(AssigneeTermKind.Person, Id: person),
            ["person" or "unit", var id] => Wrong(out error,
                $"“{id}” 不是有效的编号，请从人员或单位列表中选择。", $"“{id}” is not a valid id; choose a person or unit from the list."),
            _ => Wrong(out error,
                $"看不懂 “{text}”。可以写：role:角色@case.committee、person:编号、unit:编号、proposer、roster、item.supervisor、"
                    + "item.undertaking、item.office。",
                $"“{text}” is not understood. Write role:Role@case.committee, person:id, unit:id, proposer, roster, "
                    + "item.supervisor, item.undertaking or item.office."),
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
            : Wrong(out error,
                $"“@” 后面的 “{parts[1].Trim()}” 不是可用的单位。可以写：{AssigneePlace.Known} 或 unit:编号。",
                $"“{parts[1].Trim()}” after “@” is not a place. Write one of {AssigneePlace.Known} or unit:id.");
    }

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
        _ => Words.First(word => word.Value == Kind).Key,
    };
}

internal enum AssigneeTermKind
{
    Role,
    Person,
    Unit,
    Supervisor,
    Proposer,
    Roster,
}

/// <summary>A unit that a term names: by id, or through the case or the tracked item.</summary>
internal sealed record AssigneePlace(string Word, UnitId? Id = null)
{
    private static readonly string[] Words =
        ["case.committee", "case.platform", "case.workgroup", "item.undertaking", "item.office", "item.assigning"];

    /// <summary>True for the unit that carries out a tracked item, which may have named one person for it.</summary>
    internal bool IsUndertaking => Word == "item.undertaking";

    internal static string Known => string.Join("、", Words);

    internal static AssigneePlace? Read(string text)
    {
        if (Array.Find(Words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word)
        {
            return new AssigneePlace(word);
        }

        return text.StartsWith("unit:", StringComparison.OrdinalIgnoreCase) && Guid.TryParse(text.AsSpan(5), out var id)
            ? new AssigneePlace("unit", new UnitId(id))
            : null;
    }

    /// <summary>The place as written.</summary>
    public override string ToString() => Id is { } id ? $"unit:{id.Value:N}" : Word;
}
