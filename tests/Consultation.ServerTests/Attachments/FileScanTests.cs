using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Consultation.Cases.Attachments;
using Consultation.Server.Material;
using Consultation.Storage.Attachments;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consultation.ServerTests.Attachments;

/// <summary>The virus scanner: clamd's own protocol, or a program.</summary>
public sealed class FileScanTests
{
    [Theory]
    [InlineData("stream: OK\0", "Clean")]
    [InlineData("stream: Eicar-Signature FOUND\0", "Infected")]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", "Unavailable")]
    public async Task A_server_that_speaks_clamd_gets_all_of_the_file_and_says_what_it_found(string says, string result)
    {
        var content = new byte[200_000];
        Random.Shared.NextBytes(content);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var got = ServeAsync(listener, says);
        var scan = Scan(new MaterialOptions { ScanAddress = $"tcp://{listener.LocalEndpoint}" });

        var said = await scan.ScanAsync(new MemoryStream(content), default);

        said.GetType().Name.Should().Be(result);
        (await got).Should().Equal(content);
        if (said is ScanResult.Infected infected) infected.Found.Should().Be("Eicar-Signature");
    }

    [Fact]
    public async Task A_server_that_is_not_there_leaves_the_file_held() =>
        (await Scan(new MaterialOptions { ScanAddress = "tcp://127.0.0.1:1" })
            .ScanAsync(new MemoryStream(new byte[10]), default)).Should().BeOfType<ScanResult.Unavailable>();

    [Theory]
    [InlineData("grep -qv EICAR", "clean", "Clean")]
    [InlineData("grep -qv EICAR", "EICAR", "Infected")]
    [InlineData("no-such-scanner", "clean", "Unavailable")]
    public async Task A_program_says_it_by_its_number(string command, string content, string result)
    {
        var said = await Scan(new MaterialOptions { ScanCommand = command })
            .ScanAsync(new MemoryStream(Encoding.ASCII.GetBytes(content)), default);

        said.GetType().Name.Should().Be(result);
    }

    private static FileScan Scan(MaterialOptions options) => new(options, NullLogger<FileScan>.Instance);

    private static async Task<byte[]> ServeAsync(TcpListener listener, string says)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var command = new byte[10];
        await stream.ReadExactlyAsync(command);
        Encoding.ASCII.GetString(command).Should().Be("zINSTREAM\0");
        using var all = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length);
            var count = BinaryPrimitives.ReadInt32BigEndian(length);
            if (count == 0) break;
            var bytes = new byte[count];
            await stream.ReadExactlyAsync(bytes);
            all.Write(bytes);
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(says));
        return all.ToArray();
    }
}
