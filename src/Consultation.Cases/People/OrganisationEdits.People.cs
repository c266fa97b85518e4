using Consultation.Cases;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <summary>Edits units, people, roles and delegations in the database.</summary>
internal sealed partial class OrganisationDesk(Database database, VacatedSeats vacated, TimeProvider clock)
    : IOrganisationDesk
{
    private readonly DirectoryEditing _editing = new(database, clock);

    public Task<DeskResult> SaveUnitAsync(DeskEdit edit, UnitEntry unit, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, Subject("unit", unit.Id?.Value), async (db, snapshot, _) =>
        {
            if (OrganisationRules.Check(unit, snapshot.Directory) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            var row = unit.Id is { } id
                ? await db.Units.FirstOrDefaultAsync(one => one.Id == id, cancellationToken)
                : null;
            if (unit.Id is not null && row is null)
            {
                return new EditOutcome.Wrong("", "单位不存在。", "There is no such unit.");
            }

            row ??= db.Add(new Unit
            {
                OrganisationId = edit.OrganisationId,
                Id = UnitId.New(),
                Name = unit.Name,
                Kind = unit.Kind,
            }).Entity;
            row.Name = Trimmed(unit.Name);
            (row.Kind, row.ParentId, row.GuidedById, row.HallName, row.Active) =
                (unit.Kind, unit.ParentId, unit.GuidedById, Text(unit.HallName), unit.Active);
            return Changed("unit", row.Id.Value, unit.Id is null ? "新增单位" : "修改单位", unit.Id is null
                ? "added unit"
                : "changed unit", row.Name.Zh);
        }, cancellationToken);

    public Task<DeskResult> SavePersonAsync(DeskEdit edit, PersonEntry person, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, Subject("person", person.Id?.Value), async (db, snapshot, now) =>
        {
            if (OrganisationRules.Check(person, snapshot.Directory) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            var row = person.Id is { } id
                ? await db.People.FirstOrDefaultAsync(one => one.Id == id, cancellationToken)
                : null;
            if (person.Id is not null && row is null)
            {
                return new EditOutcome.Wrong("", "人员不存在。", "There is no such person.");
            }

            if (row is { Active: true } && !person.Active && IsLastAdministrator(snapshot.Directory, row.Id))
            {
                return new EditOutcome.Wrong("active", "不能停用最后一位系统管理员。", "The last administrator must stay active.");
            }

            row ??= db.Add(new Person
            {
                OrganisationId = edit.OrganisationId,
                Id = PersonId.New(),
                Name = person.Name,
                SecurityStamp = LogInSecrets.NewStamp(),
            }).Entity;
            if (row.Active && !person.Active)
            {
                row.SecurityStamp = LogInSecrets.NewStamp();
            }

            (row.Name, row.Title, row.Email, row.Phone) =
                (person.Name.Trim(), Text(person.Title), Text(person.Email), Text(person.Phone));
            (row.UnitId, row.Language, row.WantsDigest, row.Active) =
                (person.UnitId, person.Language, person.WantsDigest, person.Active);
            (row.AbsentFrom, row.AbsentUntil) = (person.AbsentFrom, person.AbsentUntil);
            if (person.Id is not null)
            {
                await vacated.NoteAsync(
                    db, With(snapshot.Directory,
                        people: [.. snapshot.Directory.People.Where(one => one.Id != row.Id), row]), row.Id,
                        edit.ActorId, now, cancellationToken);
            }

            return Changed(
                "person", row.Id.Value, person.Id is null ? "新增人员" : "修改人员",
                person.Id is null ? "added person" : "changed person", row.Name);
        }, cancellationToken);

    public Task<DeskResult> SaveLogInAsync(DeskEdit edit, LogInEntry logIn, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, Subject("person", logIn.PersonId.Value), async (db, snapshot, _) =>
        {
            if (OrganisationRules.Check(logIn, snapshot.Directory) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            // Log-in names are unique over the whole host, so other organisations are asked too.
            if (logIn.UserName is { } userName
                && await db.People.IgnoreQueryFilters()
                .AnyAsync(one => one.UserName == userName && one.Id != logIn.PersonId, cancellationToken))
            {
                return new EditOutcome.Wrong("user-name", $"登录名“{userName}”已被使用，请换一个。",
                    $"The log-in name “{userName}” is taken; choose another.");
            }

            if (logIn.UserName is null && IsLastAdministrator(snapshot.Directory, logIn.PersonId))
            {
                return new EditOutcome.Wrong(
                    "user-name", "不能取消最后一位系统管理员的登录。", "The last administrator must keep the log-in.");
            }

            var row = await db.People.SingleAsync(one => one.Id == logIn.PersonId, cancellationToken);
            row.UserName = logIn.UserName;
            row.PasswordHash = logIn.UserName is null ? null : logIn.PasswordHash ?? row.PasswordHash;
            (row.MustChangePassword, row.SecurityStamp, row.FailedSignIns, row.LockedUntil) =
                (logIn.MustChangePassword, LogInSecrets.NewStamp(), 0, null);
            return Changed("person", row.Id.Value, "修改登录", "changed the log-in of", row.Name);
        }, cancellationToken);

    public Task<DeskResult> GrantAsync(DeskEdit edit, PersonId person, Role role, UnitId? unit, bool isSubstitute,
        CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, null, async (db, snapshot, now) =>
        {
            if (OrganisationRules.CheckGrant(person, role, unit, snapshot.Directory) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            if (snapshot.Directory.Grants.FirstOrDefault(
                one => one.PersonId == person && one.Role == role && one.UnitId == unit
                && one.IsSubstitute == isSubstitute) is { } known)
            {
                return new EditOutcome.AsItWas(known.Id);
            }

            var grant = db.Add(new RoleGrant
            {
                OrganisationId = edit.OrganisationId,
                Id = Guid.CreateVersion7(),
                PersonId = person,
                Role = role,
                UnitId = unit,
                IsSubstitute = isSubstitute,
            }).Entity;
            await vacated.NoteAsync(
                db, With(snapshot.Directory, grants: [.. snapshot.Directory.Grants, grant]), person, edit.ActorId, now,
                cancellationToken);
            return Changed("grant", grant.Id,
                $"授予角色“{RoleNames.Of(role).Zh}”给", $"granted {RoleNames.Of(role).En} to",
                snapshot.Directory.Find(person)!.Name);
        }, cancellationToken);

    public Task<DeskResult> RevokeAsync(DeskEdit edit, Guid grant, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, Subject("grant", grant), async (db, snapshot, now) =>
        {
            var row = await db.RoleGrants.FirstOrDefaultAsync(one => one.Id == grant, cancellationToken);
            if (row is null)
            {
                return new EditOutcome.AsItWas(grant);
            }

            if (row.Role == Role.Administrator && IsLastAdministrator(snapshot.Directory, row.PersonId))
            {
                return new EditOutcome.Wrong("", "不能收回最后一位系统管理员的角色。", "The last administrator keeps the role.");
            }

            db.Remove(row);
            var left = With(snapshot.Directory, grants: [.. snapshot.Directory.Grants.Where(one => one.Id != grant)]);
            await vacated.NoteAsync(db, left, row.PersonId, edit.ActorId, now, cancellationToken);
            return Changed(
                "grant", grant, $"收回角色“{RoleNames.Of(row.Role).Zh}”：", $"took {RoleNames.Of(row.Role).En} from",
                snapshot.Directory.Find(row.PersonId)?.Name ?? "");
        }, cancellationToken);

    public Task<DeskResult> DelegateAsync(
        DeskEdit edit, DelegationEntry delegation, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, null, (db, snapshot, now) =>
        {
            if (OrganisationRules.Check(delegation, snapshot.Directory, now) is { Count: > 0 } errors)
            {
                return Task.FromResult<EditOutcome>(new EditOutcome.Wrong(errors));
            }

            var row = db.Add(new Delegation
            {
                OrganisationId = edit.OrganisationId,
                Id = Guid.CreateVersion7(),
                FromId = delegation.FromId,
                ToId = delegation.ToId,
                StartsAt = delegation.StartsAt,
                EndsAt = delegation.EndsAt,
                Scope = delegation.Scope,
                Reason = delegation.Reason.Trim(),
            }).Entity;
            return Task.FromResult<EditOutcome>(Changed("delegation", row.Id, "新增委托：", "added a delegation:",
                $"{snapshot.Directory.Find(row.FromId)!.Name} → {snapshot.Directory.Find(row.ToId)!.Name}"));
        }, cancellationToken);

    public Task<DeskResult> EndDelegationAsync(DeskEdit edit, Guid delegation, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, Subject("delegation", delegation), async (db, snapshot, now) =>
        {
            var row = await db.Delegations.FirstOrDefaultAsync(one => one.Id == delegation, cancellationToken);
            if (row is null || row.EndsAt <= now)
            {
                return new EditOutcome.AsItWas(delegation);
            }

            db.Remove(row);
            if (row.StartsAt < now)
            {
                // Kept with its real end, so that the record of who acted for whom stays true.
                db.Add(new Delegation
                {
                    OrganisationId = row.OrganisationId,
                    Id = Guid.CreateVersion7(),
                    FromId = row.FromId,
                    ToId = row.ToId,
                    StartsAt = row.StartsAt,
                    EndsAt = now,
                    Scope = row.Scope,
                    Reason = row.Reason,
                });
            }

            return Changed("delegation", delegation, "结束委托：", "ended a delegation:",
                $"{snapshot.Directory.Find(row.FromId)?.Name} → {snapshot.Directory.Find(row.ToId)?.Name}");
        }, cancellationToken);

    /// <summary>The directory as the edit leaves it.</summary>
    private static OrganisationDirectory With(
        OrganisationDirectory before, IEnumerable<Person>? people = null, IEnumerable<RoleGrant>? grants = null) =>
        new(before.Organisation, before.Units, people ?? before.People, grants ?? before.Grants, before.Delegations);

    private static string? Subject(string kind, Guid? id) => id is { } known ? $"{kind}:{known:N}" : null;

    private static EditOutcome.Changed Changed(string kind, Guid id, string zh, string en, string name) =>
        new(id, Subject(kind, id)!, new($"{zh}{name}", $"{en} {name}"));

    private static bool IsLastAdministrator(OrganisationDirectory directory, PersonId person)
    {
        var administrators = directory.Grants.Where(grant => grant.Role == Role.Administrator)
            .Where(grant => directory.Find(grant.PersonId) is { Active: true, UserName: not null })
            .Select(grant => grant.PersonId).Distinct().ToList();
        return administrators.Count == 1 && administrators[0] == person;
    }

    private static LocalText Trimmed(LocalText text) => new(text.Zh.Trim(), Text(text.En));

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
