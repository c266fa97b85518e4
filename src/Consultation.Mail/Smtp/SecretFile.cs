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
}
