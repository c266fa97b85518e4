using System.Security.Cryptography;
using System.Text.Json;

namespace Consultation.Mail.ActionLinks;

/// <summary>One key of the ring.</summary>
/// <param name="Id">Short name that stands on the links made with it.</param>
/// <param name="CreatedAt">The newest key makes new tokens.</param>
/// <param name="Secret">256 random bits.</param>
public sealed record LinkKey(string Id, DateTimeOffset CreatedAt, byte[] Secret);

/// <summary>
/// The keys behind action links. They live in a file beside the database, not in it: who reads the database alone can open no link.
/// Several nodes on one database share the file. Older keys stay in the ring as long as links made with them may be opened.
/// </summary>
public sealed class LinkKeyRing
{
    private readonly string? _path;
    private volatile Dictionary<string, LinkKey> _keys;

    /// <summary>A ring of these keys, at least one.</summary>
    public LinkKeyRing(IEnumerable<LinkKey> keys)
        : this(keys, null)
    {
    }

    private LinkKeyRing(IEnumerable<LinkKey> keys, string? path)
    {
        _path = path;
        _keys = keys.ToDictionary(key => key.Id);
        Current = _keys.Values.MaxBy(key => key.CreatedAt)
            ?? throw new ArgumentException("A key ring needs at least one key.", nameof(keys));
    }

    /// <summary>The key that makes new tokens.</summary>
    public LinkKey Current { get; }

    /// <summary>All keys.</summary>
    public IReadOnlyCollection<LinkKey> Keys => _keys.Values;

    /// <summary>
    /// A key by its id; null when it has left the ring: links made with it open nothing any more. A key that another process has added to the file
    /// since is found there.
    /// </summary>
    public LinkKey? Find(string id)
    {
        if (_keys.GetValueOrDefault(id) is { } known) return known;
        if (_path is null || !File.Exists(_path)) return null;
        _keys = Read(_path).ToDictionary(key => key.Id);
        return _keys.GetValueOrDefault(id);
    }

    /// <summary>A ring with one new key, for a first start or a test.</summary>
    public static LinkKeyRing Create(DateTimeOffset now) => new([NewKey(now)]);

    /// <summary>A ring in which a new key makes the tokens, and keys made before <paramref name="forgetBefore"/> are gone.</summary>
    public LinkKeyRing Rotate(DateTimeOffset now, DateTimeOffset forgetBefore) =>
        new(_keys.Values.Where(key => key.CreatedAt >= forgetBefore).Append(NewKey(now)));

    /// <summary>
    /// Reads the ring, or makes it at the first start. The file can be read by its owner only. Two processes that start at once agree
    /// on the file that was there first.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is there but is not a key ring. It is never overwritten.</exception>
    public static LinkKeyRing Open(string path, DateTimeOffset now)
    {
        if (!File.Exists(path))
        {
            Write(path, Create(now), replace: false);
        }

        return new(Read(path), path);
    }

    /// <summary>
    /// Reads the ring; when its newest key is older than <paramref name="renewAfter"/>, a new one is added and keys older than
    /// <paramref name="keepFor"/> are forgotten. Of several processes that start at once only one renews.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is there but is not a key ring. It is never overwritten.</exception>
    public static LinkKeyRing Open(string path, DateTimeOffset now, TimeSpan renewAfter, TimeSpan keepFor)
    {
        var ring = Open(path, now);
        if (now - ring.Current.CreatedAt < renewAfter)
        {
            return ring;
        }

        try
        {
            using var turn = new FileStream(path + ".renewing", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            ring = Open(path, now);
            if (now - ring.Current.CreatedAt >= renewAfter)
            {
                ring.Rotate(now, now - keepFor).Save(path);
            }
        }
        catch (IOException) when (File.Exists(path + ".renewing"))
        {
            // Another process renews; its key is found when the first link made with it comes.
            return ring;
        }

        return Open(path, now);
    }

    /// <summary>Writes the ring in place of the file's old content, in one move.</summary>
    public void Save(string path) => Write(path, this, replace: true);

    private static List<LinkKey> Read(string path)
    {
        try
        {
            var keys = JsonSerializer.Deserialize<List<LinkKey>>(File.ReadAllBytes(path));
            return keys is { Count: > 0 } ? keys : throw new InvalidDataException($"The key file {path} holds no key.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"The key file {path} cannot be read. Restore it from a backup; deleting it makes all links already sent useless.", exception);
        }
    }

    private static void Write(string path, LinkKeyRing ring, bool replace)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, ring.Keys.OrderBy(key => key.CreatedAt).ToList());
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, replace);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    private static LinkKey NewKey(DateTimeOffset now) =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), now, RandomNumberGenerator.GetBytes(32));
}
