using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.TrackedItems;

/// <summary>
/// In whose hands a tracked item is (Q108, Q110): who supervises it, which unit carries it out, who does it there,
/// which units help.
/// </summary>
public sealed record ItemHands(
    PersonId? SupervisorId, UnitId? UndertakingUnitId, PersonId? UndertakerId, IReadOnlyList<UnitId> CoUnitIds)
{
    /// <summary>Most characters of a reason.</summary>
    public const int LongestReason = 1000;

    /// <summary>Most units that help.</summary>
    public const int MostCoUnits = 20;

    /// <summary>As the item stands.</summary>
    public static ItemHands Of(TrackedItem item) =>
        new(item.SupervisorId, item.UndertakingUnitId, item.UndertakerId, [.. item.CoUnits.Select(one => one.UnitId)]);

    /// <summary>
    /// The same for the same hands: a form carries it, so that an edit sees whether somebody was quicker.
    /// </summary>
    public string Mark => string.Join(';', new[]
    {
        SupervisorId?.Value,
        UndertakingUnitId?.Value,
        UndertakerId?.Value,
    }.Select(id => $"{id:N}")
        .Concat(CoUnitIds.Select(id => $"{id.Value:N}").Order(StringComparer.Ordinal)));

    /// <summary>
    /// True when the supervisor is one of the undertaking unit's own people, who would check in the end what their own
    /// unit reported (Q102, O16).
    /// </summary>
    public bool ChecksItself(OrganisationDirectory directory, DateTimeOffset now) =>
        SupervisorId is { } supervisor && directory.Find(UndertakingUnitId) is { } unit
        && (directory.Find(supervisor)?.UnitId == unit.Id || supervisor == UndertakerId
            || Assignees.OfUnit(unit, directory, now).Any(one => one.Person.Id == supervisor));

    /// <summary>
    /// The people who answer for it: the supervisor, the undertaker or whoever answers for the unit, and those of the
    /// units that help.
    /// </summary>
    public IReadOnlyList<Person> People(OrganisationDirectory directory, DateTimeOffset now) =>
    [
        .. new[] { directory.Find(SupervisorId) }.Concat(Undertakers(directory, now))
        .Concat(CoUnitIds.SelectMany(unit => OfUnit(unit, directory, now)))
            .OfType<Person>().Where(person => person.Active).DistinctBy(person => person.Id),
    ];

    /// <summary>Who carries it out: the person named, otherwise whoever answers for the unit.</summary>
    public IReadOnlyList<Person> Undertakers(OrganisationDirectory directory, DateTimeOffset now) =>
        directory.Find(UndertakerId) is { Active: true } named ? [named] : OfUnit(UndertakingUnitId, directory, now);

    /// <summary>
    /// Who hands over when it goes into other hands: the supervisor, and those who carry it out, as far as they change.
    /// </summary>
    public IReadOnlyList<PersonId> Leaving(ItemHands after, OrganisationDirectory directory, DateTimeOffset now)
    {
        var leaving = new List<PersonId>();
        if (SupervisorId is { } supervisor && supervisor != after.SupervisorId) leaving.Add(supervisor);
        if ((UndertakingUnitId, UndertakerId) == (after.UndertakingUnitId, after.UndertakerId)) return leaving;
        leaving.AddRange(Undertakers(directory, now).Select(person => person.Id));
        if (UndertakerId is { } undertaker) leaving.Add(undertaker);
        return leaving;
    }

    /// <summary>What is wrong with putting an item into these hands, field by field.</summary>
    public IReadOnlyList<FieldError> Check(
        TrackedItem item, string reason, OrganisationDirectory directory, DateTimeOffset now)
    {
        if (item.State is TrackedItemState.Done or TrackedItemState.Abandoned)
        {
            return [new("", new("事项已经结束，不再更换负责人。", "The item is closed; nobody needs to answer for it any more."))];
        }

        var errors = new List<FieldError>();
        void Wrong(string field, string zh, string en) => errors.Add(new(field, new(zh, en)));
        if (Mark == Of(item).Mark)
        {
            Wrong("", "没有任何改动。请改选督办负责人、承办单位、承办人或协办单位。",
                "Nothing was changed. Choose another supervisor, unit, person or helping unit.");
        }
        if (directory.Find(SupervisorId) is not { Active: true } supervisor)
        {
            Wrong("supervisor", "请选择在任的督办负责人。", "Choose a supervisor who is in office.");
        }
        else if (ChecksItself(directory, now))
        {
            Wrong("supervisor", $"{supervisor.Name}是承办单位自己的人，办结时不能核查自己填报的内容。请选择其他单位的人。",
                $"{supervisor.Name} belongs to the undertaking unit and could not check in the end what that unit "
                    + "reported. Choose somebody of another unit.");
        }
        if (directory.Find(UndertakingUnitId) is not { Active: true } unit)
        {
            Wrong("unit", "请选择承办单位。", "Choose the undertaking unit.");
        }
        else CheckUndertaker(unit, directory, now, Wrong);
        if (CoUnitIds.Any(id => directory.Find((UnitId?)id) is not { Active: true }))
        {
            Wrong("co", "所选协办单位中有的已停用，请重新选择。", "One of the helping units is closed; choose again.");
        }
        else if (CoUnitIds.Any(id => id == UndertakingUnitId))
        {
            Wrong("co", "承办单位不能同时是协办单位。", "The undertaking unit cannot help itself.");
        }
        else if (CoUnitIds.Count > MostCoUnits)
        {
            Wrong("co", $"协办单位最多 {MostCoUnits} 个。", $"At most {MostCoUnits} units can help.");
        }
        if (reason.Trim().Length is 0 or > LongestReason)
        {
            Wrong("reason", $"请写明更换原因，不超过 {LongestReason} 字。", $"Give the reason, at most {LongestReason} characters.");
        }
        return errors;
    }

    /// <summary>
    /// Puts the item into these hands. What it was before is in the answer, in words: "督办负责人由张三改为李四".
    /// </summary>
    public LocalText Apply(TrackedItem item, OrganisationDirectory directory)
    {
        var before = Of(item);
        (item.SupervisorId, item.UndertakingUnitId, item.UndertakerId) =
            (SupervisorId, UndertakingUnitId, UndertakerId);
        item.CoUnits.RemoveAll(one => !CoUnitIds.Contains(one.UnitId));
        item.CoUnits.AddRange(CoUnitIds.Where(id => !before.CoUnitIds.Contains(id)).Distinct()
            .Select(id => new CoUnit { Id = OrderedGuid.New(), UnitId = id }));
        if (item.Stall == StallReason.AssigneeGone)
        {
            (item.Stall, item.State) =
                (null, item.LastEntryAt is null ? TrackedItemState.NotStarted : TrackedItemState.InProgress);
        }

        var changes = new[]
        {
            Change(new("督办负责人", "supervisor"), before.SupervisorId != SupervisorId,
                Name(directory, before.SupervisorId), Name(directory, SupervisorId)),
            Change(new("承办单位", "undertaking unit"), before.UndertakingUnitId != UndertakingUnitId,
                Name(directory, before.UndertakingUnitId), Name(directory, UndertakingUnitId)),
            Change(new("承办人", "undertaker"), before.UndertakerId != UndertakerId, Name(directory, before.UndertakerId),
                Name(directory, UndertakerId)),
            Change(new("协办单位", "helping units"), !before.CoUnitIds.ToHashSet()
                .SetEquals(CoUnitIds), Names(directory, before.CoUnitIds), Names(directory, CoUnitIds)),
        }.OfType<LocalText>().ToList();
        return new(string.Join('；', changes.Select(change => change.Zh)),
            string.Join("; ", changes.Select(change => change.En)));
    }

    private void CheckUndertaker(
        Unit unit, OrganisationDirectory directory, DateTimeOffset now, Action<string, string, string> wrong)
    {
        if (UndertakerId is { } id && directory.Find(id) is not { Active: true })
        {
            wrong("undertaker", "所选承办人已离任，请另选。", "The person chosen has left; choose somebody else.");
        }
        else if (directory.Find(UndertakerId) is { } undertaker && undertaker.UnitId != unit.Id
            && OfUnit(unit.Id, directory, now).All(one => one.Id != undertaker.Id))
        {
            wrong("undertaker", $"{undertaker.Name}不是{unit.Name.Zh}的人。请选择承办单位的人，或先改选承办单位。",
                $"{undertaker.Name} does not belong to {unit.Name.For("en")}. Choose somebody of the undertaking "
                    + "unit, or choose that unit first.");
        }
        else if (Undertakers(directory, now).Count == 0)
        {
            wrong("undertaker", $"{unit.Name.Zh}没有联系人，请在这里指定承办人。",
                $"{unit.Name.For("en")} has no contact; name the person here.");
        }
    }

    private static IReadOnlyList<Person> OfUnit(UnitId? id, OrganisationDirectory directory, DateTimeOffset now) =>
        directory.Find(id) is { } unit ? [.. Assignees.OfUnit(unit, directory, now).Select(one => one.Person)] : [];

    private static LocalText? Change(LocalText what, bool changed, LocalText before, LocalText after) =>
        changed ? new($"{what.Zh}由{before.Zh}改为{after.Zh}", $"{what.En}: {after.En} instead of {before.En}") : null;

    private static LocalText Name(OrganisationDirectory directory, PersonId? id) =>
        directory.Find(id) is { } person ? new(person.Name, person.Name) : new("（未指定）", "nobody named");

    private static LocalText Name(OrganisationDirectory directory, UnitId? id) =>
        directory.Find(id) is { } unit ? new(unit.Name.Zh, unit.Name.For("en")) : new("（未指定）", "none");

    private static LocalText Names(OrganisationDirectory directory, IReadOnlyList<UnitId> ids) => ids.Count == 0
        ? new("（无）", "none")
        : new(string.Join('、', ids.Select(id => Name(directory, id).Zh)),
            string.Join(", ", ids.Select(id => Name(directory, id).En)));
}

