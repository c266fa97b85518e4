using System.Diagnostics;
using System.Text.RegularExpressions;
using Consultation.ServerTests.Workflows;

namespace Consultation.ServerTests.Health;

/// <summary>
/// What is delivered for containers: the compose file is valid, keeps secrets in files, watches every service, and
/// names real settings.
/// </summary>
public sealed partial class ComposeTests
{
    private static readonly string Repository = Directory.GetParent(WorkflowFolder.Path)!.FullName;
    private static readonly string Compose = File.ReadAllText(Path.Combine(Repository, "docker-compose.yml"));

    [SkippableTheory]
    [InlineData("sqlserver", "config", "--quiet")]
    [InlineData("postgresql", "--profile", "postgresql", "config", "--services")]
    public void The_compose_file_is_valid(string service, params string[] arguments)
    {
        Skip.IfNot(File.Exists("/usr/bin/docker-compose"),
            "docker-compose is not installed (Debian package docker-compose).");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/docker-compose", arguments)
        { WorkingDirectory = Repository, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complaints) = (process.StandardOutput.ReadToEnd(), process.StandardError.ReadToEnd());
        process.WaitForExit();

        process.ExitCode.Should().Be(0, complaints);
        (arguments.Contains("--services") ? said : Compose).Should().Contain(service);
    }

    [Fact]
    public void Every_service_is_watched_and_no_secret_stands_in_the_file()
    {
        var services =
            Compose[Compose.IndexOf("\nservices:", StringComparison.Ordinal)..Compose.IndexOf(
                "\nsecrets:", StringComparison.Ordinal)];

        Service().Count(services).Should().Be(4);
        Regex.Count(services, "    healthcheck:").Should().Be(4);
        services.Should()
            .NotMatchRegex(@"(?i)password\s*[=:]\s*(?!\\""\$\$\(cat /run/secrets/)\S", "passwords come from files");
        Compose.Should()
            .Contain("POSTGRES_PASSWORD_FILE: /run/secrets/").And.Contain("target: Storage__ConnectionString");
    }

    [Fact]
    public void Every_setting_that_the_containers_get_exists()
    {
        var guide = File.ReadAllText(Path.Combine(Repository, "docs/guide/configuration.md"));
        var image = File.ReadAllText(Path.Combine(Repository, "src/Consultation.Server/Dockerfile"));

        Setting().Matches(Compose + image)
            .Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal)).Distinct()
            .Where(key => !guide.Contains($"`{key}`", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void The_image_is_compiled_ahead_and_does_not_run_as_root()
    {
        var image = File.ReadAllText(Path.Combine(Repository, "src/Consultation.Server/Dockerfile"));

        image.Should().Contain("-r linux-").And.Contain("--self-contained false").And.Contain(
            "\nUSER app\n").And.Contain("HEALTHCHECK");
        File.ReadAllText(Path.Combine(Repository, ".dockerignore")).Should()
            .Contain("**/data", "secrets and data stay out of the image");
    }

    [GeneratedRegex("^  [a-z]+:$", RegexOptions.Multiline)]
    private static partial Regex Service();

    [GeneratedRegex("[A-Z][A-Za-z]+(__[A-Z][A-Za-z]+)+")]
    private static partial Regex Setting();
}
