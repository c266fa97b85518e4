using Consultation.Cases.People.Import;

namespace Consultation.Cases.People;

/// <summary>Two entries that are probably one person, and why.</summary>
public sealed record LikelyDouble(Person One, Person Other, IReadOnlyList<LocalText> Why);

/// <summary>Finds people who probably stand in the directory twice. Pure.</summary>
public static class Doubles
{
    /// <summary>Most pairs that are found: whoever has more begins with these.</summary>
    public const int Most = 200;

    /// <summary>Pairs with most reasons first; nobody who was merged already.</summary>
    public static IReadOnlyList<LikelyDouble> Of(OrganisationDirectory directory)
    {
        var people = directory.People.Where(person => person.MergedIntoId is null)
            .OrderBy(person => person.Name, StringComparer.Ordinal).ThenBy(person => person.Id.Value).ToList();
        var pairs = new Dictionary<(PersonId, PersonId), (Person One, Person Other, List<LocalText> Why)>();
        Pair(person => TypedText.Fold(person.Email), (one, _) => new(
            $"邮箱相同：{one.Email}", $"the same address: {one.Email}"));
        Pair(person => DirectoryPlanner.PhoneOf(person.Phone), (one, other) =>
            Plain(one.Name) == Plain(other.Name) || Alike(one.Name, other.Name)
                ? new($"姓名相近、电话相同：{one.Phone}", $"like names and the same phone: {one.Phone}")
                : null);
        Pair(person => Plain(person.Name), (one, other) => one.UnitId == other.UnitId
            ? new("姓名和单位相同", "the same name in the same unit")
            : one.UnitId is null || other.UnitId is null
                ? new("姓名相同，其中一条没有单位", "the same name, one without a unit") : null);
        Pair(person => person.UnitId is { } unit ? $"{unit.Value:N} {Initials(person.Name)}" : "", (one, other) =>
            Plain(one.Name) != Plain(other.Name) && Alike(one.Name, other.Name)
                ? new("同一单位，姓名读音相近", "the same unit, and names that sound alike") : null);
        return [.. pairs.Values.OrderByDescending(pair => pair.Why.Count).Take(Most)
            .Select(pair => new LikelyDouble(pair.One, pair.Other, pair.Why))];

        void Pair(Func<Person, string> key, Func<Person, Person, LocalText?> why)
        {
            foreach (var group in people.Where(person => key(person).Length > 0)
                .GroupBy(key, StringComparer.Ordinal).Select(group => group.ToList()).Where(group => group.Count > 1))
            {
                // A shared mailbox of many is no double of each with each: the first few are enough to see it.
                var some = group.Take(12).ToList();
                for (var at = 0; at < some.Count; at++)
                {
                    foreach (var other in some.Skip(at + 1))
                    {
                        if (why(some[at], other) is not { } reason) continue;
                        if (!pairs.TryGetValue((some[at].Id, other.Id), out var pair))
                        {
                            pair = pairs[(some[at].Id, other.Id)] = (some[at], other, []);
                        }

                        pair.Why.Add(reason);
                    }
                }
            }
        }
    }

    /// <summary>
    /// Names that are written otherwise and may be one: one in Latin letters beside one in characters, or two of the
    /// same length and first letters of which a character is the same.
    /// </summary>
    private static bool Alike(string one, string other)
    {
        if (Initials(one) is not { Length: > 1 } initials || initials != Initials(other)) return false;
        var (first, second) = (Plain(one), Plain(other));
        var latin = first.Any(char.IsAsciiLetter) != second.Any(char.IsAsciiLetter);
        return latin || (first.Length == second.Length && first.Zip(second).Any(pair => pair.First == pair.Second));
    }

    /// <summary>"zk" for 郑凯 and for Zheng Kai.</summary>
    private static string Initials(string name)
    {
        var text = TypedText.Fold(name);
        return text.Any(char.IsAsciiLetter)
            ? string.Concat(text.Where((letter, at) =>
                char.IsAsciiLetter(letter) && (at == 0 || !char.IsAsciiLetter(text[at - 1]))))
            : PinyinInitials.Of(text);
    }

    private static string Plain(string text) => TypedText.Fold(text).Replace(" ", "", StringComparison.Ordinal);
}
