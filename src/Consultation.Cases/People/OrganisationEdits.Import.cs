using Consultation.Cases.Matters.Import;
using Consultation.Cases.People.Import;

namespace Consultation.Cases.People;

/// <content>Units and people from a workbook.</content>
public sealed partial class OrganisationEdits
{
    /// <summary>
    /// What a workbook would do to the directory, imported by this person; else what is wrong with the file. Nothing is
    /// changed.
    /// </summary>
    /// <param name="content">The workbook.</param>
    /// <param name="directory">The directory as it is now.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="mail">Knows which addresses can be written to.</param>
    /// <param name="isTaken">Whether somebody of the host logs in by a name.</param>
    public static async Task<(DirectoryPlan? Plan, LocalText? Wrong)> PlanImportAsync(
        byte[] content, OrganisationDirectory directory, PersonId? actor, IUseCaseMail mail,
        Func<string, Task<bool>> isTaken)
    {
        var (sheets, wrong) = DirectorySheets.Read(content);
        if (sheets is null) return (null, wrong);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var own = directory.People.Select(person => TypedText.Fold(person.UserName))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var name in sheets.People.Select(line => TypedText.Code(line[PersonColumn.UserName]))
            .Where(name => name.Length > 0).Distinct(StringComparer.Ordinal))
        {
            // Whoever has it here is known again by it.
            if (!own.Contains(TypedText.Fold(name)) && await isTaken(name)) taken.Add(TypedText.Fold(name));
        }

        var mayAdminister = actor is { } who && directory.Holds(who, Role.Administrator);
        return (new DirectoryPlanner(directory, mail, mayAdminister, taken).Plan(sheets), null);
    }

    /// <summary>
    /// Carries out a kept workbook, all of its good rows or none, if it still does what was looked at.
    /// </summary>
    /// <param name="edit">Who confirms; the operation is the import's own, so that it is carried out once.</param>
    /// <param name="import">Which.</param>
    /// <param name="seen"><see cref="DirectoryPlan.Fingerprint"/> of the preview.</param>
    /// <param name="cancellationToken">Stops it; nothing is stored then.</param>
    public Task<EditResult> ImportAsync(
        OrganisationEdit edit, Guid import, string seen, CancellationToken cancellationToken) =>
        RunAsync(edit with { OperationId = $"import {import:N}", SeenVersion = null }, null, async (session, now) =>
        {
            var file = session.File;
            if (await session.FindImportAsync(import, cancellationToken)
                is not { State: ImportState.Previewed, Content: { } content } row)
            {
                return new EditOutcome.Wrong(
                    "", "这次导入已经结束，请重新上传文件。", "This import is over; upload the file again.");
            }

            var (plan, wrong) = await PlanImportAsync(
                content, file.Directory, edit.ActorId, mail,
                name => session.IsLogInNameTakenAsync(name, default, cancellationToken));
            if (plan is null) return new EditOutcome.Wrong("", wrong!.Zh, wrong.For("en"));
            if (plan.Fingerprint != seen)
            {
                return new EditOutcome.Wrong(
                    "", "名单在预览之后有人改过，结果有变化。请看过新的预览再确认。",
                    "The directory was changed after the preview, and the result is another one. Look at it again.");
            }

            if (plan.Units.Count + plan.People.Count == 0)
            {
                return new EditOutcome.Wrong("", "没有可以导入的内容。", "There is nothing to import.");
            }

            foreach (var unit in plan.Units) Apply(file, edit, unit, now);
            foreach (var person in plan.People) Apply(file, edit, person, now);
            (row.New, row.Changed, row.Unchanged, row.Bad) = (
                plan.Count(RowFate.New), plan.Count(RowFate.Changed), plan.Count(RowFate.Same),
                plan.Count(RowFate.Refused));
            row.ConfirmedById = edit.ActorId;
            row.End(ImportState.Done, now);
            var (units, people) = (plan.Units.Count(one => one.IsNew), plan.People.Count(one => one.IsNew));
            return new EditOutcome.Changed(import, Subject("import", import)!, new(
                $"从“{row.FileName}”导入：新增单位 {units}、人员 {people}，修改 {row.Changed}，未变 {row.Unchanged}，"
                    + $"未导入 {row.Bad}",
                $"imported from “{row.FileName}”: {units} new units, {people} new people, {row.Changed} changed, "
                    + $"{row.Unchanged} unchanged, {row.Bad} left out"));
        }, cancellationToken);

    private static void Apply(OrganisationFile file, OrganisationEdit edit, PlannedUnit planned, DateTimeOffset now)
    {
        var entry = planned.Entry;
        var row = file.Directory.Find(entry.Id) ?? file.Add(new Unit
        {
            OrganisationId = edit.OrganisationId,
            Id = entry.Id!.Value,
            Name = entry.Name,
            Kind = entry.Kind,
        });
        Fill(row, entry);
        NoteRow(file, edit, Changed("unit", row.Id.Value, planned.IsNew ? "导入单位" : "导入时修改单位",
            planned.IsNew ? "imported unit" : "changed by an import: unit", row.Name.Zh), now);
    }

    private static void Apply(OrganisationFile file, OrganisationEdit edit, PlannedPerson planned, DateTimeOffset now)
    {
        var entry = planned.Entry;
        var row = file.Directory.Find(entry.Id) ?? file.Add(new Person
        {
            OrganisationId = edit.OrganisationId,
            Id = entry.Id!.Value,
            Name = entry.Name,
            SecurityStamp = LogInSecrets.NewStamp(),
        });
        Fill(row, entry);
        if (planned.UserName is { } userName)
        {
            // Without a password nobody gets in by it; an administrator makes one, or sign-in is elsewhere.
            (row.UserName, row.MustChangePassword) = (userName, true);
        }

        foreach (var grant in planned.Grants)
        {
            file.Add(new RoleGrant
            {
                OrganisationId = edit.OrganisationId,
                Id = OrderedGuid.New(now),
                PersonId = row.Id,
                Role = grant.Role,
                UnitId = grant.UnitId,
                IsSubstitute = grant.IsSubstitute,
            });
        }

        NoteRow(file, edit, Changed("person", row.Id.Value, planned.IsNew ? "导入人员" : "导入时修改人员",
            planned.IsNew ? "imported person" : "changed by an import: person", row.Name), now);
    }

    /// <summary>A line of its own, so that whoever has the same page open hears that it was changed.</summary>
    private static void NoteRow(
        OrganisationFile file, OrganisationEdit edit, EditOutcome.Changed changed, DateTimeOffset now) =>
        file.Add(new DirectoryChange
        {
            OrganisationId = edit.OrganisationId,
            Id = OrderedGuid.New(now),
            Version = file.Before.Version + 1,
            Subject = changed.Subject,
            ActorId = edit.ActorId,
            At = now,
            Text = changed.Text,
        });
}
