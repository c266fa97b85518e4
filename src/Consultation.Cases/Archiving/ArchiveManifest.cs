using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Consultation.Cases.Archiving;

/// <summary>
/// The list of a package: what is in it, in order, each part with its hash and with the link of a chain that holds all
/// before it. A part that is changed, missing, added or moved breaks it (O25).
/// </summary>
public sealed record ArchiveManifest
{
    /// <summary>Name of the list inside the package.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The way of writing; a checker refuses another.</summary>
    public const string CurrentFormat = "consultation-archive/1";

    /// <summary>How the list and the data beside it are written: readable as it stands.</summary>
    public static readonly JsonSerializerOptions Writing = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 32,
    };

    public required string Format { get; init; }
    public required ArchiveHead Head { get; init; }
    public required IReadOnlyList<ArchivePart> Parts { get; init; }

    /// <summary>The last link of the chain: whoever wrote it down elsewhere knows the whole package by it.</summary>
    public required string Seal { get; init; }

    /// <summary>The link that the head of a list begins the chain with.</summary>
    public static string FirstLink(ArchiveHead head) => Hash(JsonSerializer.SerializeToUtf8Bytes(head, Writing));

    /// <summary>The link of a part, from all that the list says of it and the link before.</summary>
    public static string Link(string before, ArchivePart part) =>
        Hash(JsonSerializer.SerializeToUtf8Bytes(part with { Chain = before }, Writing));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>What a package is about.</summary>
public sealed record ArchiveHead
{
    public required string Organisation { get; init; }
    public required string CaseNumber { get; init; }
    public required string CaseTitle { get; init; }

    /// <summary>Which procedure, by its key.</summary>
    public required string Kind { get; init; }
    public required DateTimeOffset Opened { get; init; }
    public DateTimeOffset? Closed { get; init; }

    /// <summary>When the package was made, and by whom.</summary>
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }

    /// <summary>Items of the archive list that are not there.</summary>
    public IReadOnlyList<LocalText> Gaps { get; init; } = [];
}

/// <summary>The data of a case that stand beside its documents.</summary>
/// <param name="Path">Where.</param>
/// <param name="Title">What they are.</param>
public sealed record ArchiveData(string Path, LocalText Title)
{
    public static readonly ArchiveData
        Case = new("data/case.json", new("协商事项", "The case")),
        Records = new("data/records.json", new("填报记录", "Records")),
        Decisions = new("data/decisions.json", new("任务和答复", "Tasks and answers")),
        History = new("data/history.json", new("办理过程", "History")),
        Mails = new("data/mails.json", new("邮件", "Mails")),
        Meetings = new("data/meetings.json", new("会议记录", "Records of the meetings"));
}

/// <summary>One file of a package.</summary>
public sealed record ArchivePart
{
    /// <summary>From 1 without gaps; given by the writer.</summary>
    public int Number { get; init; }
    public required string Path { get; init; }
    public required LocalText Title { get; init; }

    /// <summary>Kind of document, "file", "data" or "definition".</summary>
    public required string Kind { get; init; }

    /// <summary>The number printed on it, or null.</summary>
    public string? Reference { get; init; }

    /// <summary>Day until which it is kept; null for ever.</summary>
    public DateOnly? KeepUntil { get; init; }
    public long Bytes { get; init; }

    /// <summary>SHA-256 of its bytes, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Its link of the chain.</summary>
    public string Chain { get; init; } = "";
}
