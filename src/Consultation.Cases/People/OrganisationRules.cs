using System.Text.RegularExpressions;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <summary>
/// What is wrong with an edit of the organisation, field by field. Pure; the desk calls these in its transaction.
/// </summary>
public static partial class OrganisationRules
{
    private static readonly LocalText Name = new("名称", "Name");

    /// <summary>Checks a unit against the tree: a name, no circle, platforms guided by a special committee.</summary>
    public static IReadOnlyList<FieldError> Check(UnitEntry unit, OrganisationDirectory directory)
    {
        var errors = new List<FieldError>();
        Add(errors, ContactRules.Length("name", Name, unit.Name.Zh, 1, 100));
        Add(errors, ContactRules.Length("name-en", new("英文名称", "English name"), unit.Name.En, 0, 200));
        Add(errors, ContactRules.Length("hall-name", new("协商议事厅名称", "Hall name"), unit.HallName, 0, 100));
        if (directory.Units.Any(
            other => other.Id != unit.Id && other.ParentId == unit.ParentId && other.Name.Zh == unit.Name.Zh.Trim()))
        {
            errors.Add(new("name", new("同一上级单位下已有同名单位。", "The unit above already has a unit of this name.")));
        }

        if (unit.Id is { } id && Above(unit.ParentId, directory).Contains(id))
        {
            errors.Add(new("parent", new("上级单位不能是本单位或其下级。", "A unit cannot stand above itself.")));
        }
        else if (unit.ParentId is { } parent && directory.Find(parent) is null)
        {
            errors.Add(new("parent", new("上级单位不存在，请重新选择。", "The unit above does not exist; choose again.")));
        }

        if (unit.HeadId is { } head && directory.Find(head) is not { Active: true })
        {
            errors.Add(new("head", new("所选负责人不存在或已离任，请重新选择。", "The head chosen does not exist or has left.")));
        }

        Add(errors, FieldWords.Check("oversees", unit.Oversees));
        if (unit.GuidedById is { } guide && directory.Find(guide) is not { Kind: UnitKind.SpecialCommittee })
        {
            errors.Add(new("guided-by", new("指导单位应当是专委会。", "A platform is guided by a special committee.")));
        }

        return errors;
    }

    /// <summary>
    /// Checks two units that are to be one: two that are there, the one kept open, of the same kind, since roles follow
    /// from it.
    /// </summary>
    internal static FieldError? CheckMerge(Unit? from, Unit? into)
    {
        if (from is null || into is not { Active: true } || from == into)
        {
            return new("into", new(
                "请选择另一个在用的单位；已经合并的单位不能再合并。",
                "Choose another open unit; what was merged is not merged again."));
        }

        return from.Kind == into.Kind ? null : new("into", new(
            $"两个单位类型不同（{RoleNames.Of(from.Kind).Zh}、{RoleNames.Of(into.Kind).Zh}）。请先改成同一类型再合并。",
            $"The units are of two kinds ({RoleNames.Of(from.Kind).En}, {RoleNames.Of(into.Kind).En}). "
                + "Give them one kind first."));
    }

    /// <summary>
    /// Checks a person: name, phone, an existing unit, an absence that ends after it begins. The mail address is
    /// checked where mails are known (<see cref="ContactRules.Email"/>).
    /// </summary>
    public static IReadOnlyList<FieldError> Check(PersonEntry person, OrganisationDirectory directory)
    {
        var errors = new List<FieldError>();
        Add(errors, ContactRules.Length("name", new("姓名", "Name"), person.Name, 1, 50));
        Add(errors, ContactRules.Length("title", new("职务", "Title"), person.Title, 0, 50));
        Add(errors, ContactRules.Phone("phone", person.Phone));
        Add(errors, MessageWays.CheckAddress("channel-address", person.ChannelAddress));
        if (person.UnitId is { } unit && directory.Find(unit) is null)
        {
            errors.Add(new("unit", new("所选单位不存在，请重新选择。", "The chosen unit does not exist; choose again.")));
        }

        Add(errors, FieldWords.Check("sectors", person.Sectors));
        Add(errors, FieldWords.Check("expertise", person.Expertise));
        Add(errors, FieldWords.Check("areas", person.Areas));
        if (person.Language is not ("zh" or "en"))
        {
            errors.Add(new("language", new("语言请选择中文或英文。", "Choose Chinese or English.")));
        }

        if (person.AbsentUntil is { } until && (person.AbsentFrom is null || until <= person.AbsentFrom))
        {
            errors.Add(new("absent-until", new("离岗结束时间应当晚于开始时间。", "An absence ends after it begins.")));
        }

        return errors;
    }

    /// <summary>Checks a log-in name: 3 to 64 letters, digits, dots, hyphens.</summary>
    public static IReadOnlyList<FieldError> Check(LogInEntry logIn, OrganisationDirectory directory)
    {
        var errors = new List<FieldError>();
        if (directory.Find(logIn.PersonId) is not { Active: true })
        {
            errors.Add(new("person", new("此人不存在或已离任。", "The person does not exist or has left.")));
        }

        if (logIn.UserName is { } userName)
        {
            errors.AddRange(WrongUserName(userName).Select(wrong => new FieldError("user-name", wrong)));
        }

        return errors;
    }

