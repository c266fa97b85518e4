using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Matters;
using Consultation.Cases.Screening;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Storage.Reading.Cases;
using static Consultation.Cases.Tasks.Exhibits;

namespace Consultation.Storage.Reading.Tasks;

/// <summary>One thing that whoever answers a task is shown, with the documents that belong to it.</summary>
public abstract record Exhibit
{
    private Exhibit() { }

    /// <summary>Its documents without their content, newest first.</summary>
    public IReadOnlyList<DocumentRow> Documents { get; init; } = [];

    /// <summary>The matters of the case, the oldest first.</summary>
    public sealed record OfMatters(IReadOnlyList<Matter> Matters) : Exhibit;

    /// <summary>The facts that the screening verified.</summary>
    public sealed record OfFacts(string Text) : Exhibit;

    /// <summary>The screener's answers.</summary>
    public sealed record OfScreening(ScreeningRecord Screening) : Exhibit;

    /// <summary>The topic.</summary>
    public sealed record OfTopic(Topic Topic) : Exhibit;

    /// <summary>A tracked item and its entries, newest first.</summary>
    public sealed record OfItem(TrackedItem Item, IReadOnlyList<ProgressEntry> Entries) : Exhibit;

    /// <summary>
    /// What was recorded with one task: usually one record, several where everybody was asked. Newest first.
    /// </summary>
    public sealed record OfRecords(IReadOnlyList<CaseRecord> Records) : Exhibit;

    /// <summary>Surveys of the case with their counts.</summary>
    public sealed record OfSurveys(
        IReadOnlyList<(Consultation.Cases.Surveys.Survey Survey, Consultation.Cases.Surveys.SurveyCount Count)> Surveys)
        : Exhibit;

    /// <summary>What finished cases that were alike teach.</summary>
    public sealed record OfLessons(IReadOnlyList<Lessons.Lesson> Lessons) : Exhibit;

    /// <summary>Documents alone.</summary>
    public sealed record OfDocuments : Exhibit;
}

/// <summary>All that a task shows, in the order of its workflow; what the case does not have is left out.</summary>
public sealed record TaskMaterial(IReadOnlyList<Exhibit> Exhibits)
{
    /// <summary>Nothing.</summary>
    public static readonly TaskMaterial None = new([]);

    /// <summary>Files of the matters and of the answers that it shows.</summary>
    public IReadOnlyList<Attachment> Files { get; init; } = [];

    /// <summary>
    /// What of it a guest reads: neither what a screener answered nor documents that the house keeps for itself.
    /// </summary>
    public TaskMaterial ForGuest()
    {
        var read = Exhibits.Where(one => one is not (Exhibit.OfScreening or Exhibit.OfSurveys or Exhibit.OfLessons))
            .Select(one => one with { Documents = [.. one.Documents.Where(row => !HouseDocuments.Contains(row.Kind))] })
            .Where(one => one is not Exhibit.OfDocuments { Documents.Count: 0 });
        return new([.. read]) { Files = Files };
    }

    /// <summary>The file, when the task is about it; otherwise null.</summary>
    public Attachment? FindFile(AttachmentId id) => Files.FirstOrDefault(file => file.Id == id);

    /// <summary>The document without its content, when the task is about it; otherwise null.</summary>
    public DocumentRow? Find(DocumentId id) =>
        Exhibits.SelectMany(one => one.Documents).FirstOrDefault(row => row.Id == id);
}
