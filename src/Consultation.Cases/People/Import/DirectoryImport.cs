using Consultation.Cases.Matters.Import;

namespace Consultation.Cases.People.Import;

/// <summary>
/// A workbook of units and people that somebody handed in, kept until its preview is confirmed or dropped. Nothing of
/// it is in the directory before that.
/// </summary>
public sealed class DirectoryImport
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required string FileName { get; init; }

    /// <summary>The file as it was handed in; null once the import is over, for it holds people's numbers.</summary>
    public byte[]? Content { get; set; }

    /// <summary>Previewed, done or cancelled; there is no queue: a workbook is small.</summary>
    public ImportState State { get; set; } = ImportState.Previewed;
    public int New { get; set; }
    public int Changed { get; set; }
    public int Unchanged { get; set; }
    public int Bad { get; set; }

    /// <summary>Who handed the file in.</summary>
    public required PersonId ById { get; init; }

    /// <summary>Who confirmed the preview.</summary>
    public PersonId? ConfirmedById { get; set; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Largest file in bytes: 5 MB.</summary>
    public const int LargestBytes = 5 * 1024 * 1024;

    /// <summary>Ends it; the file goes.</summary>
    public void End(ImportState state, DateTimeOffset now) => (State, EndedAt, Content) = (state, now, null);
}
