namespace Consultation.Cases.People.Import;

/// <content>People: who is who, and which roles they get.</content>
internal sealed partial class DirectoryPlanner
{
    private static readonly string[] Substitute = ["替补", "候补", "substitute"];

    private void PlanPeople(IReadOnlyList<SheetLine<PersonColumn>> lines)
    {
        var people = new KnownPeople(_present);
        foreach (var line in lines) _rows.Add(PlanPerson(line, people));
    }

    private PlannedRow PlanPerson(SheetLine<PersonColumn> line, KnownPeople people)
    {
        var name = line[PersonColumn.Name];
        var wrong = new List<LocalText>();
        var says = new List<LocalText>();
        if (line.Wrong is { } unreadable) wrong.Add(unreadable);
        if (name.Length == 0) wrong.Add(new("没有姓名。", "There is no name."));
        var unit = UnitOf(line[PersonColumn.Unit], DirectoryColumns.NameOf(PersonColumn.Unit), wrong);
        var email = TypedText.Address(line[PersonColumn.Email]);
        if (ContactRules.Email("email", email, mail) is { } wrongAddress) wrong.Add(wrongAddress.Message);
        var userName = TypedText.Code(line[PersonColumn.UserName]);
        var phone = TypedText.Code(line[PersonColumn.Phone]);
        var key = new PersonKey(Plain(name), unit, TypedText.Fold(email), PhoneOf(phone), TypedText.Fold(userName));
        if (wrong.Count == 0 && people.LineOf(key) is { } twin)
        {
            wrong.Add(new($"与第 {twin} 行重复。", $"It repeats row {twin}."));
        }

        var old = wrong.Count == 0 ? people.Find(key, wrong, says) : null;
        if (old is { Active: false })
        {
            wrong.Add(new(
                $"“{old.Name}”已离任，请先在人员页面恢复。",
                $"{old.Name} has left; let them come back on their page first."));
        }

        var grants = RolesOf(line[PersonColumn.Roles], unit ?? old?.UnitId, wrong);
        CheckUserName(userName, old, wrong);
        var entry = EntryOf(line, old, name, unit, email, phone, wrong);
        if (wrong.Count == 0)
        {
            wrong.AddRange(OrganisationRules.Check(entry, _directory).Select(error => error.Message));
            if (userName.Length > 0 && wrong.Count == 0) wrong.AddRange(OrganisationRules.WrongUserName(userName));
        }

        if (wrong.Count > 0) return new(false, line.Line, name, RowFate.Refused, [.. wrong.Distinct()]);
        var added = grants.Where(grant => old is null || !_present.Grants.Any(one => one.PersonId == old.Id
            && one.Role == grant.Role && one.UnitId == grant.UnitId
            && one.IsSubstitute == grant.IsSubstitute)).ToList();
        var given = userName.Length > 0 && !Same(old?.UserName ?? "", userName) ? userName : null;
        var notes = says.Count;
        if (old is not null) Compare(says, old, entry);
        foreach (var grant in added)
        {
            var (role, place) = (RoleNames.Of(grant.Role), NameOf(grant.UnitId));
            says.Add(new(
                $"角色：{(grant.IsSubstitute ? "替补" : "")}{role.Zh}{(place is null ? "" : $"（{place.Zh}）")}",
                $"Role: {role.En}{(grant.IsSubstitute ? " (substitute)" : "")}"
                    + (place is null ? "" : $", {place.For("en")}")));
        }

        if (given is not null)
        {
            says.Add(new(
                $"登录名：{given}（密码在人员页面生成）", $"User name: {given} (make the password on the person's page)"));
        }

        people.Take(key, line.Line, old);
        var isChanged = old is null || says.Count > notes;
        if (isChanged) _plannedPeople.Add(new(entry, old is null, given, added));
        return new(
            false, line.Line, name, old is null ? RowFate.New : isChanged ? RowFate.Changed : RowFate.Same, says);
    }

