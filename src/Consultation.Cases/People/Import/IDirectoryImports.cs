using Consultation.Cases.Forms;

namespace Consultation.Cases.People.Import;

/// <summary>What became of handing in a workbook of units and people.</summary>
public abstract record DirectoryReading
{
    private DirectoryReading() { }

    /// <summary>Read; this is what it would do now.</summary>
    public sealed record Ready(DirectoryImport Import, DirectoryPlan Plan) : DirectoryReading;

    /// <summary>It cannot be read, or is over.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : DirectoryReading;

    /// <summary>There is no such organisation.</summary>
    public static Refused NoOrganisation => Because(new("单位不存在。", "There is no such organisation."));

    /// <summary>There is no such preview (any more).</summary>
    public static Refused Over => Because(new(
        "导入任务不存在或已经结束，请重新选择文件。", "The import does not exist or is over; choose the file again."));

    /// <summary>Refused because of the file.</summary>
    public static Refused Because(LocalText why) => new([new FieldError("file", why)]);
}

/// <summary>
/// Keeps workbooks of units and people until somebody confirms what they would do; <see cref="OrganisationEdits"/>
/// carries it out. Cases may not see SQL, so Storage implements this.
/// </summary>
public interface IDirectoryImports
{
    /// <summary>Reads a workbook and keeps it; nobody is made or changed.</summary>
    Task<DirectoryReading> PreviewAsync(
        OrganisationId organisation, PersonId actor, string fileName, byte[] content,
        CancellationToken cancellationToken);

    /// <summary>What a kept workbook would do as of now, imported by this person. Writes nothing.</summary>
    Task<DirectoryReading> ReviewAsync(
        OrganisationId organisation, PersonId actor, Guid import, CancellationToken cancellationToken);

    /// <summary>Drops a preview and its file; false when it is over.</summary>
    Task<bool> CancelAsync(OrganisationId organisation, Guid import, CancellationToken cancellationToken);

    /// <summary>The import without its file, or null.</summary>
    Task<DirectoryImport?> FindAsync(OrganisationId organisation, Guid import, CancellationToken cancellationToken);

    /// <summary>The newest imports without their files, newest first.</summary>
    Task<IReadOnlyList<DirectoryImport>> RecentAsync(
        OrganisationId organisation, int atMost, CancellationToken cancellationToken);
}
