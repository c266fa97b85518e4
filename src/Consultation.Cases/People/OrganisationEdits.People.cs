using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <content>Units, people, roles and delegations.</content>
public sealed partial class OrganisationEdits
{
    /// <summary>Stores a new or changed unit.</summary>
    public Task<EditResult> SaveUnitAsync(
        OrganisationEdit edit, UnitEntry asked, CancellationToken cancellationToken) =>
        RunAsync(edit, Subject("unit", asked.Id?.Value), (session, _) =>
        {
            var file = session.File;
            var unit = asked with
            {
                ParentId = file.Directory.Kept(asked.ParentId),
                GuidedById = file.Directory.Kept(asked.GuidedById),
            };
            if (file.Directory.Kept(unit.Id) != unit.Id)
            {
                return new EditOutcome.Wrong("", "此单位已与另一单位合并，请修改保留的单位。",
                    "This unit was merged into another; edit the one kept.");
            }

            if (OrganisationRules.Check(unit, file.Directory) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            var row = file.Directory.Find(unit.Id);
            if (unit.Id is not null && row is null)
            {
                return new EditOutcome.Wrong("", "单位不存在。", "There is no such unit.");
            }

            row ??= file.Add(new Unit
            {
                OrganisationId = edit.OrganisationId,
                Id = UnitId.New(),
                Name = unit.Name,
                Kind = unit.Kind,
            });
            Fill(row, unit);
            return Changed("unit", row.Id.Value, unit.Id is null ? "新增单位" : "修改单位", unit.Id is null
                ? "added unit"
                : "changed unit", row.Name.Zh);
        }, cancellationToken);

    /// <summary>Stores a new or changed person.</summary>
    public Task<EditResult> SavePersonAsync(
        OrganisationEdit edit, PersonEntry asked, CancellationToken cancellationToken) =>
        RunAsync(edit, Subject("person", asked.Id?.Value), async (session, now) =>
        {
            var file = session.File;
            var person = asked with { UnitId = file.Directory.Kept(asked.UnitId) };
            List<FieldError> errors = [.. OrganisationRules.Check(person, file.Directory)];
            if (ContactRules.Email("email", person.Email, mail) is { } wrongAddress) errors.Add(wrongAddress);
            if (errors.Count > 0)
            {
                return new EditOutcome.Wrong(errors);
            }

            var row = file.Directory.Find(person.Id);
            if (person.Id is not null && row is null)
            {
                return new EditOutcome.Wrong("", "人员不存在。", "There is no such person.");
            }

            if (row is { Active: true } && !person.Active && IsLastAdministrator(file.Directory, row.Id))
            {
                return new EditOutcome.Wrong("active", "不能停用最后一位系统管理员。", "The last administrator must stay active.");
            }

            if (row?.MergedIntoId is not null && person.Active)
            {
                return new EditOutcome.Wrong("active", "此人已与另一人合并，请修改保留的一方。",
                    "This person was merged into another; edit the one who stayed.");
            }

            row ??= file.Add(new Person
            {
                OrganisationId = edit.OrganisationId,
                Id = PersonId.New(),
                Name = person.Name,
                SecurityStamp = LogInSecrets.NewStamp(),
            });
            if (row.Active && !person.Active)
            {
                row.SecurityStamp = LogInSecrets.NewStamp();
                TakeFeed(row);
            }

            var away = (row.AbsentFrom, row.AbsentUntil);
            Fill(row, person);
            var awayAnew = away != (row.AbsentFrom, row.AbsentUntil);
            if (person.Id is not null)
            {
                await NoteVacatedAsync(session, file.Directory, row.Id, edit.ActorId, now, cancellationToken);
                if (awayAnew) await PassOnAsync(session, row.Id, $"away {edit.OperationId}", cancellationToken);
            }

            return Changed(
                "person", row.Id.Value, person.Id is null ? "新增人员" : "修改人员",
                person.Id is null ? "added person" : "changed person", row.Name);
        }, cancellationToken);

    /// <summary>Gives a person a log-in, changes or takes it; sessions of the person end.</summary>
    public Task<EditResult> SaveLogInAsync(
        OrganisationEdit edit, LogInEntry asked, CancellationToken cancellationToken)
    {
        var logIn = asked with { UserName = OrNull(TypedText.Code(asked.UserName)) };
        return RunAsync(edit, Subject("person", logIn.PersonId.Value), async (session, _) =>
        {
            if (OrganisationRules.Check(logIn, session.File.Directory) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            // Log-in names are unique over the whole host, so other organisations are asked too.
            if (logIn.UserName is { } userName
                && await session.IsLogInNameTakenAsync(userName, logIn.PersonId, cancellationToken))
            {
                return new EditOutcome.Wrong("user-name", $"登录名“{userName}”已被使用，请换一个。",
                    $"The log-in name “{userName}” is taken; choose another.");
            }

            if (logIn.UserName is null && IsLastAdministrator(session.File.Directory, logIn.PersonId))
            {
                return new EditOutcome.Wrong(
                    "user-name", "不能取消最后一位系统管理员的登录。", "The last administrator must keep the log-in.");
            }

            var row = session.File.Directory.Find(logIn.PersonId)!;
            row.UserName = logIn.UserName;
            row.PasswordHash = logIn.UserName is null ? null : logIn.PasswordHash ?? row.PasswordHash;
            (row.MustChangePassword, row.SecurityStamp) = (logIn.MustChangePassword, LogInSecrets.NewStamp());
            return Changed("person", row.Id.Value, "修改登录", "changed the log-in of", row.Name);
        }, cancellationToken);
    }

    /// <summary>Grants a role; granting it twice changes nothing.</summary>
    public Task<EditResult> GrantAsync(OrganisationEdit edit, PersonId person, Role role, UnitId? over,
        bool isSubstitute, CancellationToken cancellationToken) =>
        RunAsync(edit, null, async (session, now) =>
        {
            var unit = session.File.Directory.Kept(over);
            if (OrganisationRules.CheckGrant(person, role, unit, session.File.Directory) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            if (session.File.Directory.Grants.FirstOrDefault(
                one => one.PersonId == person && one.Role == role && one.UnitId == unit
                && one.IsSubstitute == isSubstitute) is { } known)
            {
                return new EditOutcome.AsItWas(known.Id);
            }

            var grant = session.File.Add(new RoleGrant
            {
                OrganisationId = edit.OrganisationId,
                Id = OrderedGuid.New(),
                PersonId = person,
                Role = role,
                UnitId = unit,
                IsSubstitute = isSubstitute,
            });
            var after = With(session.File.Directory, [.. session.File.Directory.Grants, grant]);
            await NoteVacatedAsync(session, after, person, edit.ActorId, now, cancellationToken);
            return Changed("grant", grant.Id,
                $"授予角色“{RoleNames.Of(role).Zh}”给", $"granted {RoleNames.Of(role).En} to",
                session.File.Directory.Find(person)!.Name);
        }, cancellationToken);

    /// <summary>Takes a granted role back. The last administrator keeps the role.</summary>
    public Task<EditResult> RevokeAsync(OrganisationEdit edit, Guid grant, CancellationToken cancellationToken) =>
        RunAsync(edit, Subject("grant", grant), async (session, now) =>
        {
            var row = session.File.Directory.Grants.FirstOrDefault(one => one.Id == grant);
            if (row is null)
            {
                return new EditOutcome.AsItWas(grant);
            }

            if (row.Role == Role.Administrator && IsLastAdministrator(session.File.Directory, row.PersonId))
            {
                return new EditOutcome.Wrong("", "不能收回最后一位系统管理员的角色。", "The last administrator keeps the role.");
            }

            session.File.Remove(row);
            var left = With(session.File.Directory, [.. session.File.Directory.Grants.Where(one => one.Id != grant)]);
            await NoteVacatedAsync(session, left, row.PersonId, edit.ActorId, now, cancellationToken);
            return Changed(
                "grant", grant, $"收回角色“{RoleNames.Of(row.Role).Zh}”：", $"took {RoleNames.Of(row.Role).En} from",
                session.File.Directory.Find(row.PersonId)?.Name ?? "");
        }, cancellationToken);

    /// <summary>Stores a delegation.</summary>
    public Task<EditResult> DelegateAsync(
        OrganisationEdit edit, DelegationEntry delegation, CancellationToken cancellationToken) =>
        RunAsync(edit, null, async (session, now) =>
        {
            if (OrganisationRules.Check(delegation, session.File.Directory, now) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            var row = session.File.Add(new Delegation
            {
                OrganisationId = edit.OrganisationId,
                Id = OrderedGuid.New(),
                FromId = delegation.FromId,
                ToId = delegation.ToId,
                StartsAt = delegation.StartsAt,
                EndsAt = delegation.EndsAt,
                Scope = delegation.Scope,
                Reason = delegation.Reason.Trim(),
            });
            await PassOnAsync(session, row.FromId, $"delegation {row.Id:N}", cancellationToken);
            return Changed("delegation", row.Id, "新增委托：", "added a delegation:",
                $"{session.File.Directory.Find(row.FromId)!.Name} → {session.File.Directory.Find(row.ToId)!.Name}");
        }, cancellationToken);

    /// <summary>Ends a delegation now; one that has not begun is removed.</summary>
    public Task<EditResult> EndDelegationAsync(
        OrganisationEdit edit, Guid delegation, CancellationToken cancellationToken) =>
        RunAsync(edit, Subject("delegation", delegation), async (session, now) =>
        {
            var row = session.File.Directory.Delegations.FirstOrDefault(one => one.Id == delegation);
            if (row is null || row.EndsAt <= now)
            {
                return new EditOutcome.AsItWas(delegation);
            }

            session.File.Remove(row);
            if (row.StartsAt < now)
            {
                // Kept with its real end, so that the record of who acted for whom stays true.
                session.File.Add(new Delegation
                {
                    OrganisationId = row.OrganisationId,
                    Id = OrderedGuid.New(),
                    FromId = row.FromId,
                    ToId = row.ToId,
                    StartsAt = row.StartsAt,
                    EndsAt = now,
                    Scope = row.Scope,
                    Reason = row.Reason,
                    SeatId = row.SeatId,
                    TaskNumber = row.TaskNumber,
                });
            }

            await PassOnAsync(session, row.FromId, $"ended {delegation:N}", cancellationToken, row.SeatId);
            return Changed("delegation", delegation, "结束委托：", "ended a delegation:",
                $"{session.File.Directory.Find(row.FromId)?.Name} → {session.File.Directory.Find(row.ToId)?.Name}");
        }, cancellationToken);

    private static void Fill(Unit row, UnitEntry unit)
    {
        (row.Name, row.Kind, row.Active) = (Trimmed(unit.Name), unit.Kind, unit.Active);
        (row.ParentId, row.GuidedById) = (unit.ParentId, unit.GuidedById);
        (row.HallName, row.Procedure) = (Text(unit.HallName), Text(unit.Procedure));
        (row.HeadId, row.Oversees) = (unit.HeadId, FieldWords.Clean(unit.Oversees));
    }

    private static void Fill(Person row, PersonEntry person)
    {
        (row.Name, row.Title, row.Email, row.Phone) =
            (TypedText.Line(person.Name), Text(person.Title), OrNull(TypedText.Address(person.Email)),
                OrNull(TypedText.Code(person.Phone)));
        (row.UnitId, row.Language, row.WantsDigest, row.Active) =
            (person.UnitId, person.Language, person.WantsDigest, person.Active);
        (row.AbsentFrom, row.AbsentUntil) = (person.AbsentFrom, person.AbsentUntil);
        (row.Sectors, row.Expertise, row.Areas, row.WantsCopies) =
            (FieldWords.Clean(person.Sectors), FieldWords.Clean(person.Expertise), FieldWords.Clean(person.Areas),
                person.WantsCopies);
        (row.ChannelAddress, row.Ways) = (MessageWays.Normal(person.ChannelAddress), MessageWays.Clean(person.Ways));
    }

    /// <summary>The directory with the grants that the edit leaves.</summary>
    private static OrganisationDirectory With(OrganisationDirectory before, IEnumerable<RoleGrant> grants) =>
        new(before.Organisation, before.EveryUnit, before.People, grants, before.Delegations);

    /// <summary>
    /// Flags the open tasks that lose the person under the directory as the edit leaves it, and tells the secretaries.
    /// </summary>
    private async Task NoteVacatedAsync(
        IOrganisationSession session, OrganisationDirectory after, PersonId person, PersonId? actor, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var vacated = VacatedSeats.Flag(await session.TasksWaitingForAsync(person, cancellationToken), after, now);
        if (vacated.Count == 0) return;
        foreach (var one in vacated) session.File.Add(VacatedSeats.Line(one, actor, now));
        var restricted = await session.RestrictedAmongAsync(
            [.. vacated.Select(one => one.Task.CaseId).Distinct()], cancellationToken);
        var told = vacated.Select(one => one with { Restricted = restricted.Contains(one.Task.CaseId) }).ToList();
        foreach (var message in mail.SeatsVacated(after, person, told, now)) session.File.Add(message);
    }

    /// <summary>Tells the open tasks that wait for a person that who acts for that person has changed.</summary>
    private async Task PassOnAsync(
        IOrganisationSession session, PersonId principal, string occasion, CancellationToken cancellationToken,
        Guid? seat = null)
    {
        var waiting = await session.TasksWaitingForAsync(principal, cancellationToken);
        session.File.Messages.AddRange(waiting
            .Where(task => seat is null || task.Assignees.Exists(one => one.Id == seat))
            .Select(task => mail.ActingFor(task, principal, occasion)));
    }

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

    private static LocalText Trimmed(LocalText text) => new(TypedText.Line(text.Zh), Text(text.En));

    private static string? Text(string? text) => OrNull(TypedText.Line(text));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
