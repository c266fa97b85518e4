using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Numbers;
using Consultation.Cases.Plans;
using Consultation.Cases.Publishing;
using Consultation.Cases.Screening;
using Consultation.Cases.Surveys;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Votes;
using Consultation.Runtime.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Cases;

/// <summary>
/// The reads that make a case file, compiled once: a step makes all of them. All track, over all organisations.
/// Compiled queries belong to one model, so each loader has its own.
/// </summary>
internal sealed class CaseQueries
{
    /// <summary>The case with its organisation's directory version.</summary>
    public Func<ConsultationDb, CaseId, Task<StoredCase?>> Case { get; } = EF.CompileAsyncQuery(
        (ConsultationDb db, CaseId id) => db.Cases.IgnoreQueryFilters()
            .Where(row => row.Id == id)
            .Select(row => new StoredCase(
                row,
                db.Organisations.IgnoreQueryFilters().Where(one => one.Id == row.OrganisationId)
                    .Select(one => (long?)one.DirectoryVersion).FirstOrDefault()))
            .FirstOrDefault());

    /// <summary>Series of a year and later.</summary>
    public Func<ConsultationDb, OrganisationId, int, IAsyncEnumerable<NumberSeries>> Series { get; } =
        EF.CompileAsyncQuery(
        (ConsultationDb db, OrganisationId owner, int year) => db.NumberSeries.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.Year >= year));

    /// <summary>The leading matter first.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<Matter>> Matters { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, Matter>(
            (db, owner, id) => db.Matters.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.CaseId == id)
            .OrderBy(row => row.State == MatterState.Merged).ThenBy(row => row.ReceivedAt));

    /// <summary>Newest first.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<ScreeningRecord>> Screenings { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, ScreeningRecord>(
            (db, owner, id) => db.Screenings.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.CaseId == id).OrderByDescending(row => row.ScreenedAt));

    /// <summary>Words that were taken out of a restricted case.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<SealedWords>> Sealed { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, SealedWords>(
            (db, owner, id) => db.SealedWords.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.CaseId == id && row.Words != ""));

    /// <summary>What of the case is or was public, the oldest first.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<Publication>> Publications { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, Publication>(
            (db, owner, id) => db.Publications.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.CaseId == id).OrderBy(row => row.FirstAt));

    /// <summary>Surveys of the case, the oldest first.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<Survey>> Surveys { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, Survey>(
            (db, owner, id) => db.Surveys.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.CaseId == id).OrderBy(row => row.MadeAt)
            .ThenBy(row => row.Id));

    /// <summary>In their order.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<Vote>> Votes { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, Vote>(
            (db, owner, id) => db.Votes.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.CaseId == id).OrderBy(row => row.Round));

    /// <summary>The newest.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, Task<Topic?>> Topic { get; } = EF.CompileAsyncQuery(
        (ConsultationDb db, OrganisationId owner, CaseId id) => db.Topics.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.CaseId == id).OrderByDescending(row => row.DraftedAt)
            .FirstOrDefault());

    /// <summary>
    /// Open ones of the case; of one run also those closed at this instant, those about a tracked item, and those whose
    /// activity still waits for something. In the order they were opened.
    /// </summary>
    public Func<ConsultationDb, OrganisationId, CaseId, string, DateTimeOffset, IAsyncEnumerable<WorkTask>> Tasks
    {
        get;
    } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, string, DateTimeOffset, WorkTask>(
            (db, owner, id, instance, now) =>
            db.Tasks.IgnoreQueryFilters()
                .Where(row => row.OrganisationId == owner && row.CaseId == id && (row.State == TaskState.Open
                    || (row.InstanceId == instance && (row.ClosedAt >= now || row.TrackedItemId != null
                        || db.Bookmarks.Any(
                            bookmark => bookmark.InstanceId == instance && bookmark.ActivityId == row.ActivityId)))))
                .OrderBy(row => row.OpenedAt));

    /// <summary>By their numbers.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<TrackedItem>> Items { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, TrackedItem>(
            (db, owner, id) => db.TrackedItems.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.CaseId == id).OrderBy(row => row.Number));

    /// <summary>Entries of the case's items, newest first.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<ProgressEntry>> Entries { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, ProgressEntry>(
            (db, owner, id) => db.ProgressEntries.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && db.TrackedItems.IgnoreQueryFilters()
                .Any(item => item.OrganisationId == owner && item.CaseId == id && item.Id == row.TrackedItemId))
            .OrderByDescending(row => row.At));

    /// <summary>Newest first.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<CaseRecord>> Records { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, CaseRecord>(
            (db, owner, id) => db.Records.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.CaseId == id).OrderByDescending(row => row.At));

    /// <summary>In their order.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<PlanPhase>> Phases { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, PlanPhase>(
            (db, owner, id) => db.PlanPhases.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.CaseId == id).OrderBy(row => row.Number));

    /// <summary>Meetings that consult on the case, the newest first.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, IAsyncEnumerable<Meeting>> Meetings { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, Meeting>(
            (db, owner, id) => db.Meetings.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.Topics.Any(topic => topic.CaseId == id))
            .OrderByDescending(row => row.PlannedAt));

    /// <summary>Meetings of the organisation that are ahead, the case's own left out.</summary>
    public Func<ConsultationDb, OrganisationId, CaseId, DateOnly, IAsyncEnumerable<Meeting>> OtherMeetings { get; } =
        EF.CompileAsyncQuery<ConsultationDb, OrganisationId, CaseId, DateOnly, Meeting>(
            (db, owner, id, today) => db.Meetings.IgnoreQueryFilters()
            .Where(row => row.OrganisationId == owner && row.On >= today
                && (row.State == MeetingState.Planned || row.State == MeetingState.Noticed)
                && !row.Topics.Any(topic => topic.CaseId == id))
            .OrderBy(row => row.On));

    /// <summary>The version of the definition that a run follows.</summary>
    public Func<ConsultationDb, string, Task<DefinitionVersionKey?>> Version { get; } = EF.CompileAsyncQuery(
        (ConsultationDb db, string instance) => (
            from run in db.Runs
            join definition in db.Definitions on run.DefinitionVersionId equals definition.Id
            where run.Id == instance
            select (DefinitionVersionKey?)new DefinitionVersionKey(definition.Id, definition.Stamp)).FirstOrDefault());
}

/// <summary>
/// A stored case and the version of its organisation's directory, or null when there is no such organisation.
/// </summary>
internal sealed record StoredCase(Case Case, long? DirectoryVersion);