    private static PersonEntry EntryOf(
        SheetLine<PersonColumn> line, Person? old, string name, UnitId? unit, string email, string phone,
        List<LocalText> wrong)
    {
        var language = TypedText.Fold(line[PersonColumn.Language]) switch
        {
            "" => old?.Language ?? "zh",
            "中文" or "zh" or "汉语" or "chinese" => "zh",
            "英文" or "en" or "英语" or "english" => "en",
            _ => "",
        };
        if (language.Length == 0) wrong.Add(new("语言请填“中文”或“英文”。", "Language is Chinese or English."));
        var before = old is null ? new PersonEntry(PersonId.New(), name) : PersonEntry.Of(old);
        return before with
        {
            Name = old?.Name ?? name,
            Title = line.Has(PersonColumn.Title) ? line[PersonColumn.Title] : before.Title,
            Email = email.Length > 0 ? email : before.Email,
            Phone = phone.Length > 0 ? phone : before.Phone,
            UnitId = unit ?? before.UnitId,
            Language = language,
            Sectors = Words(PersonColumn.Sectors, before.Sectors),
            Expertise = Words(PersonColumn.Expertise, before.Expertise),
            Areas = Words(PersonColumn.Areas, before.Areas),
        };

        IReadOnlyList<string> Words(PersonColumn column, IReadOnlyList<string> present) =>
            line.Has(column) ? FieldWords.Read(line[column]) : present;
    }

    private void Compare(List<LocalText> says, Person old, PersonEntry entry)
    {
        Compare(says, DirectoryColumns.NameOf(PersonColumn.Title), old.Title, entry.Title);
        Compare(says, DirectoryColumns.NameOf(PersonColumn.Unit), NameOf(old.UnitId), NameOf(entry.UnitId));
        Compare(says, DirectoryColumns.NameOf(PersonColumn.Email), old.Email, entry.Email);
        Compare(says, DirectoryColumns.NameOf(PersonColumn.Phone), old.Phone, entry.Phone);
        Compare(says, DirectoryColumns.NameOf(PersonColumn.Language), old.Language, entry.Language);
        Compare(says, DirectoryColumns.NameOf(PersonColumn.Sectors),
            FieldWords.Show(old.Sectors), FieldWords.Show(FieldWords.Clean(entry.Sectors)));
        Compare(says, DirectoryColumns.NameOf(PersonColumn.Expertise),
            FieldWords.Show(old.Expertise), FieldWords.Show(FieldWords.Clean(entry.Expertise)));
        Compare(says, DirectoryColumns.NameOf(PersonColumn.Areas),
            FieldWords.Show(old.Areas), FieldWords.Show(FieldWords.Clean(entry.Areas)));
    }

    private void CheckUserName(string userName, Person? old, List<LocalText> wrong)
    {
        if (userName.Length == 0 || Same(old?.UserName ?? "", userName)) return;
        if (!mayAdminister)
        {
            wrong.Add(new("只有系统管理员可以设置登录名。", "Only an administrator gives log-in names."));
        }
        else if (old?.UserName is { } other)
        {
            wrong.Add(new(
                $"此人的登录名是“{other}”；要换请在人员页面修改。", $"The log-in name is “{other}”; change it on the person's page."));
        }
        else if (takenNames.Contains(TypedText.Fold(userName)))
        {
            wrong.Add(new($"登录名“{userName}”已被使用，请换一个。", $"The log-in name “{userName}” is taken; choose another."));
        }
    }

