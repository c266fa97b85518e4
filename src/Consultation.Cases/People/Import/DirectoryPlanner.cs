namespace Consultation.Cases.People.Import;

/// <summary>
/// Compares a workbook with the directory. A blank cell leaves what is there; a role is added and never taken. Pure but
/// for what it is told of addresses and log-in names.
/// </summary>
/// <param name="present">The directory as it is.</param>
/// <param name="mail">Knows which addresses can be written to.</param>
/// <param name="mayAdminister">Whoever imports is an administrator: only then roles of administrators and log-in names
/// are given.</param>
/// <param name="takenNames">Log-in names of the workbook that others on the host have, folded.</param>
internal sealed partial class DirectoryPlanner(
    OrganisationDirectory present, IUseCaseMail mail, bool mayAdminister, IReadOnlySet<string> takenNames)
{
    private readonly List<PlannedRow> _rows = [];
    private readonly List<PlannedUnit> _plannedUnits = [];
    private readonly List<PlannedPerson> _plannedPeople = [];

    /// <summary>The units as the rows so far leave them, and the same by what they are called.</summary>
    private OrganisationDirectory _directory = present;
    private ILookup<string, Unit> _byName = ByName(present);
    private readonly OrganisationDirectory _present = present;

    internal DirectoryPlan Plan(DirectorySheets sheets)
    {
        PlanUnits(sheets.Units);
        PlanPeople(sheets.People);
        return new(_rows, _plannedUnits, _plannedPeople, sheets.Notes);
    }

    private void PlanUnits(IReadOnlyList<SheetLine<UnitColumn>> lines)
    {
        var seen = new Dictionary<UnitId, int>();
        // A unit may stand below one that comes further down: those wait until nothing more can be resolved.
        var waiting = lines.ToList();
        var fates = new Dictionary<int, PlannedRow>();
        for (var isLast = false; waiting.Count > 0;)
        {
            var later = new List<SheetLine<UnitColumn>>();
            foreach (var line in waiting)
            {
                var isHeldUp = !isLast && new[] { line[UnitColumn.Parent], line[UnitColumn.GuidedBy] }.Any(
                    name => name.Length > 0 && Named(name).Count == 0
                        && lines.Any(other => other != line && Same(other[UnitColumn.Name], name)));
                if (isHeldUp) later.Add(line);
                else fates[line.Line] = PlanUnit(line, seen);
            }

            isLast = later.Count == waiting.Count;
            waiting = later;
        }

        _rows.AddRange(lines.Select(line => fates[line.Line]));
    }

    private PlannedRow PlanUnit(SheetLine<UnitColumn> line, Dictionary<UnitId, int> seen)
    {
        var name = line[UnitColumn.Name];
        var wrong = new List<LocalText>();
        if (line.Wrong is { } unreadable) wrong.Add(unreadable);
        if (name.Length == 0) wrong.Add(new("没有单位名称。", "There is no unit name."));
        var parent = UnitOf(line[UnitColumn.Parent], DirectoryColumns.NameOf(UnitColumn.Parent), wrong);
        var guide = UnitOf(line[UnitColumn.GuidedBy], DirectoryColumns.NameOf(UnitColumn.GuidedBy), wrong);
        UnitKind? kind = line.Has(UnitColumn.Kind) ? KindOf(line[UnitColumn.Kind], wrong) : null;
        var known = Named(name).Where(unit => parent is null || unit.ParentId == parent).ToList();
        if (known.Count == 0 && parent is not null && Named(name) is [var elsewhere]) known = [elsewhere];
        if (known.Count > 1)
        {
            wrong.Add(new($"有 {known.Count} 个单位叫“{name}”，请填写上级单位。",
                $"{known.Count} units are called “{name}”; name the unit above."));
        }

        var old = known.Count == 1 ? known[0] : null;
        if (old is not null && !NamesOf(old).Contains(Plain(name)))
        {
            wrong.Add(new($"“{name}”已并入“{old.Name.Zh}”，请改用这个名称。",
                $"“{name}” was merged into “{old.Name.For("en")}”; use that name."));
        }
        else if (old is { Active: false })
        {
            wrong.Add(new("这个单位已撤销，请先在单位页面恢复。", "This unit is closed; open it again on its page first."));
        }
        else if (old is null && kind is null && line[UnitColumn.Kind].Length == 0)
        {
            wrong.Add(new("新单位要填写类型。", "A new unit needs its kind."));
        }

        if (wrong.Count == 0 && old is not null && seen.TryGetValue(old.Id, out var first))
        {
            wrong.Add(new($"与第 {first} 行是同一个单位。", $"Row {first} is the same unit."));
        }

        if (wrong.Count > 0) return new(true, line.Line, name, RowFate.Refused, wrong);
        var entry = new UnitEntry(
            old?.Id ?? UnitId.New(),
            new(old?.Name.Zh ?? name, line.Has(UnitColumn.NameEn) ? line[UnitColumn.NameEn] : old?.Name.En),
            kind ?? old!.Kind, parent ?? old?.ParentId, guide ?? old?.GuidedById,
            line.Has(UnitColumn.Hall) ? line[UnitColumn.Hall] : old?.HallName, true, old?.Procedure)
        {
            HeadId = old?.HeadId,
            Oversees = line.Has(UnitColumn.Oversees)
                ? FieldWords.Read(line[UnitColumn.Oversees]) : old?.Oversees ?? [],
        };
        if (OrganisationRules.Check(entry, _directory) is { Count: > 0 } errors)
        {
            return new(true, line.Line, name, RowFate.Refused, [.. errors.Select(error => error.Message)]);
        }

        var says = new List<LocalText>();
        if (old is not null)
        {
            Compare(says, DirectoryColumns.NameOf(UnitColumn.NameEn), old.Name.En, entry.Name.En);
            Compare(says, DirectoryColumns.NameOf(UnitColumn.Kind), RoleNames.Of(old.Kind), RoleNames.Of(entry.Kind));
            Compare(says, DirectoryColumns.NameOf(UnitColumn.Parent), NameOf(old.ParentId), NameOf(entry.ParentId));
            Compare(
                says, DirectoryColumns.NameOf(UnitColumn.GuidedBy), NameOf(old.GuidedById), NameOf(entry.GuidedById));
            Compare(says, DirectoryColumns.NameOf(UnitColumn.Hall), old.HallName, entry.HallName);
            Compare(says, DirectoryColumns.NameOf(UnitColumn.Oversees),
                FieldWords.Show(old.Oversees), FieldWords.Show(FieldWords.Clean(entry.Oversees)));
        }

        seen[entry.Id!.Value] = line.Line;
        if (old is null || says.Count > 0)
        {
            _plannedUnits.Add(new(entry, old is null));
            _directory = With(_directory, entry);
            _byName = ByName(_directory);
        }

        return new(true, line.Line, name, old is null ? RowFate.New : says.Count > 0 ? RowFate.Changed : RowFate.Same,
            says);
    }

    /// <summary>The directory with a unit as the entry leaves it, on a copy: what is stored stays untouched.</summary>
    private static OrganisationDirectory With(OrganisationDirectory before, UnitEntry entry) => new(
        before.Organisation,
        [
            .. before.EveryUnit.Where(unit => unit.Id != entry.Id),
            new Unit
            {
                OrganisationId = before.Organisation.Id,
                Id = entry.Id!.Value,
                Name = entry.Name,
                Kind = entry.Kind,
                ParentId = entry.ParentId,
                GuidedById = entry.GuidedById,
                HallName = entry.HallName,
                HeadId = entry.HeadId,
                Oversees = [.. entry.Oversees],
            },
        ],
        before.People, before.Grants, before.Delegations);

    private List<Unit> Named(string name) =>
        name.Length == 0 ? [] : [.. _byName[Plain(name)].DistinctBy(unit => unit.Id)];

    /// <summary>
    /// By what units are called; the name of one that was merged means the unit kept, unless another has that name now.
    /// </summary>
    private static ILookup<string, Unit> ByName(OrganisationDirectory directory)
    {
        var own = directory.Units.SelectMany(unit => NamesOf(unit).Select(name => (Name: name, Unit: unit))).ToList();
        var taken = own.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return own
            .Concat(directory.EveryUnit.Where(unit => unit.MergedIntoId is not null)
                .SelectMany(unit => NamesOf(unit).Where(name => !taken.Contains(name))
                    .Select(name => (Name: name, Unit: directory.Find(unit.Id)!))))
            .ToLookup(one => one.Name, one => one.Unit, StringComparer.Ordinal);
    }

    private static IEnumerable<string> NamesOf(Unit unit) =>
        new[] { unit.Name.Zh, unit.Name.En ?? "" }.Where(name => name.Length > 0).Select(Plain);

    private LocalText? NameOf(UnitId? id) => _directory.Find(id)?.Name;

    /// <summary>The unit of that name; null for a blank cell, and with what is wrong where there is none.</summary>
    private UnitId? UnitOf(string name, LocalText column, List<LocalText> wrong)
    {
        if (name.Length == 0) return null;
        var found = Named(name);
        if (found.Count > 1 && found.Where(unit => unit.Active).ToList() is [var only]) found = [only];
        switch (found)
        {
            case [{ Active: true } unit]:
                return unit.Id;
            case []:
                wrong.Add(new($"“{column.Zh}”：没有叫“{name}”的单位，请先建立，或写进单位表。",
                    $"“{column.En}”: there is no unit called “{name}”; make it first, or add it to the "
                        + "sheet of units."));
                return null;
            case [_]:
                wrong.Add(new($"“{column.Zh}”：单位“{name}”已撤销。", $"“{column.En}”: the unit “{name}” is closed."));
                return null;
            default:
                wrong.Add(new($"“{column.Zh}”：有几个单位叫“{name}”，请在页面上填写。",
                    $"“{column.En}”: several units are called “{name}”; enter it on the page."));
                return null;
        }
    }

    private static UnitKind? KindOf(string text, List<LocalText> wrong)
    {
        foreach (var kind in Enum.GetValues<UnitKind>())
        {
            var name = RoleNames.Of(kind);
            if (Same(name.Zh, text) || Same(name.En ?? "", text) || Same(kind.ToString(), text)) return kind;
        }

        wrong.Add(new($"没有“{text}”这种单位类型，请从模板的“可选项”中选。",
            $"There is no kind of unit “{text}”; choose one of the template's lists."));
        return null;
    }

    private static void Compare(List<LocalText> says, LocalText column, string? before, string? after)
    {
        if ((before ?? "") != (after ?? ""))
        {
            says.Add(new(
                $"{column.Zh}：{Shown(before)} → {Shown(after)}", $"{column.En}: {Shown(before)} → {Shown(after)}"));
        }

        static string Shown(string? text) => text is { Length: > 0 } ? text : "—";
    }

    private static void Compare(List<LocalText> says, LocalText column, LocalText? before, LocalText? after)
    {
        if (before?.Zh != after?.Zh)
        {
            says.Add(new(
                $"{column.Zh}：{before?.Zh ?? "—"} → {after?.Zh ?? "—"}",
                $"{column.En}: {before?.For("en") ?? "—"} → {after?.For("en") ?? "—"}"));
        }
    }

    private static bool Same(string one, string other) => Plain(one) == Plain(other);

    /// <summary>As names are compared: whatever their width, capitals and blanks.</summary>
    private static string Plain(string text) => TypedText.Fold(text).Replace(" ", "", StringComparison.Ordinal);
}
