using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Storage.Reading.Attachments;
using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Reading.Lessons;
using Consultation.Storage.Reading.Surveys;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Tasks;

/// <summary>
/// Reads what a task shows (mail rule 1). Who may see it is for the caller to ask; matters that a screening found not
/// to be read by everybody are left out whoever asks (O15). What came after the task was closed was not judged with it
/// and is left out too.
/// </summary>
public sealed class MaterialReader(Database database, CaseReader cases)
{
    private const int MostLessons = 5;

    private readonly SurveyReader _surveys = new(database);
    private readonly LessonReader _lessons = new(database);

    /// <summary>The material of a task of this case.</summary>
    public async Task<TaskMaterial> ReadAsync(WorkTask task, Case file, CancellationToken cancellationToken)
    {
        if (task.Shows.Count == 0) return TaskMaterial.None;
        var until = task.ClosedAt ?? DateTimeOffset.MaxValue;
        var documents = (await cases.DocumentsAsync(file, cancellationToken)).Where(row => row.At <= until).ToList();
        var screening = (await cases.ScreeningsAsync(file, cancellationToken))
            .FirstOrDefault(one => one.ScreenedAt <= until && (one.LiftedAt is null || one.LiftedAt > until));
        var records = await RecordsAsync(task, file, until, cancellationToken);
        var exhibits = new List<Exhibit>();
        foreach (var key in task.Shows)
        {
            var exhibit = key switch
            {
                Exhibits.Matters => await MattersAsync(file, screening, cancellationToken),
                Exhibits.Facts when task.Shows.Contains(Exhibits.Screening) => null, // The screening says them.
                Exhibits.Facts => screening is { FactSheet: { Length: > 0 } facts } ? new Exhibit.OfFacts(facts) : null,
                Exhibits.Screening => screening is null ? null : new Exhibit.OfScreening(screening)
                {
                    Documents = Of(key, screening.ScreenedAt),
                },
                Exhibits.Topic => await TopicAsync(key),
                Exhibits.Item => await ItemAsync(task, until, cancellationToken),
                Exhibits.Survey => await SurveysAsync(file, cancellationToken),
                Exhibits.Lessons => await LessonsAsync(file, cancellationToken),
                Exhibits.Documents => documents.Count == 0 ? null : new Exhibit.OfDocuments { Documents = documents },
                _ => OfRecords(key),
            };
            if (exhibit is not null) exhibits.Add(exhibit);
        }

        return new(exhibits) { Files = await FilesAsync(task, exhibits, until, cancellationToken) };

        async Task<Exhibit?> TopicAsync(string key) => await cases.TopicAsync(file, cancellationToken) is { } topic
            ? new Exhibit.OfTopic(topic) { Documents = Of(key, topic.DraftedAt) }
            : null;

        Exhibit? OfRecords(string key)
        {
            var newest = records.Find(record => record.Kind == key);
            // A moved meeting has another plan, which takes the place of the one before.
            var together = newest is null ? []
                : newest.Kind == FormKeys.MeetingPlan ? [newest]
                : records.FindAll(record => record == newest
                    || (record.Kind == key && record.TaskId == newest.TaskId && newest.TaskId is not null));
            var made = Of(key, together.Count > 0 ? together.Min(record => record.At) : DateTimeOffset.MinValue);
            return together.Count > 0 ? new Exhibit.OfRecords(together) { Documents = made } : made.Count > 0
                ? new Exhibit.OfDocuments { Documents = made }
                : null;
        }

        // The newest of each kind; one made before what it would stand beside tells of an older state.
        List<DocumentRow> Of(string key, DateTimeOffset since) =>
            [.. documents.Where(row => row.At >= since && Exhibits.DocumentsOf(key).Contains(row.Kind))
                .DistinctBy(row => row.Kind)];
    }

