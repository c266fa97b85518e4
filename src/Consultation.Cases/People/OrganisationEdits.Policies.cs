using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <content>Calendar, policies and the organisation itself.</content>
internal sealed partial class OrganisationDesk
{
    public Task<DeskResult> SaveCalendarAsync(
        DeskEdit edit, IReadOnlyList<CalendarDay> days, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, "calendar", async (db, snapshot, now) =>
        {
            if (days.Count is 0 or > 2000)
            {
                return new EditOutcome.Wrong("days", "请选择 1 到 2000 天。", "Choose 1 to 2000 days.");
            }

            var (first, last) = (days.Min(day => day.Date), days.Max(day => day.Date));
            var known = await db.CalendarDays.Where(row => row.Date >= first && row.Date <= last)
                .ToDictionaryAsync(row => row.Date, cancellationToken);
            foreach (var day in days.DistinctBy(day => day.Date))
            {
                if (known.TryGetValue(day.Date, out var row))
                {
                    (row.Kind, row.Name, row.Source) = (day.Kind, day.Name, day.Source);
                }
                else
                {
                    db.Add(new CalendarDay
                    {
                        OrganisationId = edit.OrganisationId,
                        Date = day.Date,
                        Kind = day.Kind,
                        Name = day.Name,
                        Source = day.Source,
                    });
                }
            }

            var moved = await DueTimes.MoveAsync(db, snapshot, edit.ActorId, now, cancellationToken);
            return new EditOutcome.Changed(edit.OrganisationId.Value, "calendar", new(
                $"更新日历 {first:yyyy-MM-dd} 至 {last:yyyy-MM-dd}，共 {days.Count} 天，{moved.Text.Zh}",
                $"changed {days.Count} days of the calendar, {first:yyyy-MM-dd} to {last:yyyy-MM-dd}; "
                    + $"{moved.Text.For("en")}"));
        }, cancellationToken);

    public Task<DeskResult> RemoveCalendarDayAsync(DeskEdit edit, DateOnly date, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, "calendar", async (db, snapshot, now) =>
        {
            if (await db.CalendarDays.FirstOrDefaultAsync(row => row.Date == date, cancellationToken) is not { } row)
            {
                return new EditOutcome.AsItWas(edit.OrganisationId.Value);
            }

            db.Remove(row);
            var moved = await DueTimes.MoveAsync(db, snapshot, edit.ActorId, now, cancellationToken);
            return new EditOutcome.Changed(edit.OrganisationId.Value, "calendar", new(
                $"删除日历日期 {date:yyyy-MM-dd}，{moved.Text.Zh}",
                $"removed {date:yyyy-MM-dd} from the calendar; {moved.Text.For("en")}"));
        }, cancellationToken);