/// <summary>What somebody asks for: an item in other hands.</summary>
public sealed record HandOver
{
    public required OrganisationId OrganisationId { get; init; }
    public required TrackedItemId ItemId { get; init; }

    /// <summary>Who asks.</summary>
    public required PersonId ActorId { get; init; }
    public required ItemHands Hands { get; init; }

    /// <summary><see cref="ItemHands.Mark"/> of what the page showed.</summary>
    public required string Seen { get; init; }
    public required string Reason { get; init; }

    /// <summary>Same id, same answer: a form posted twice changes the item once.</summary>
    public required string OperationId { get; init; }
}

/// <summary>What became of it.</summary>
public abstract record HandOverResult
{
    private HandOverResult() { }

    /// <summary>In other hands; everybody concerned is told, and open tasks went on to the new people.</summary>
    public sealed record Done : HandOverResult;

    /// <summary>As it was, with what to mend.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : HandOverResult;
}

/// <summary>
/// Puts tracked items into other hands. An interface because open tasks go on to the new people, which moves workflows:
/// Activities implements it.
/// </summary>
public interface IItemHandOver
{
    /// <summary>
    /// Changes who answers for an item, in one transaction with the line of history and the mails to everybody
    /// concerned, before and after; seats of open tasks held for the item's sake go on to the new people.
    /// </summary>
    Task<HandOverResult> HandOverAsync(HandOver request, CancellationToken cancellationToken);
}
