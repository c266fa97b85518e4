using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Consultation.Server.FirstStart;

/// <summary>
/// Whatever the host writes (database, keys, mails) is for its account only: folders 0700, files 0600. Windows has no
/// such mask; there the folder's own rights count.
/// </summary>
internal static class PrivateFiles
{
    private const int ForOthers = 0b111_111;

    /// <summary>Sets the mask of this process; one that only hosts the program, as tests do, keeps its own.</summary>
    public static void Make()
    {
        if (!OperatingSystem.IsWindows() && Assembly.GetEntryAssembly() == typeof(PrivateFiles).Assembly)
        {
            _ = SetMask(ForOthers);
        }
    }

    /// <summary>
    /// Takes from others what an earlier version, or whoever copied it here, gave them: the data's files, and their
    /// folder when nothing else lies in it.
    /// </summary>
    public static void Close(string? folder, IReadOnlyCollection<string> entries)
    {
        if (OperatingSystem.IsWindows()) return;
        var own = entries.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in own.Where(Path.Exists)) Close(entry);
        if (folder is not null && Directory.Exists(folder)
            && Directory.EnumerateFileSystemEntries(Path.GetFullPath(folder)).All(own.Contains))
        {
            Close(folder);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void Close(string entry)
    {
        var mode = File.GetUnixFileMode(entry);
        var own = mode & (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (mode == own) return;
        try
        {
            File.SetUnixFileMode(entry, own);
        }
        catch (UnauthorizedAccessException)
        {
            // It is somebody else's; whether it can be used is found out when it is.
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetMask(int mask);
}
