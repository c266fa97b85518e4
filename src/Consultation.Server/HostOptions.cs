using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Consultation.Server;

/// <summary>
/// Settings of the host itself (section "Host"). Checked at start; a wrong one stops the host with all its complaints
/// at once.
/// </summary>
public sealed class HostOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Host";

    /// <summary>
    /// Folder with workflow definitions (*.json) read at start. Default workflows, beside the program.
    /// </summary>
    public string WorkflowFolder { get; set; } = "workflows";

    /// <summary>
    /// Most posts a minute of one kind from one address to pages that ask for no sign-in (hand-in, follow-up, requests
    /// to workflows); of sign-ins and decision links, which an office sends from one address, ten times as many.
    /// Default 60, 1 to 100,000.
    /// </summary>
    [Range(1, 100_000, ErrorMessage = "Host:{0}: {1} – {2}")]
    public int PublicPostsPerMinute { get; set; } = 60;

    /// <summary>
    /// Most posts a minute of one kind from one signed-in person, whatever address they come from. Default 240, 1 to
    /// 100,000.
    /// </summary>
    [Range(1, 100_000, ErrorMessage = "Host:{0}: {1} – {2}")]
    public int SignedInPostsPerMinute { get; set; } = 240;

    /// <summary>
    /// Most requests a minute that change something or ask by post, of one kind, from one account to the designer's and
    /// machines' door (/elsa); from one address, where nobody is signed in. Default 600, 1 to 100,000.
    /// </summary>
    [Range(1, 100_000, ErrorMessage = "Host:{0}: {1} – {2}")]
    public int MachinePostsPerMinute { get; set; } = 600;

    /// <summary>Name of the organisation that the first start creates. Default 本单位.</summary>
    public string OrganisationName { get; set; } = "本单位";

    /// <summary>Time zone of that organisation. Default Asia/Shanghai.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Log-in name of the first administrator. Default admin.</summary>
    public string AdministratorName { get; set; } = "admin";

    /// <summary>
    /// File whose first line is the first administrator's password, for unattended set-up. Null: a random one is made
    /// and printed once.
    /// </summary>
    public string? AdministratorPasswordFile { get; set; }

    /// <summary>
    /// True behind a reverse proxy that sets X-Forwarded-For, -Proto and -Host, and -Prefix where it serves the desk
    /// below a path. Default false.
    /// </summary>
    public bool BehindProxy { get; set; }

    /// <summary>
    /// Addresses of proxies whose forwarded headers are believed; empty with <see cref="BehindProxy"/> believes private
    /// networks only.
    /// </summary>
    public string[] KnownProxies { get; set; } = [];

    /// <summary>
    /// Folder with one file per secret setting, named like Storage__ConnectionString. Default /run/secrets; a missing
    /// folder is no error.
    /// </summary>
    public string SecretsFolder { get; set; } = "/run/secrets";

    /// <summary>
    /// False on a node that only answers pages: timers, inbox and mail are then left to other nodes. Default true.
    /// </summary>
    public bool RunsWork { get; set; } = true;

    /// <summary>
    /// How long requests and steps under way may take to end when the host stops. Default 20 s, 1 s to 5 min.
    /// </summary>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(OrganisationName))
        {
            yield return Problem("Host:OrganisationName: 请填写单位名称 / name the organisation", nameof(OrganisationName));
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return Problem(
                $"Host:TimeZone: 没有时区“{TimeZone}”，例如 Asia/Shanghai / there is no time zone “{TimeZone}”; e.g. "
                    + "Asia/Shanghai", nameof(TimeZone));
        }

        if (AdministratorPasswordFile is { Length: > 0 } file && !File.Exists(file))
        {
            yield return Problem(
                "Host:AdministratorPasswordFile: 找不到文件 / the file is missing", nameof(AdministratorPasswordFile));
        }

        foreach (var address in KnownProxies.Where(address => !IPAddress.TryParse(address, out _)))
        {
            yield return Problem(
                $"Host:KnownProxies: “{address}”不是 IP 地址 / “{address}” is no IP address", nameof(KnownProxies));
        }

        if (StopWithin < TimeSpan.FromSeconds(1) || StopWithin > TimeSpan.FromMinutes(5))
        {
            yield return Problem("Host:StopWithin: 00:00:01 – 00:05:00", nameof(StopWithin));
        }
    }

    private static ValidationResult Problem(string message, string member) => new(message, [member]);
}
