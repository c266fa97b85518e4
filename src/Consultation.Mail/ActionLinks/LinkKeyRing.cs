using System.Security.Cryptography;
using System.Text.Json;

namespace Consultation.Mail.ActionLinks;

/// <summary>One key of the ring.</summary>
/// <param name="Id">Short name that stands on the links made with it.</param>
/// <param name="CreatedAt">The newest key makes new tokens.</param>
/// <param name="Secret">256 random bits.</param>
public sealed record LinkKey(string Id, DateTimeOffset CreatedAt, byte[] Secret);

/// <summary>
/// The keys behind action links. They live in a file beside the database, not in it: who reads the database alone can
/// open no link. Several nodes on one database share the file. Older keys stay in the ring as long as links made with
/// them may be opened. Thread-safe.
/// </summary>
public sealed class LinkKeyRing
{
    /// <summary>Writing the file takes far less; whoever waits longer goes on.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    private readonly string? _path;
    private volatile KeySet _set;

    /// <summary>A ring of these keys, at least one.</summary>
    public LinkKeyRing(IEnumerable<LinkKey> keys)
        : this(keys, null)
    {
    }

    private LinkKeyRing(IEnumerable<LinkKey> keys, string? path)
    {
        _path = path;
        _set = KeySet.Of(keys);
    }

    /// <summary>The key that makes new tokens.</summary>
    public LinkKey Current => _set.Current;

    /// <summary>All keys.</summary>
    public IReadOnlyCollection<LinkKey> Keys => _set.ById.Values;

    /// <summary>
    /// A key by its id; null when it has left the ring: links made with it open nothing any more. A key that another
    /// process has added to the file since is found there.
    /// </summary>
    public LinkKey? Find(string id)
    {
        if (_set.ById.GetValueOrDefault(id) is { } known) return known;
        if (_path is null || !File.Exists(_path)) return null;
        _set = KeySet.Of(Read(_path));
        return _set.ById.GetValueOrDefault(id);
    }

    /// <summary>A ring with one new key, for a first start or a test.</summary>
    public static LinkKeyRing Create(DateTimeOffset now) => new([NewKey(now)]);

    /// <summary>
    /// A ring in which a new key makes the tokens, and keys made before <paramref name="forgetBefore"/> are gone.
    /// </summary>
    public LinkKeyRing Rotate(DateTimeOffset now, DateTimeOffset forgetBefore) =>
        new(Keys.Where(key => key.CreatedAt >= forgetBefore).Append(NewKey(now)));

    /// <summary>
    /// Reads the ring, or makes it at the first start. The file can be read by its owner only. Two processes that start
    /// at once agree on the file that was there first.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is there but is not a key ring. It is never
    /// overwritten.</exception>
    public static LinkKeyRing Open(string path, DateTimeOffset now)
    {
        if (!File.Exists(path)) MakeFirst(path, now);
        return new(Read(path), path);
    }

    /// <summary>
    /// Moving a file without replacing another is a look and a move: of two at once the second would win, and the first
    /// would go on with a key that no file holds. So only whose turn it is looks and writes.
    /// </summary>
    private static void MakeFirst(string path, DateTimeOffset now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream? turn = null;
        SpinWait.SpinUntil(() => File.Exists(path) || (turn = TryTurn(path)) is not null, LongestTurn);
        using (turn)
        {
            if (!File.Exists(path)) Write(path, Create(now), replace: false);
        }
    }

    private static FileStream? TryTurn(string path)
    {
        try
        {
            return Turn(path);
        }
        catch (IOException)
        {
            // Somebody has the turn, or had it a moment ago. What else is wrong shows when the ring is written.
            return null;
        }
    }

    private static string TurnOf(string path) => path + ".renewing";

    /// <exception cref="IOException">Another process has its turn.</exception>
    private static FileStream Turn(string path) => new(
        TurnOf(path), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);

    /// <summary>
    /// When the newest key is older than <paramref name="renewAfter"/>, adds a new one and forgets keys older than
    /// <paramref name="keepFor"/>. Of several processes on one file only one renews; where that cannot be done now, the
    /// present key goes on.
    /// </summary>
    public void RenewWhenOld(DateTimeOffset now, TimeSpan renewAfter, TimeSpan keepFor)
    {
        if (_path is null || now - Current.CreatedAt < renewAfter) return;
        try
        {
            using var turn = Turn(_path);
            var present = new LinkKeyRing(Read(_path));
            if (now - present.Current.CreatedAt >= renewAfter)
            {
                present = present.Rotate(now, now - keepFor);
                present.Save(_path);
            }

            _set = present._set;
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Another process renews, or the file cannot be written or read: mail goes on with the present key, and the
            // next look tries again.
        }
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
                $"The key file {path} cannot be read. Restore it from a backup; deleting it makes all links already "
                    + "sent useless.", exception);
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

    /// <summary>The keys at one moment.</summary>
    private sealed record KeySet(Dictionary<string, LinkKey> ById, LinkKey Current)
    {
        public static KeySet Of(IEnumerable<LinkKey> keys)
        {
            var byId = keys.ToDictionary(key => key.Id);
            return new(byId, byId.Values.MaxBy(key => key.CreatedAt)
                ?? throw new ArgumentException("A key ring needs at least one key.", nameof(keys)));
        }
    }
}
