using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;

namespace Consultation.ServerTests.Health;

/// <summary>
/// The program, started in a folder where nothing of it lies: it finds what belongs to it beside itself, keeps its data
/// where it was started, for its account only, and writes no address of a request to the log.
/// </summary>
public sealed class StartedElsewhereTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_101_101;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consultation-elsewhere-");
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public async Task It_finds_its_own_things_closes_its_data_and_logs_no_token_at_any_level()
    {
        Skip.If(OperatingSystem.IsWindows(), "Files have other permissions there.");
        if (OperatingSystem.IsWindows()) return;
        var token = new string('T', 43);
        // Left open by whoever copied it here.
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"), Everybody);
        using var program = Start(
            "--Logging:LogLevel:Default=Trace", "--Logging:Console:LogLevel:Default=Trace",
            "--Logging:Console:LogLevel:Microsoft.AspNetCore.Routing=Trace",
            "--Logging:Console:FormatterName=json", "--Logging:Console:FormatterOptions:IncludeScopes=true");
        try
        {
            var address = await AddressAsync(program);
            using var client = new HttpClient { BaseAddress = new(address) };
            foreach (var path in new[] { "/t/", "/link/", "/digest/leave/", "/no-such-page/", "/sign-in?to=/t/" })
            {
                await client.GetAsync(path + token);
                using var form = new FormUrlEncodedContent([new("_handler", "answer")]);
                await client.PostAsync(path + token, form);
            }

            (await client.GetStringAsync("/health/ready")).Should().Contain("Healthy", "the workflows were found");
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
        }

        var data = Path.Combine(_folder.FullName, "data");
        Modes(data).Should().OnlyContain(entry => entry.EndsWith(" 700", StringComparison.Ordinal)
            || entry.EndsWith(" 600", StringComparison.Ordinal));
        File.GetUnixFileMode(Path.Combine(data, "consultation.db")).Should()
            .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _said.ToString().Should().Contain("Running health checks", "everything was logged that may be");
        _said.ToString().Should().Contain($"Content root path: {AppContext.BaseDirectory}", "its settings lie there");
        _said.ToString().Contains(token, StringComparison.Ordinal).Should().BeFalse(
            string.Join('\n', _said.ToString().Split('\n').Where(line => line.Contains(token))));
    }

    [UnsupportedOSPlatform("windows")]
    private static IEnumerable<string> Modes(string folder)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Prepend(folder))
        {
            yield return $"{entry} {Convert.ToString((int)File.GetUnixFileMode(entry), 8)}";
        }
    }

    private Process Start(params string[] settings)
    {
        var program = new Process
        {
            StartInfo = new(
                "dotnet",
                [typeof(Program).Assembly.Location, "--urls", "http://127.0.0.1:0", .. settings])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = _folder.FullName,
            },
        };
        program.OutputDataReceived += (_, line) => Note(line.Data);
        program.ErrorDataReceived += (_, line) => Note(line.Data);
        program.Start();
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        return program;
    }

    private void Note(string? line)
    {
        lock (_said) _said.AppendLine(line);
        if (line is not null && Regex.Match(line, @"/ Consultation: (http://\S+)") is { Success: true } match)
        {
            _ready.TrySetResult(match.Groups[1].Value);
        }
    }

    private async Task<string> AddressAsync(Process program)
    {
        var ended = program.WaitForExitAsync();
        var first = await Task.WhenAny(_ready.Task, ended).WaitAsync(Patience);
        first.Should().Be(_ready.Task, _said.ToString());
        return await _ready.Task;
    }
}