    /// <summary>
    /// Roles as they are typed: 专委会主任（城建委）、政协委员; of one that is held over a unit and names none, the
    /// person's own is meant.
    /// </summary>
    private List<PlannedGrant> RolesOf(string text, UnitId? own, List<LocalText> wrong)
    {
        var grants = new List<PlannedGrant>();
        foreach (var typed in RoleList.Split(text))
        {
            var (word, place) = RoleList.Parts(typed);
            var substitute = Array.Find(Substitute, one => word.StartsWith(one, StringComparison.OrdinalIgnoreCase)
                && RoleOf(word) is null);
            if (RoleOf(substitute is null ? word : word[substitute.Length..]) is not { } role)
            {
                wrong.Add(new($"没有“{word}”这种角色，请从模板的“可选项”中选。",
                    $"There is no role “{word}”; choose one of the template's lists."));
                continue;
            }

            var name = RoleNames.Of(role);
            var unit = place.Length > 0 ? UnitOf(place, DirectoryColumns.NameOf(PersonColumn.Roles), wrong)
                : OrganisationRules.NeedsUnit(role) ? own : null;
            if (role == Role.Administrator && !mayAdminister)
            {
                wrong.Add(new("只有系统管理员可以授予系统管理员角色。", "Only an administrator makes others administrators."));
            }
            else if (unit is null && place.Length == 0 && OrganisationRules.NeedsUnit(role))
            {
                wrong.Add(new($"角色“{name.Zh}”要指定单位，如“{name.Zh}（单位名称）”。",
                    $"The role “{name.En}” needs a unit, such as “{name.En} (name of the unit)”."));
            }
            else if (!grants.Exists(one => one.Role == role && one.UnitId == unit))
            {
                grants.Add(new(role, unit, substitute is not null));
            }
        }

        return grants;
    }

    private static Role? RoleOf(string text)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var name = RoleNames.Of(role);
            if (Same(name.Zh, text) || Same(name.En ?? "", text) || Same(role.ToString(), text)) return role;
        }

        return null;
    }

    /// <summary>The digits of a phone number, without the country's.</summary>
    internal static string PhoneOf(string? phone)
    {
        var digits = string.Concat(TypedText.Code(phone).Where(char.IsAsciiDigit));
        return digits.Length == 13 && digits.StartsWith("861", StringComparison.Ordinal) ? digits[2..] : digits;
    }
}

/// <summary>By what a person is known again; parts that are not filled in are empty.</summary>
internal sealed record PersonKey(string Name, UnitId? Unit, string Email, string Phone, string UserName);

/// <summary>Roles of one cell: separated by 、 or ;, each with its unit in brackets or behind @.</summary>
internal static class RoleList
{
    internal static IEnumerable<string> Split(string text)
    {
        var (start, depth) = (0, 0);
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] is '（' or '(') depth++;
            if (at < text.Length && text[at] is '）' or ')') depth--;
            if (at < text.Length && (depth > 0 || text[at] is not ('、' or '；' or ';' or '，' or ',' or '\n'))) continue;
            if (text[start..at].Trim() is { Length: > 0 } one) yield return one;
            start = at + 1;
        }
    }

    internal static (string Role, string Unit) Parts(string typed)
    {
        var at = typed.IndexOfAny(['（', '(', '@', '＠']);
        if (at < 0) return (typed.Trim(), "");
        var unit = typed[(at + 1)..].Trim();
        // Only the bracket that was opened here is closed: names of units have brackets of their own.
        if (typed[at] is '（' or '(' && unit is [.., '）' or ')']) unit = unit[..^1].Trim();
        return (typed[..at].Trim(), unit);
    }
}

/// <summary>
/// The people of the directory by what they are known again, and those whom the workbook named so far.
/// </summary>
internal sealed class KnownPeople
{
    private readonly ILookup<string, Person> _byUserName, _byEmail, _byPhone, _byName;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<PersonId, int> _taken = [];
    private readonly OrganisationDirectory _directory;

    internal KnownPeople(OrganisationDirectory directory)
    {
        _directory = directory;
        var people = directory.People.Where(person => person.MergedIntoId is null).ToList();
        _byUserName = By(people, person => TypedText.Fold(person.UserName));
        _byEmail = By(people, person => TypedText.Fold(person.Email));
        _byPhone = By(people, person => DirectoryPlanner.PhoneOf(person.Phone));
        _byName = By(people, person => Plain(person.Name));
    }

