using Consultation.Cases;
using Consultation.Cases.Deletions;
using Consultation.Cases.Rehearsals;
using Consultation.Engine.Definitions;
using Consultation.Mail.Templates;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Storage.Definitions;
using Consultation.Storage.Rehearsals;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Deletions;

/// <summary>
/// The bin: whoever deletes puts a row into it in the transaction of the deletion; this gives it back.
/// </summary>
internal sealed class BinStore(
    Database database, DefinitionEditing editing, MailTemplateBook templates, IMailTemplateStore words,
    TimeProvider clock) : IBin
{
    public async Task<IReadOnlyList<BinEntry>> ListAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - BinEntry.KeptFor;
        await using var db = database.Open();
        return await db.Set<BinRow>()
            .Where(row => (row.OrganisationId == organisation || row.OrganisationId == null) && row.At >= since)
            .OrderByDescending(row => row.At).ThenBy(row => row.Id)
            .Select(row => new BinEntry(
                row.Id, row.Kind, row.Subject, row.Name, row.Parts, row.Runs, row.By, row.At, row.RestoredBy,
                row.RestoredAt))
            .ToListAsync(cancellationToken);
    }

    public async Task<BinRestore> RestoreAsync(
        OrganisationId organisation, Guid id, string by, string? asId, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - BinEntry.KeptFor;
        await using var db = database.Open();
        var row = await db.Set<BinRow>().FirstOrDefaultAsync(
            one => one.Id == id && one.RestoredAt == null && one.At >= since
                && (one.OrganisationId == organisation || one.OrganisationId == null), cancellationToken);
        if (row is null) return new BinRestore.Gone();
        string? published = null;
        var refused = row.Kind switch
        {
            BinKind.Definition => await Definitions(row, asId),
            BinKind.Run => await Run(row),
            BinKind.Check => await Check(row),
            _ => await Template(row),
        };
        if (refused is not null) return refused;
        (row.RestoredAt, row.RestoredBy, row.Content) = (clock.GetUtcNow(), by, []);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            // Somebody else restores it at this moment, or has made one of its name.
            return row.Kind == BinKind.Definition ? BinRestore.Workflow(row.Subject) : new BinRestore.Gone();
        }

        if (published is not null) await editing.PublishVersionAsync(published, cancellationToken);
        if (row.Kind == BinKind.Template) await templates.RefreshAsync(words, cancellationToken);
        return new BinRestore.Restored();

        async Task<BinRestore?> Definitions(BinRow kept, string? other)
        {
            var versions = kept.Unpack<List<DefinitionRow>>();
            var target = other ?? kept.Subject;
            var there = await db.Definitions.Where(one => one.DefinitionId == target).ToListAsync(cancellationToken);
            var ids = versions.ConvertAll(one => one.Id);
            // Versions on which instances ran stayed stored when the workflow was deleted: they are its own.
            var isOther = other is not null
                ? there.Count > 0
                : there.Exists(one => !ids.Contains(one.Id)
                    && (versions.Exists(version => version.Version == one.Version)
                        || one.CreatedAt > kept.At));
            if (isOther) return BinRestore.Workflow(target);
            foreach (var version in versions.OrderBy(one => one.Version))
            {
                var definition = WorkflowDefinition.Parse(version.Json)
                    .With(other is null ? version.Id : InstanceId.New().Value, target, null, null, false, false, null);
                var stored = there.Find(one => one.Id == definition.Id);
                if (stored is null)
                {
                    stored = new DefinitionRow
                    {
                        Id = definition.Id,
                        DefinitionId = target,
                        Version = version.Version,
                        CreatedAt = version.CreatedAt,
                    };
                    db.Add(stored);
                    there.Add(stored);
                }

                DefinitionStore.Fill(stored, definition, clock.GetUtcNow());
                stored.UpdatedBy = version.UpdatedBy;
                if (version.IsPublished && !there.Exists(one => one.IsPublished)) published = stored.Id;
            }

            // The newest of all is the latest again.
            var newest = there.MaxBy(one => one.Version)!;
            foreach (var one in there.Where(one => one.IsLatest != (one == newest)))
            {
                DefinitionStore.Fill(
                    one, WorkflowDefinition.Parse(one.Json).With(isLatest: one == newest), clock.GetUtcNow());
            }

            return null;
        }

        async Task<BinRestore?> Run(BinRow kept)
        {
            var run = kept.Unpack<KeptRun>();
            if (await db.Runs.AnyAsync(one => one.Id == run.Run.Id, cancellationToken)) return BinRestore.Instance;
            db.Add(run.Run);
            db.AddRange(run.Journal);
            db.AddRange(run.Incidents);
            return null;
        }

        async Task<BinRestore?> Check(BinRow kept)
        {
            var check = kept.Unpack<RehearsalCheck>();
            var owner = check.OrganisationId;
            var there = await db.Set<RehearsalCheck>().CountAsync(
                one => one.OrganisationId == owner && one.DefinitionId == check.DefinitionId, cancellationToken);
            if (there >= CheckStore.MostOfOne) return BinRestore.Full;
            db.Add(check);
            return null;
        }

        async Task<BinRestore?> Template(BinRow kept)
        {
            var own = kept.Unpack<MailTemplate>();
            var isThere = await db.MailTemplates.AnyAsync(
                one => one.OrganisationId == own.OrganisationId && one.Key == own.Key
                    && one.Language == own.Language, cancellationToken);
            if (isThere) return BinRestore.Words;
            db.Add(own);
            return null;
        }
    }
}
