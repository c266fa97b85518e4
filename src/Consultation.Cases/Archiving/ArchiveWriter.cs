using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Consultation.Cases.Archiving;

/// <summary>
/// Writes a package part by part as it is read, so that the largest of its files costs no more memory than a small one.
/// </summary>
/// <param name="target">Where the package goes.</param>
/// <param name="head">What it is about.</param>
public sealed class ArchiveWriter(Stream target, ArchiveHead head) : IAsyncDisposable
{
    private const string ReadMe = """
        归档包说明
        manifest.json 列出每个文件的顺序、编号和校验码（SHA-256），并逐个连成哈希链；改动、缺少、增加、调换任何一个文件都能查出。
        核验：consultation-check 归档包.zip（不需要联网，也不需要平台）。

        About this package
        manifest.json lists every file with its order, number and SHA-256, linked into a hash chain: a file that was
        changed, is missing, was added or was moved is found. Check it with: consultation-check package.zip (no network,
        no server).
        """;

    private readonly ZipArchive _zip = new(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
    private readonly List<ArchivePart> _parts = [];
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase) { ArchiveManifest.FileName };
    private string _link = ArchiveManifest.FirstLink(head);

    /// <summary>Adds a part; a path that is taken gets its number before its ending.</summary>
    public async Task AddAsync(ArchivePart part, Stream content, CancellationToken cancellationToken)
    {
        part = part with { Number = _parts.Count + 1, Path = Free(part.Path) };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        await using (var entry = _zip.CreateEntry(part.Path).Open())
        {
            var buffer = new byte[81920];
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                await entry.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                bytes += read;
            }
        }

        part = part with { Bytes = bytes, Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) };
        _link = ArchiveManifest.Link(_link, part);
        _parts.Add(part with { Chain = _link });
    }

    /// <summary>Adds data as JSON.</summary>
    public async Task AddAsync(ArchiveData what, object data, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(data, ArchiveManifest.Writing));
        await AddAsync(
            new() { Path = what.Path, Title = what.Title, Kind = "data" }, content, cancellationToken);
    }

    /// <summary>Writes the list; nothing can be added afterwards. Gives the seal.</summary>
    public async Task<string> CloseAsync(CancellationToken cancellationToken)
    {
        using (var text = new MemoryStream(Encoding.UTF8.GetBytes(ReadMe)))
        {
            await AddAsync(
                new() { Path = "README.txt", Title = new("说明", "About"), Kind = "data" }, text,
                cancellationToken);
        }

        var manifest = new ArchiveManifest
        {
            Format = ArchiveManifest.CurrentFormat,
            Head = head,
            Parts = _parts,
            Seal = _link,
        };
        await using var entry = _zip.CreateEntry(ArchiveManifest.FileName).Open();
        await JsonSerializer.SerializeAsync(entry, manifest, ArchiveManifest.Writing, cancellationToken);
        return _link;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _zip.DisposeAsync();

    private string Free(string path)
    {
        var (stem, ending) = (path[..^Path.GetExtension(path).Length], Path.GetExtension(path));
        for (var turn = 2; !_paths.Add(path); turn++) path = $"{stem}-{turn}{ending}";
        return path;
    }
}