    /// <summary>The row that named the same person before, or null.</summary>
    internal int? LineOf(PersonKey key) =>
        Keys(key).Select(one => _lines.TryGetValue(one, out var line) ? (int?)line : null)
            .FirstOrDefault(line => line is not null);

    /// <summary>
    /// Who it is: by log-in name, address, phone with the name, name within the unit. Null for somebody new, or with
    /// what is wrong when it cannot be told.
    /// </summary>
    internal Person? Find(PersonKey key, List<LocalText> wrong, List<LocalText> says)
    {
        var byAccount = Of(_byUserName, key.UserName).Concat(Of(_byEmail, key.Email)).ToList();
        if (byAccount.Find(person => Plain(person.Name) != key.Name) is { } other)
        {
            var what = Of(_byUserName, key.UserName).Contains(other) ? ("登录名", "log-in name") : ("邮箱", "address");
            wrong.Add(new(
                $"这个{what.Item1}属于“{other.Name}”。若是同一个人，请按系统中的姓名填写；若不是，请换一个。",
                $"This {what.Item2} belongs to {other.Name}. If it is the same person, write the name as it stands "
                    + "there; else choose another."));
            return null;
        }

        var byPhone = Of(_byPhone, key.Phone).ToList();
        var sameName = Of(_byName, key.Name).ToList();
        var inUnit = sameName.Where(person => person.UnitId == key.Unit).ToList();
        var found = byAccount.Concat(byPhone.Where(person => Plain(person.Name) == key.Name))
            .DistinctBy(person => person.Id).ToList();
        if (found.Count == 0) found = inUnit;
        if (found.Count > 1)
        {
            wrong.Add(new(
                $"系统里有 {found.Count} 位“{found[0].Name}”与这一行相符，请先合并，或在人员页面修改。",
                $"{found.Count} people called {found[0].Name} fit this row; merge them first, or edit them "
                    + "on their pages."));
            return null;
        }

        if (found.Count == 1)
        {
            if (_taken.TryGetValue(found[0].Id, out var line))
            {
                wrong.Add(new($"与第 {line} 行是同一个人。", $"Row {line} is the same person."));
            }

            return found[0];
        }

        if (byPhone.Count > 0)
        {
            says.Add(new($"注意：电话与“{byPhone[0].Name}”相同。", $"Note: {byPhone[0].Name} has the same phone number."));
        }

        if (sameName.Count > 0)
        {
            var where = _directory.Find(sameName[0].UnitId)?.Name;
            says.Add(new(
                $"注意：已有同名人员（{where?.Zh ?? "未填单位"}）；若是同一个人，请填写相同的邮箱或电话。",
                $"Note: there is somebody of this name ({where?.For("en") ?? "no unit"}); if it is the same person, "
                    + "give the same address or phone."));
        }

        return null;
    }

    /// <summary>Keeps in mind whom a row named.</summary>
    internal void Take(PersonKey key, int line, Person? known)
    {
        foreach (var one in Keys(key)) _lines.TryAdd(one, line);
        if (known is not null) _taken.TryAdd(known.Id, line);
    }

    private static IEnumerable<string> Keys(PersonKey key)
    {
        if (key.UserName.Length > 0) yield return $"u {key.UserName}";
        if (key.Email.Length > 0) yield return $"e {key.Email}";
        if (key.Phone.Length > 0) yield return $"p {key.Phone} {key.Name}";
        yield return $"n {key.Name} {key.Unit?.Value:N}";
    }

    private static IEnumerable<Person> Of(ILookup<string, Person> people, string key) =>
        key.Length == 0 ? [] : people[key];

    private static ILookup<string, Person> By(List<Person> people, Func<Person, string> key) =>
        people.Where(person => key(person).Length > 0).ToLookup(key, StringComparer.Ordinal);

    private static string Plain(string text) => TypedText.Fold(text).Replace(" ", "", StringComparison.Ordinal);
}
