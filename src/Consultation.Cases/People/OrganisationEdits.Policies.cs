using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <content>Calendar, policies and the organisation itself.</content>
public sealed partial class OrganisationEdits
{
    /// <summary>Replaces the calendar days of the given dates; days of other dates stay.</summary>
    public Task<EditResult> SaveCalendarAsync(
        OrganisationEdit edit, IReadOnlyList<CalendarDay> days, CancellationToken cancellationToken) =>
        RunAsync(edit, "calendar", async (session, now) =>
        {
            if (days.Count is 0 or > 2000)
            {
                return new EditOutcome.Wrong("days", "请选择 1 到 2000 天。", "Choose 1 to 2000 days.");
            }

            var (first, last) = (days.Min(day => day.Date), days.Max(day => day.Date));
            var known = session.File.Days.ToDictionary(row => row.Date);
            foreach (var day in days.DistinctBy(day => day.Date))
            {
                if (known.TryGetValue(day.Date, out var row))
                {
                    (row.Kind, row.Name, row.Source) = (day.Kind, day.Name, day.Source);
                }
                else
                {
                    session.File.Add(new CalendarDay
                    {
                        OrganisationId = edit.OrganisationId,
                        Date = day.Date,
                        Kind = day.Kind,
                        Name = day.Name,
                        Source = day.Source,
                    });
                }
            }

            var moved = await MoveAsync(session, edit.ActorId, now, cancellationToken);
            return new EditOutcome.Changed(edit.OrganisationId.Value, "calendar", new(
                $"更新日历 {first:yyyy-MM-dd} 至 {last:yyyy-MM-dd}，共 {days.Count} 天，{moved.Text.Zh}",
                $"changed {days.Count} days of the calendar, {first:yyyy-MM-dd} to {last:yyyy-MM-dd}; "
                    + $"{moved.Text.For("en")}"));
        }, cancellationToken);

    /// <summary>Removes the exception on a date: the day follows the weekly rhythm again.</summary>
    public Task<EditResult> RemoveCalendarDayAsync(
        OrganisationEdit edit, DateOnly date, CancellationToken cancellationToken) =>
        RunAsync(edit, "calendar", async (session, now) =>
        {
            if (session.File.Days.Find(row => row.Date == date) is not { } row)
            {
                return new EditOutcome.AsItWas(edit.OrganisationId.Value);
            }

            session.File.Remove(row);
            var moved = await MoveAsync(session, edit.ActorId, now, cancellationToken);
            return new EditOutcome.Changed(edit.OrganisationId.Value, "calendar", new(
                $"删除日历日期 {date:yyyy-MM-dd}，{moved.Text.Zh}",
                $"removed {date:yyyy-MM-dd} from the calendar; {moved.Text.For("en")}"));
        }, cancellationToken);

