namespace Consultation.Cases.Attachments;

/// <summary>Where the bytes of a content lie.</summary>
public enum ContentPlace
{
    /// <summary>In the database, in parts.</summary>
    Database,
    /// <summary>In a folder.</summary>
    Folder,
    /// <summary>In an S3-compatible store.</summary>
    S3,
}

/// <summary>Bytes that are kept once, whoever handed them in how often: named by their SHA-256.</summary>
public sealed class AttachmentContent
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }

    /// <summary>SHA-256 in small hexadecimal letters; unique in the organisation.</summary>
    public required string Sha256 { get; init; }
    public required long Length { get; init; }
    public required string MediaType { get; init; }
    public required ContentPlace Place { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// A part of a content in the database, or of a file that still arrives. Small enough that no part stays in memory
/// longer than it takes to write it.
/// </summary>
public sealed class AttachmentPart
{
    /// <summary>Bytes of every part but the last.</summary>
    public const int Size = 64 * 1024;

    public required OrganisationId OrganisationId { get; init; }
    public required Guid ContentId { get; init; }

    /// <summary>From 0.</summary>
    public required int Number { get; init; }
    public required byte[] Bytes { get; init; }
}