    /// <summary>What is wrong with a log-in name by its letters.</summary>
    internal static IEnumerable<LocalText> WrongUserName(string userName) => UserName().IsMatch(userName) ? [] :
        [new("登录名为 3 到 64 个字母、数字、点、横线或汉字。", "A log-in name has 3 to 64 letters, digits, dots or hyphens.")];

    /// <summary>True when a role is held over one unit, never over the whole organisation.</summary>
    public static bool NeedsUnit(Role role) =>
        role is Role.CommitteeDirector or Role.CommitteeMember or Role.PlatformHead
        or Role.PlatformOfficer or Role.DepartmentContact or Role.WorkGroupLead or Role.WorkGroupMember;

    /// <summary>Checks a grant: the person is there, the unit exists, roles of a unit name one.</summary>
    public static IReadOnlyList<FieldError> CheckGrant(
        PersonId person, Role role, UnitId? unit, OrganisationDirectory directory)
    {
        var errors = new List<FieldError>();
        if (directory.Find(person) is not { Active: true })
        {
            errors.Add(new("person", new("此人不存在或已离任。", "The person does not exist or has left.")));
        }

        var name = RoleNames.Of(role);
        if (unit is null ? NeedsUnit(role) : directory.Find(unit) is null)
        {
            errors.Add(new("unit", new($"角色“{name.Zh}”要指定单位。", $"The role “{name.En}” needs a unit.")));
        }

        return errors;
    }

    /// <summary>
    /// Checks a delegation: two people who are there, an end after the beginning, at most a year (mail rule 7).
    /// </summary>
    public static IReadOnlyList<FieldError> Check(
        DelegationEntry delegation, OrganisationDirectory directory, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        if (directory.Find(delegation.FromId) is not { Active: true })
        {
            errors.Add(new("from", new("委托人不存在或已离任。", "The person who delegates does not exist or has left.")));
        }

        if (directory.Find(delegation.ToId) is not { Active: true } || delegation.ToId == delegation.FromId)
        {
            errors.Add(new("to", new("请选择另一位在任人员作为受托人。", "Choose another person, still in office, to act.")));
        }

        if (delegation.EndsAt <= delegation.StartsAt || delegation.EndsAt <= now)
        {
            errors.Add(new("ends", new("结束时间应当晚于开始时间和现在。", "The end must lie after the beginning and after now.")));
        }
        else if (delegation.EndsAt - delegation.StartsAt > TimeSpan.FromDays(366))
        {
            errors.Add(new("ends", new("一次委托不超过一年。", "A delegation lasts at most a year.")));
        }

        return errors;
    }

    /// <summary>Checks a ladder: at least one rung, readable delays in rising order.</summary>
    public static IReadOnlyList<FieldError> Check(EscalationLadder ladder)
    {
        var errors = new List<FieldError>();
        Add(errors, ContactRules.Length("name", Name, ladder.Name.Zh, 1, 100));
        if (ladder.Rungs.Count is 0 or > 10)
        {
            errors.Add(new("rungs", new("督办阶梯请设 1 到 10 级。", "A ladder has 1 to 10 rungs.")));
        }

        var last = -1;
        for (var i = 0; i < ladder.Rungs.Count; i++)
        {
            if (!WorkingDuration.TryParse(ladder.Rungs[i].After, out var after))
            {
                errors.Add(new($"rungs[{i}].after",
                    new("请按“2工作日”或“3天”的样子填写。", "Write a time such as 2wd (working days) or 3d (days).")));
            }
            else if (after.Days < last)
            {
                errors.Add(new(
                    $"rungs[{i}].after", new("后一级的时间不能早于前一级。", "A rung cannot come before the one below it.")));
            }
            else
            {
                last = after.Days;
            }

            Who($"rungs[{i}].who", ladder.Rungs[i].Who);
            if (ladder.Rungs[i].Copy.Length > 0) Who($"rungs[{i}].copy", ladder.Rungs[i].Copy);
            Add(errors, ContactRules.Length(
                $"rungs[{i}].text", new("文字", "Text"), ladder.Rungs[i].Text.Zh, 0, 500));
        }

        void Who(string field, string spec)
        {
            if (AssigneeSpec.Read(spec) is AssigneeSpecReading.Wrong wrong) errors.Add(new(field, wrong.Message));
        }

        return errors;
    }

    private static HashSet<UnitId> Above(UnitId? unit, OrganisationDirectory directory)
    {
        var above = new HashSet<UnitId>();
        while (unit is { } id && above.Add(id))
        {
            unit = directory.Find(id)?.ParentId;
        }

        return above;
    }

    private static void Add(List<FieldError> errors, FieldError? error)
    {
        if (error is not null)
        {
            errors.Add(error);
        }
    }

    [GeneratedRegex(@"^[\p{L}\p{N}._@-]{3,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex UserName();
}