    public Task<DeskResult> SaveReminderPolicyAsync(
        DeskEdit edit, ReminderPolicy policy, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, "reminder:" + policy.Key, async (db, _, _) =>
        {
            if (ReminderClock.Check(policy) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            var row = await db.ReminderPolicies.FirstOrDefaultAsync(one => one.Key == policy.Key, cancellationToken)
                ?? db.Add(new ReminderPolicy
                {
                    OrganisationId = edit.OrganisationId,
                    Key = policy.Key,
                    Name = policy.Name,
                }).Entity;
            (row.Name, row.FirstBeforeDue, row.EveryAfterDue, row.AtMost) =
                (policy.Name, Text(policy.FirstBeforeDue), Text(policy.EveryAfterDue), policy.AtMost);
            (row.FromHour, row.ToHour, row.WorkingDaysOnly) = (policy.FromHour, policy.ToHour, policy.WorkingDaysOnly);
            return new EditOutcome.Changed(edit.OrganisationId.Value, "reminder:" + policy.Key,
                new($"修改提醒规则“{policy.Name.Zh}”", $"changed the reminder policy {policy.Name.For("en")}"));
        }, cancellationToken);

    public Task<DeskResult> SaveLadderAsync(
        DeskEdit edit, EscalationLadder ladder, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, "ladder:" + ladder.Key, async (db, _, _) =>
        {
            if (OrganisationRules.Check(ladder) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }

            var row = await db.EscalationLadders.FirstOrDefaultAsync(one => one.Key == ladder.Key, cancellationToken)
                ?? db.Add(new EscalationLadder
                {
                    OrganisationId = edit.OrganisationId,
                    Key = ladder.Key,
                    Name = ladder.Name,
                    Rungs = [],
                }).Entity;
            (row.Name, row.Rungs) = (ladder.Name, [.. ladder.Rungs]);
            return new EditOutcome.Changed(edit.OrganisationId.Value, "ladder:" + ladder.Key,
                new($"修改督办阶梯“{ladder.Name.Zh}”", $"changed the escalation ladder {ladder.Name.For("en")}"));
        }, cancellationToken);

    public Task<DeskResult> SaveTagAsync(
        DeskEdit edit, string? key, LocalText name, string group, bool offered, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, key is null ? null : "tag:" + key, async (db, snapshot, _) =>
        {
            if (key is not null && !snapshot.Directory.Tags.Any(one => one.Tag.Key == key))
            {
                return new EditOutcome.Wrong("", "没有这个标签。", "There is no such tag.");
            }
            if (PriorityTags.Check(key, name, group, snapshot.Directory.Tags) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }
            var row = key is null ? null : await db.Set<MatterTag>().FirstOrDefaultAsync(
                one => one.OrganisationId == edit.OrganisationId && one.Key == key, cancellationToken);
            row ??= db.Add(new MatterTag
            {
                OrganisationId = edit.OrganisationId,
                Key = key ?? $"own-{Guid.CreateVersion7():N}",
                Name = name,
                Group = group,
            }).Entity;
            (row.Name, row.Group, row.Active) = (Trimmed(name), group, offered);
            return new EditOutcome.Changed(edit.OrganisationId.Value, "tag:" + row.Key, key is null
                ? new($"新增标签“{row.Name.Zh}”", $"added the tag {row.Name.For("en")}")
                : new($"修改标签“{row.Name.Zh}”", $"changed the tag {row.Name.For("en")}"));
        }, cancellationToken);

    public Task<DeskResult> SaveAnnexFootAsync(
        DeskEdit edit, UnitId? platform, int? year, string filledBy, DateOnly? filledOn, string reason,
        CancellationToken cancellationToken)
    {
        var key = AnnexFoot.KeyOf(platform, year);
        return _editing.RunAsync(edit, AnnexFoot.SubjectOf(key), async (db, snapshot, now) =>
        {
            if (platform is { } unit && snapshot.Directory.Find(unit) is null)
            {
                return new EditOutcome.Wrong("", "没有这个平台。", "There is no such platform.");
            }
            if (AnnexFoot.Check(filledBy, filledOn, reason, snapshot.Calendar.DayOf(now)) is { Count: > 0 } errors)
            {
                return new EditOutcome.Wrong(errors);
            }
            var row = await db.Set<AnnexFoot>().FirstOrDefaultAsync(
                one => one.OrganisationId == edit.OrganisationId && one.Key == key, cancellationToken)
                ?? db.Add(new AnnexFoot { OrganisationId = edit.OrganisationId, Key = key, FilledBy = "" }).Entity;
            (row.FilledBy, row.FilledOn) = (filledBy.Trim(), filledOn);
            var (zhDay, enDay) = filledOn is { } day
                ? ($"{day:yyyy-MM-dd}", $"{day:yyyy-MM-dd}")
                : ("打印当日", "the day of printing");
            return new EditOutcome.Changed(edit.OrganisationId.Value, AnnexFoot.SubjectOf(key), new(
                $"填报部门改为“{row.FilledBy}”，填报时间改为{zhDay}。原因：{reason.Trim()}",
                $"reporting department “{row.FilledBy}”, date {enDay}. Reason: {reason.Trim()}"));
        }, cancellationToken);
    }

    public Task<DeskResult> SaveOrganisationAsync(
        DeskEdit edit, LocalText name, string timeZone, CancellationToken cancellationToken) =>
        _editing.RunAsync(edit, "organisation", async (db, _, _) =>
        {
            if (ContactRules.Length("name", new("名称", "Name"), name.Zh, 2, 100) is { } error)
            {
                return new EditOutcome.Wrong([error]);
            }

            if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
            {
                return new EditOutcome.Wrong(
                    "time-zone", $"没有时区“{timeZone}”，例如 Asia/Shanghai。",
                    $"There is no time zone “{timeZone}”; for example Asia/Shanghai.");
            }

            var row = await db.Organisations.SingleAsync(one => one.Id == edit.OrganisationId, cancellationToken);
            (row.Name, row.TimeZone) = (Trimmed(name), timeZone);
            return new EditOutcome.Changed(
                edit.OrganisationId.Value, "organisation",
                new("修改单位名称或时区", "changed the organisation's name or time zone"));
        }, cancellationToken);
}
