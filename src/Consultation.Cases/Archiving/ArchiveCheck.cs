using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Consultation.Cases.Meetings;

namespace Consultation.Cases.Archiving;

/// <summary>What a check of a package came to.</summary>
/// <param name="Manifest">The list, or null where it cannot be read.</param>
/// <param name="Faults">What is wrong, in order; none when the package is as it was made.</param>
public sealed record ArchiveFindings(ArchiveManifest? Manifest, IReadOnlyList<LocalText> Faults);

/// <summary>Checks a package with nothing but the package itself. Bounded in files, bytes and depth.</summary>
public static class ArchiveCheck
{
    /// <summary>Most files of a package.</summary>
    public const int MostParts = 20_000;

    /// <summary>Largest list, in bytes.</summary>
    public const long LargestManifest = 64L * 1024 * 1024;

    /// <summary>Most bytes that all files together may unpack to.</summary>
    public const long MostBytes = 64L * 1024 * 1024 * 1024;

    /// <summary>Looks at all of it.</summary>
    public static async Task<ArchiveFindings> LookAsync(Stream package, CancellationToken cancellationToken)
    {
        var faults = new List<LocalText>();
        ZipArchive zip;
        try
        {
            zip = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostParts + 1) return Unreadable(new("文件过多", "too many files"));
        }
        catch (InvalidDataException)
        {
            return Unreadable(new("不是 ZIP 文件，或文件已损坏", "not a ZIP file, or a damaged one"));
        }