    /// <summary>Stores a reminder policy under its key.</summary>
    public Task<EditResult> SaveReminderPolicyAsync(
        OrganisationEdit edit, ReminderPolicy policy, CancellationToken cancellationToken) =>
        RunAsync(edit, "reminder:" + policy.Key, (session, _) =>
        {
            if (ReminderClock.Check(policy) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            var row = session.File.Before.Policies.Reminders.GetValueOrDefault(policy.Key)
                ?? session.File.Add(new ReminderPolicy
                {
                    OrganisationId = edit.OrganisationId,
                    Key = policy.Key,
                    Name = policy.Name,
                });
            (row.Name, row.FirstBeforeDue, row.EveryAfterDue, row.AtMost) =
                (policy.Name, Text(policy.FirstBeforeDue), Text(policy.EveryAfterDue), policy.AtMost);
            (row.FromHour, row.ToHour, row.WorkingDaysOnly) = (policy.FromHour, policy.ToHour, policy.WorkingDaysOnly);
            return new EditOutcome.Changed(edit.OrganisationId.Value, "reminder:" + policy.Key,
                new($"修改提醒规则“{policy.Name.Zh}”", $"changed the reminder policy {policy.Name.For("en")}"));
        }, cancellationToken);

    /// <summary>Stores an escalation ladder under its key.</summary>
    public Task<EditResult> SaveLadderAsync(
        OrganisationEdit edit, EscalationLadder ladder, CancellationToken cancellationToken) =>
        RunAsync(edit, "ladder:" + ladder.Key, (session, _) =>
        {
            if (OrganisationRules.Check(ladder) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            var row = session.File.Before.Policies.Ladders.GetValueOrDefault(ladder.Key) ?? session.File.Add(
                new EscalationLadder
                {
                    OrganisationId = edit.OrganisationId,
                    Key = ladder.Key,
                    Name = ladder.Name,
                    Rungs = [],
                });
            (row.Name, row.Rungs) = (ladder.Name, [.. ladder.Rungs]);
            return new EditOutcome.Changed(edit.OrganisationId.Value, "ladder:" + ladder.Key,
                new($"修改督办阶梯“{ladder.Name.Zh}”", $"changed the escalation ladder {ladder.Name.For("en")}"));
        }, cancellationToken);

    /// <summary>
    /// Sets a rule for what begins from now on; the product's own value takes the organisation's away again. Cases and
    /// tasks that have begun keep the day that they were given.
    /// </summary>
    public Task<EditResult> SaveRuleAsync(
        OrganisationEdit edit, string key, string value, CancellationToken cancellationToken) =>
        RunAsync(edit, "rule:" + key, (session, _) =>
        {
            if (RuleCatalogue.Find(key) is not { } kind)
            {
                return new EditOutcome.Wrong("", "没有这条规则。", "There is no such rule.");
            }

            if (RuleCatalogue.Check(kind, value) is { } wrong)
            {
                return new EditOutcome.Wrong([new FieldError("value", wrong)]);
            }

            var (before, after) = (session.File.Before.Policies.Rules[key], RuleCatalogue.Normal(kind, value));
            if (after == before) return new EditOutcome.AsItWas(edit.OrganisationId.Value);
            var row = session.File.Rules.FirstOrDefault(one => one.Key == key);
            if (row is not null && after == kind.Default) session.File.Remove(row);
            else if (row is not null) row.Value = after;
            else
            {
                session.File.Add(new HouseRule { OrganisationId = edit.OrganisationId, Key = key, Value = after });
            }

            return new EditOutcome.Changed(edit.OrganisationId.Value, "rule:" + key, new(
                $"规则“{kind.Name.Zh}”由 {before} 改为 {after}",
                $"changed the rule “{kind.Name.For("en")}” from {before} to {after}"));
        }, cancellationToken);

    /// <summary>
    /// Stores a tag in the organisation's own wording, or a new one when the key is null; a tag that is not offered
    /// stays on old matters (Q36).
    /// </summary>
    public Task<EditResult> SaveTagAsync(
        OrganisationEdit edit, string? key, LocalText name, string group, bool offered,
        CancellationToken cancellationToken) =>
        RunAsync(edit, key is null ? null : "tag:" + key, (session, _) =>
        {
            var tags = session.File.Directory.Tags;
            if (key is not null && !tags.Any(one => one.Tag.Key == key))
            {
                return new EditOutcome.Wrong("", "没有这个标签。", "There is no such tag.");
            }

            if (PriorityTags.Check(key, name, group, tags) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }
            var row = session.File.Tags.FirstOrDefault(one => one.Key == key) ?? session.File.Add(new MatterTag
            {
                OrganisationId = edit.OrganisationId,
                Key = key ?? $"own-{OrderedGuid.New():N}",
                Name = name,
                Group = group,
            });
            (row.Name, row.Group, row.Active) = (Trimmed(name), group, offered);
            return new EditOutcome.Changed(edit.OrganisationId.Value, "tag:" + row.Key, key is null
                ? new($"新增标签“{row.Name.Zh}”", $"added the tag {row.Name.For("en")}")
                : new($"修改标签“{row.Name.Zh}”", $"changed the tag {row.Name.For("en")}"));
        }, cancellationToken);

    /// <summary>Changes the foot of an annex sheet (Q114, Q115); the reason goes into the list of changes.</summary>
    public Task<EditResult> SaveAnnexFootAsync(
        OrganisationEdit edit, UnitId? platform, int? year, string filledBy, DateOnly? filledOn, string reason,
        CancellationToken cancellationToken)
    {
        var key = AnnexFoot.KeyOf(platform, year);
        return RunAsync(edit, AnnexFoot.SubjectOf(key), async (session, now) =>
        {
            var file = session.File;
            if (platform is { } unit && file.Directory.Find(unit) is null)
            {
                return new EditOutcome.Wrong("", "没有这个平台。", "There is no such platform.");
            }

            if (AnnexFoot.Check(filledBy, filledOn, reason, file.Before.Calendar.DayOf(now)) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            var row = await session.FindFootAsync(key, cancellationToken)
                ?? file.Add(new AnnexFoot { OrganisationId = edit.OrganisationId, Key = key, FilledBy = "" });
            (row.FilledBy, row.FilledOn) = (filledBy.Trim(), filledOn);
            var (zhDay, enDay) = filledOn is { } day
                ? ($"{day:yyyy-MM-dd}", $"{day:yyyy-MM-dd}")
                : ("打印当日", "the day of printing");
            return new EditOutcome.Changed(edit.OrganisationId.Value, AnnexFoot.SubjectOf(key), new(
                $"填报部门改为“{row.FilledBy}”，填报时间改为{zhDay}。原因：{reason.Trim()}",
                $"reporting department “{row.FilledBy}”, date {enDay}. Reason: {reason.Trim()}"));
        }, cancellationToken);
    }

    /// <summary>Changes how official documents look; documents that are filed already stay as they are.</summary>
    public Task<EditResult> SavePapersAsync(
        OrganisationEdit edit, OrganisationPapers papers, CancellationToken cancellationToken) =>
        RunAsync(edit, "papers", (session, _) =>
        {
            if (papers.Check() is { Count: > 0 } errors) return new EditOutcome.Wrong(errors);
            session.File.Directory.Organisation.Papers = papers;
            return new EditOutcome.Changed(
                edit.OrganisationId.Value, "papers", new("修改文书版式", "changed the look of official documents"));
        }, cancellationToken);

    /// <summary>Changes the organisation's name and time zone.</summary>
    public Task<EditResult> SaveOrganisationAsync(
        OrganisationEdit edit, LocalText name, string timeZone, CancellationToken cancellationToken) =>
        RunAsync(edit, "organisation", (session, _) =>
        {
            if (ContactRules.Length("name", new("名称", "Name"), name.Zh, 2, 100) is { } error)
            {
                return new EditOutcome.Wrong([error]);
            }

            if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var _))
            {
                return new EditOutcome.Wrong(
                    "time-zone", $"没有时区“{timeZone}”，例如 Asia/Shanghai。",
                    $"There is no time zone “{timeZone}”; for example Asia/Shanghai.");
            }

            var row = session.File.Directory.Organisation;
            (row.Name, row.TimeZone) = (Trimmed(name), timeZone);
            return new EditOutcome.Changed(
                edit.OrganisationId.Value, "organisation",
                new("修改单位名称或时区", "changed the organisation's name or time zone"));
        }, cancellationToken);

    private static async Task<MovedDates> MoveAsync(
        IOrganisationSession session, PersonId? actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var file = session.File;
        var (moved, lines) = DueTimes.Move(
            await session.DatedWorkAsync(cancellationToken), file.Before.Calendar, file.CalendarNow,
            file.Before.Policies, actor, now);
        foreach (var line in lines) file.Add(line);
        return moved;
    }
}
