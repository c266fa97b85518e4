using System.Diagnostics;
using System.Net;

namespace Consultation.ServerTests.Health;

/// <summary>
/// A full disk or a folder that cannot be written to: said in words at the start, at run time and on the health page.
/// </summary>
public sealed class DiskTests
{
    [SkippableFact]
    public async Task A_disk_that_fills_up_loses_nothing_typed_and_is_named_on_the_health_page()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        await using var host = new DeskHost(
            [new("Storage:ConnectionString", $"Data Source={Path.Combine(disk.Folder, "desk.db")};Pooling=False")]);
        using var browser = await host.SignedInAsync();
        (await browser.Client.GetStringAsync("/health/ready"))
            .Should().Contain("所在的磁盘只剩").And.Contain("Degraded", "a disk as small as this is said in advance");
        await browser.GetAsync("/people/new");

        disk.Fill();
        await browser.PostAsync("person", new()
        {
            ["name"] = "周明",
            ["title"] = new('长', 40),
            ["email"] = "zhou@example.org",
        });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, browser.Text);
        browser.Text.Should().Contain("磁盘").And.Contain("没有保存任何东西").And.Contain("再次提交");
        var failed = browser.Page;
        var ready = await browser.Client.GetAsync("/health/ready");
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).Should().Contain($"文件夹 {disk.Folder} 不能写入");

        disk.Empty();
        await browser.SendAgainAsync(failed);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
    }

    [SkippableFact]
    public async Task A_full_disk_at_the_start_is_said_in_words()
    {
        using var disk = SmallDisk.Mount(megabytes: 1);
        disk.Fill();

        var (code, said) = await StartAsync(disk.Folder);

        code.Should().Be(1);
        said.Should().NotContain("   at ").And.NotContain("Unhandled");
        said.Should().ContainAny("磁盘", "数据库文件");
    }

    [SkippableFact]
    public async Task A_read_only_folder_at_the_start_is_said_in_words()
    {
        using var disk = SmallDisk.Mount(megabytes: 1);
        disk.MakeReadOnly();

        var (code, said) = await StartAsync(disk.Folder);

        code.Should().Be(1);
        said.Should().Contain("文件或文件夹无法读写").And.Contain(disk.Folder).And.NotContain("   at ");
    }

    /// <summary>Starts the real program with its data in a folder, and waits until it gives up.</summary>
    private static async Task<(int Code, string Said)> StartAsync(string folder)
    {
        using var program = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                typeof(Program).Assembly.Location, "--urls", "http://127.0.0.1:0",
                $"--Storage:ConnectionString=Data Source={folder}/desk.db", $"--Mail:PickupFolder={folder}/mail",
                $"--Mail:LinkKeyFile={folder}/keys.json",
            ])
        { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() })!;
        var said = program.StandardError.ReadToEndAsync();
        var shown = program.StandardOutput.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await program.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            program.Kill();
        }

        return (program.ExitCode, await said + await shown);
    }

    /// <summary>A disk in memory, small enough to be filled. Mounting needs root.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private SmallDisk(string folder) => Folder = folder;

        public string Folder { get; }

        public static SmallDisk Mount(int megabytes)
        {
            Skip.IfNot(OperatingSystem.IsLinux()
                && Environment.UserName == "root", "Mounting a small disk needs root on Linux.");
            var folder = Directory.CreateTempSubdirectory("consultation-disk-").FullName;
            Skip.IfNot(Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder),
                "This machine lets nobody mount a disk.");
            return new(folder);
        }

        public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Folder).Should().BeTrue();

        /// <summary>Fills the disk to the last byte.</summary>
        public void Fill()
        {
            using var filling = new FileStream(
                Path.Combine(Folder, "filling"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4096];
            try
            {
                while (true)
                {
                    filling.Write(block);
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void Empty() => File.Delete(Path.Combine(Folder, "filling"));

        public void Dispose()
        {
            Run("umount", "-l", Folder);
            Directory.Delete(Folder);
        }

        private static bool Run(string command, params string[] arguments)
        {
            using var process =
                Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