    private async Task<Exhibit?> SurveysAsync(Case file, CancellationToken cancellationToken) =>
        await _surveys.OfCaseAsync(file, cancellationToken) is { Count: > 0 } surveys
            ? new Exhibit.OfSurveys(surveys)
            : null;

    private async Task<Exhibit?> LessonsAsync(Case file, CancellationToken cancellationToken)
    {
        var topic = await cases.TopicAsync(file, cancellationToken);
        return await _lessons.AlikeAsync(file, topic?.Problem, MostLessons, cancellationToken) is { Count: > 0 } found
            ? new Exhibit.OfLessons(found)
            : null;
    }

    /// <summary>A document of the task's case with its content, when the task is about it; otherwise null.</summary>
    public async Task<CaseDocument?> DocumentAsync(
        WorkTask task, Case file, DocumentId id, CancellationToken cancellationToken) =>
        (await ReadAsync(task, file, cancellationToken)).Find(id) is null
            ? null
            : await cases.DocumentAsync(file, id, cancellationToken);

    /// <summary>Files of the matters, and of the answers, that are shown.</summary>
    private async Task<IReadOnlyList<Attachment>> FilesAsync(
        WorkTask task, List<Exhibit> exhibits, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var matters = exhibits.OfType<Exhibit.OfMatters>().SelectMany(one => one.Matters)
            .Select(matter => (MatterId?)matter.Id).ToList();
        var tasks = exhibits.OfType<Exhibit.OfRecords>().SelectMany(one => one.Records)
            .Select(record => record.TaskId).OfType<TaskId>().Select(id => (TaskId?)id).ToList();
        if (matters.Count + tasks.Count == 0) return [];
        await using var db = database.ForOrganisation(task.OrganisationId);
        return await AttachmentReader.Shown(db, task.OrganisationId)
            .Where(row => (matters.Contains(row.MatterId) || tasks.Contains(row.TaskId)) && row.AttachedAt <= until)
            .OrderBy(row => row.AttachedAt).Take(200).ToListAsync(cancellationToken);
    }

    private async Task<Exhibit?> MattersAsync(
        Case file, ScreeningRecord? screening, CancellationToken cancellationToken)
    {
        if (screening is not null && ScreeningRules.IsRestricted(screening.Answers)) return null;
        return await cases.MattersAsync(file, cancellationToken) is { Count: > 0 } matters
            ? new Exhibit.OfMatters(matters)
            : null;
    }

    private async Task<Exhibit?> ItemAsync(WorkTask task, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (task.TrackedItemId is not { } id) return null;
        await using var db = database.ForOrganisation(task.OrganisationId);
        var item = await db.Set<TrackedItem>().AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == task.OrganisationId && one.Id == id, cancellationToken);
        return item is null ? null : new Exhibit.OfItem(item, await db.Set<ProgressEntry>().AsNoTracking()
            .Where(entry => entry.OrganisationId == task.OrganisationId && entry.TrackedItemId == id
                && entry.At <= until)
            .OrderByDescending(entry => entry.At).ToListAsync(cancellationToken));
    }

    /// <summary>
    /// Records under the keys that the task shows, newest first; none that are about another tracked item than the
    /// task's.
    /// </summary>
    private async Task<List<CaseRecord>> RecordsAsync(
        WorkTask task, Case file, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(task.OrganisationId);
        var (kinds, owner, item) = (task.Shows, task.OrganisationId, task.TrackedItemId);
        var others = db.Set<WorkTask>()
            .Where(one => one.OrganisationId == owner && one.CaseId == file.Id && one.TrackedItemId != null
                && one.TrackedItemId != item);
        return await db.Set<CaseRecord>().AsNoTracking()
            .Where(record => record.OrganisationId == owner && record.CaseId == file.Id && kinds.Contains(record.Kind)
                && record.At <= until
                && !others.Any(one => one.Id == record.TaskId))
            .OrderByDescending(record => record.At).ToListAsync(cancellationToken);
    }
}