        await using (zip)
        {
            var (manifest, trouble) = await ReadAsync(zip, cancellationToken);
            if (manifest is null) return Unreadable(trouble!);
            CheckChain(manifest, faults);
            await CheckFilesAsync(zip, manifest, faults, cancellationToken);
            return new(manifest, faults);
        }
    }

    private static ArchiveFindings Unreadable(LocalText why) =>
        new(null, [new($"归档包无法读取：{why.Zh}", $"The package cannot be read: {why.For("en")}")]);

    private static async Task<(ArchiveManifest? Manifest, LocalText? Trouble)> ReadAsync(
        ZipArchive zip, CancellationToken cancellationToken)
    {
        if (zip.GetEntry(ArchiveManifest.FileName) is not { } entry)
        {
            return (null, new("没有 manifest.json", "there is no manifest.json"));
        }

        if (entry.Length > LargestManifest) return (null, new("manifest.json 过大", "manifest.json is too large"));
        try
        {
            await using var content = entry.Open();
            var read = await JsonSerializer.DeserializeAsync<ArchiveManifest>(
                content, ArchiveManifest.Writing, cancellationToken);
            return read?.Format == ArchiveManifest.CurrentFormat
                ? (read, null)
                : (null, new("格式不认识", "its format is not known"));
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException)
        {
            return (null, new("manifest.json 已损坏", "manifest.json is damaged"));
        }
    }

    /// <summary>The list against itself: every part's link follows from all before it.</summary>
    private static void CheckChain(ArchiveManifest manifest, List<LocalText> faults)
    {
        var link = ArchiveManifest.FirstLink(manifest.Head);
        for (var index = 0; index < manifest.Parts.Count; index++)
        {
            var part = manifest.Parts[index];
            link = ArchiveManifest.Link(link, part);
            if (part.Number == index + 1 && part.Chain == link) continue;
            faults.Add(index == 0
                ? new($"清单的开头或第 1 项（{part.Path}）被改动过",
                    $"The head or the first part ({part.Path}) of the list was changed")
                : new($"清单从第 {index + 1} 项（{part.Path}）起顺序或内容被改动过",
                    $"The list was changed or reordered from part {index + 1} ({part.Path}) on"));
            return;
        }

        if (manifest.Seal != link) faults.Add(new("清单的封印与内容不符", "The seal of the list is not that of its parts"));
    }

    private static async Task CheckFilesAsync(
        ZipArchive zip, ArchiveManifest manifest, List<LocalText> faults, CancellationToken cancellationToken)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal) { ArchiveManifest.FileName };
        var left = MostBytes;
        foreach (var part in manifest.Parts)
        {
            listed.Add(part.Path);
            if (zip.GetEntry(part.Path) is not { } entry)
            {
                faults.Add(new($"缺少文件：{part.Path}", $"A file is missing: {part.Path}"));
                continue;
            }

            if (await HashAsync(entry, Math.Min(part.Bytes, left), cancellationToken) != part.Sha256)
            {
                faults.Add(new($"文件被改动过：{part.Path}", $"A file was changed: {part.Path}"));
            }

            left -= part.Bytes;
        }

        foreach (var entry in zip.Entries.Where(entry => !listed.Contains(entry.FullName)))
        {
            faults.Add(new($"多出文件：{entry.FullName}", $"A file was added: {entry.FullName}"));
        }

        foreach (var twice in zip.Entries.GroupBy(entry => entry.FullName).Where(group => group.Count() > 1))
        {
            faults.Add(new($"文件重复：{twice.Key}", $"A file is there twice: {twice.Key}"));
        }

        await CheckRecordsAsync(zip, faults, cancellationToken);
    }

    /// <summary>Null where the entry has other bytes than the list says, or is damaged.</summary>
    private static async Task<string?> HashAsync(ZipArchiveEntry entry, long bytes, CancellationToken cancellationToken)
    {
        if (entry.Length != bytes) return null;
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var content = entry.Open();
            var (buffer, seen) = (new byte[81920], 0L);
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                // The directory of the file may lie about how long it is.
                if ((seen += read) > bytes) return null;
                hash.AppendData(buffer, 0, read);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The record of every meeting has a chain of its own, which was made line by line on its day.</summary>
    private static async Task CheckRecordsAsync(
        ZipArchive zip, List<LocalText> faults, CancellationToken cancellationToken)
    {
        if (zip.GetEntry(ArchiveData.Meetings.Path) is not { Length: <= LargestManifest } entry) return;
        try
        {
            await using var content = entry.Open();
            var meetings = await JsonSerializer.DeserializeAsync<List<ArchivedMeeting>>(
                content, ArchiveManifest.Writing, cancellationToken) ?? [];
            foreach (var meeting in meetings)
            {
                if (meeting.FirstBroken() is { } line)
                {
                    faults.Add(new(
                        $"{meeting.On:yyyy-MM-dd} 会议记录从第 {line} 行起被改动过",
                        $"The record of the meeting on {meeting.On:yyyy-MM-dd} was changed from line {line} on"));
                }
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException)
        {
            faults.Add(new("会议记录数据已损坏", "The data of the meetings' records are damaged"));
        }
    }
}

/// <summary>A meeting's record as it stands in a package.</summary>
public sealed record ArchivedMeeting
{
    public required Guid Id { get; init; }
    public required DateOnly On { get; init; }
    public required string State { get; init; }
    public required int LastLine { get; init; }
    public required string LastHash { get; init; }
    public required IReadOnlyList<ArchivedLine> Lines { get; init; }

    /// <summary>A meeting with its lines in order.</summary>
    public static ArchivedMeeting Of(Meeting meeting, IEnumerable<MeetingLine> lines) => new()
    {
        Id = meeting.Id.Value,
        On = meeting.On,
        State = meeting.State.ToString(),
        LastLine = meeting.LastLine,
        LastHash = meeting.LastHash,
        Lines = [.. lines.Select(line => new ArchivedLine(
            line.Number, line.At, line.ById.Value, line.Kind, line.Text, line.Corrects, line.Before, line.Hash))],
    };

    /// <summary>Number of the first line that is not as it was written; null when all hold.</summary>
    public int? FirstBroken() => RecordChain.FirstBroken(new MeetingId(Id), LastLine, LastHash, [.. Lines.Select(
        line => (line.Number, line.At, new PersonId(line.By), line.Kind, line.Text, line.Corrects, line.Before,
            line.Hash))]);
}

/// <summary>A line of a meeting's record as it stands in a package.</summary>
public sealed record ArchivedLine(
    int Number, DateTimeOffset At, Guid By, RecordKind Kind, string Text, int? Corrects, string Before, string Hash);
