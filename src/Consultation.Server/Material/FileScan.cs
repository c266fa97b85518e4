using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Consultation.Cases.Attachments;
using Consultation.Storage.Attachments;

namespace Consultation.Server.Material;

/// <summary>
/// Asks the virus scanner that the settings name: a server that speaks clamd's INSTREAM, or a program. Without one
/// everything is clean.
/// </summary>
internal sealed class FileScan(MaterialOptions options, ILogger<FileScan> log) : IFileScan
{
    private const int Chunk = 64 * 1024, LongestAnswer = 1024;

    public async Task<ScanResult> ScanAsync(Stream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.ScanWithin);
        try
        {
            if (options.ScanAddress is { Length: > 0 } address)
            {
                return await AskAsync(new Uri(address), content, limit.Token);
            }

            return options.ScanCommand is { Length: > 0 } command
                ? await RunAsync(command, content, limit.Token)
                : new ScanResult.Clean();
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException
            or System.ComponentModel.Win32Exception && !cancellationToken.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            log.ScanUnavailable(failure);
            return new ScanResult.Unavailable();
        }
    }

    /// <summary>zINSTREAM: chunks with their length before them, one of length 0 at the end, then the answer.</summary>
    private static async Task<ScanResult> AskAsync(Uri address, Stream content, CancellationToken cancellationToken)
    {
        using var socket = address.Scheme == "unix"
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        if (address.Scheme == "unix")
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.LocalPath), cancellationToken);
        }
        else
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        }

        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
        var buffer = new byte[4 + Chunk];
        int read;
        while ((read = await content.ReadAsync(buffer.AsMemory(4, Chunk), cancellationToken)) > 0)
        {
            BinaryPrimitives.WriteInt32BigEndian(buffer, read);
            await stream.WriteAsync(buffer.AsMemory(0, 4 + read), cancellationToken);
        }

        await stream.WriteAsync(new byte[4], cancellationToken);
        var answer = new byte[LongestAnswer];
        var length = await stream.ReadAtLeastAsync(answer, LongestAnswer, throwOnEndOfStream: false, cancellationToken);
        return Read(Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\0', '\n', ' '));
    }

    /// <summary>"stream: OK", "stream: Eicar-Test-Signature FOUND", anything else is no answer.</summary>
    private static ScanResult Read(string answer)
    {
        const string found = " FOUND", before = "stream: ";
        if (answer.EndsWith(found, StringComparison.Ordinal))
        {
            var name = answer[..^found.Length];
            return new ScanResult.Infected(
                name.StartsWith(before, StringComparison.Ordinal) ? name[before.Length..] : name);
        }

        return answer.EndsWith(" OK", StringComparison.Ordinal) ? new ScanResult.Clean() : new ScanResult.Unavailable();
    }

    private static async Task<ScanResult> RunAsync(string command, Stream content, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"consultation-scan-{Guid.NewGuid():N}");
        try
        {
            await using (var file = new FileStream(path, FileMode.CreateNew))
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var start = new ProcessStartInfo(words[0]);
            foreach (var word in words[1..].Append(path)) start.ArgumentList.Add(word);
            return await OutsideProgram.RunAsync(start, cancellationToken) switch
            {
                0 => new ScanResult.Clean(),
                1 => new ScanResult.Infected(Path.GetFileName(words[0])),
                _ => new ScanResult.Unavailable(),
            };
        }
        finally
        {
            File.Delete(path);
        }
    }
}
