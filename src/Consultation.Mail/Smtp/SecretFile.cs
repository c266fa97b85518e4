namespace Consultation.Mail.Smtp;

/// <summary>A file that holds a secret in its first line, so that it need not stand in the configuration.</summary>
internal static class SecretFile
{
    /// <summary>The first line; read anew each time, so that a changed secret counts from the next log-in on.</summary>
    public static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file);
        return await reader.ReadLineAsync(cancellationToken) ?? "";
    }

    /// <summary>
    /// Puts another secret into its place at once: whoever reads meanwhile, or after a crash, finds the old one or the
    /// new one whole. Nobody but the owner may read it.
    /// </summary>
    /// <exception cref="IOException">The folder or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static async Task WriteAsync(string file, string secret, CancellationToken cancellationToken)
    {
        // Behind a link lies the file itself, as secrets are often mounted.
        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
        var draft = $"{target}.{Guid.NewGuid():N}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using (var stream = new FileStream(draft, options))
            {
                await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(secret + "\n"), cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, target, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
