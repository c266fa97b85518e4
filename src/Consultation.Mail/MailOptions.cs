using System.ComponentModel.DataAnnotations;
using Consultation.Mail.Channel;
using Consultation.Mail.Incoming;
using Consultation.Mail.Mime;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;

namespace Consultation.Mail;

/// <summary>How mail leaves the house.</summary>
public enum MailTransportKind
{
    /// <summary>
    /// Each mail becomes an .eml file in a folder; the desk shows it in the outbox. The default: needs no mail server.
    /// </summary>
    Pickup,
    /// <summary>An SMTP server.</summary>
    Smtp,
}

/// <summary>
/// Settings of the mail part (section "Mail"). Checked at start; a wrong one stops the host with all its complaints at
/// once.
/// </summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Mail";

    private static readonly TimeSpan LeaseBeyondSending = TimeSpan.FromSeconds(10),
        ClaimBeyondSending = TimeSpan.FromSeconds(15), ShortestClaim = TimeSpan.FromSeconds(45);

    /// <summary>Address that mails come from. Default consultation@localhost, fit for the pickup folder only.</summary>
    public string From { get; set; } = "consultation@localhost";

    /// <summary>Name beside the address.</summary>
    public string FromName { get; set; } = "协商议事平台";

    /// <summary>
    /// Value of List-Id without brackets, so that people can sort all mails of the product. Default
    /// consultation.localhost.
    /// </summary>
    public string ListId { get; set; } = "consultation.localhost";

    /// <summary>
    /// Where the desk is reached from outside; links in mails begin with it. Default http://localhost:8080.
    /// </summary>
    public Uri PublicBaseUrl { get; set; } = new("http://localhost:8080");

    /// <summary>Default Pickup.</summary>
    public MailTransportKind Transport { get; set; } = MailTransportKind.Pickup;

    /// <summary>Folder of the pickup transport. Default data/outbox, below the host's working folder.</summary>
    public string PickupFolder { get; set; } = "data/outbox";

    /// <summary>
    /// File with the keys of action links; made at the first start, readable by its owner only. Default
    /// data/link-keys.json.
    /// </summary>
    public string LinkKeyFile { get; set; } = "data/link-keys.json";

    /// <summary>
    /// The sender makes a new key for action links when the newest is older than this. Default 180 days, 1 day to 10
    /// years.
    /// </summary>
    public TimeSpan RenewLinkKeyAfter { get; set; } = TimeSpan.FromDays(180);

    /// <summary>
    /// Keys older than this are forgotten when a new one is made: links made with them open nothing any more. Default
    /// 730 days, 2 days to 20 years; at least twice <see cref="RenewLinkKeyAfter"/>.
    /// </summary>
    public TimeSpan KeepLinkKeysFor { get; set; } = TimeSpan.FromDays(730);

    /// <summary>The mail server of the SMTP transport.</summary>
    public SmtpSettings Smtp { get; set; } = new();

    /// <summary>Reading mail.</summary>
    public IncomingSettings Incoming { get; set; } = new();

    /// <summary>The second channel: a signed webhook to a gateway for text messages or a messenger.</summary>
    public ChannelSettings Channel { get; set; } = new();

    /// <summary>
    /// Mail servers that take over, in this order, while the one before is in trouble. At most 4. Default none.
    /// </summary>
    public SmtpSettings[] FurtherServers { get; set; } = [];

    /// <summary>The signature by which receiving servers know that mails are ours (DKIM).</summary>
    public DkimSettings Dkim { get; set; } = new();

    /// <summary>
    /// Address that hears of mails which cannot be delivered and have no organiser. Null: only the outbox shows them.
    /// </summary>
    public string? AdministratorAddress { get; set; }

    /// <summary>
    /// Longest wait between two looks for due mail; what this process itself writes is sent at once. Default 1 s, 0.1 s
    /// to 5 min.
    /// </summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Most mails in one look. Default 50, 1–1000.</summary>
    public int BatchSize { get; set; } = 50;

    /// <summary>
    /// Most mails handed over per minute by one process, as mail servers ask for. Default 120, 1–100000.
    /// </summary>
    public int MostPerMinute { get; set; } = 120;

    /// <summary>
    /// Most mails handed over per minute to addresses of one domain by one process; more of them wait, and the others
    /// go before. Default 60, 1–100000.
    /// </summary>
    public int MostPerMinuteToOneDomain { get; set; } = 60;

    /// <summary>
    /// How long one process may work on a mail before another takes it over. 30 s to 1 h; at least 10 s longer than
    /// <see cref="SmtpSettings.SendTimeout"/> of all mail servers together. Default: 15 s longer than that, at least
    /// 45 s, so that what a process that died had claimed goes out within a minute.
    /// </summary>
    public TimeSpan? Lease { get; set; }

    /// <summary>A mail that could not be delivered for this long has failed. Default 3 days, 1 h to 30 days.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Time zone of dates in digests and of <see cref="DigestHour"/>. Default Asia/Shanghai.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Hour at which daily digests leave, 0–23. Default 8.</summary>
    public int DigestHour { get; set; } = 8;

    /// <summary>The mail servers in the order in which they are tried, each with its section.</summary>
    internal IEnumerable<(string Section, SmtpSettings Settings)> Servers =>
        FurtherServers.Select((server, at) => ($"Mail:FurtherServers:{at}", server)).Prepend(("Mail:Smtp", Smtp));

    /// <summary>For how long a mail is claimed.</summary>
    internal TimeSpan ClaimFor => Lease
        ?? (LongestSending + ClaimBeyondSending is var claim && claim > ShortestClaim ? claim : ShortestClaim);

    /// <summary>Longest time for one mail, when every server in turn keeps us waiting.</summary>
    internal TimeSpan LongestSending =>
        Servers.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.Settings.SendTimeout);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MailAddressRule.Check(From) is { } from)
        {
            yield return Problem($"Mail:From: {from.Zh} / {from.En}", nameof(From));
        }

        if (AdministratorAddress is { Length: > 0 } && MailAddressRule.Check(AdministratorAddress) is { } administrator)
        {
            yield return Problem(
                $"Mail:AdministratorAddress: {administrator.Zh} / {administrator.En}", nameof(AdministratorAddress));
        }

        if (string.IsNullOrWhiteSpace(ListId)
            || ListId.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('.' or '-' or '_')))
        {
            yield return Problem("Mail:ListId: 只能用字母、数字、点和横线 / letters, digits, dots and hyphens only", nameof(ListId));
        }

        if (!PublicBaseUrl.IsAbsoluteUri || PublicBaseUrl.Scheme is not ("http" or "https"))
        {
            yield return Problem(
                "Mail:PublicBaseUrl: 请写完整网址，例如 https://xieshang.example.gov.cn / write a whole address such as "
                    + "https://xieshang.example.gov.cn",
                nameof(PublicBaseUrl));
        }

        if (Transport == MailTransportKind.Smtp)
        {
            foreach (var problem in Servers.SelectMany(server => server.Settings.Problems(server.Section)))
            {
                yield return problem;
            }
        }

        foreach (var problem in Dkim.Problems(From)) yield return problem;

        if (Transport == MailTransportKind.Pickup && string.IsNullOrWhiteSpace(PickupFolder))
        {
            yield return Problem("Mail:PickupFolder: 请指定文件夹 / name a folder", nameof(PickupFolder));
        }

        if (Transport == MailTransportKind.Pickup && Incoming is { Source: IncomingSource.Folder, Folder.Length: > 0 }
            && PickupFolder.Length > 0 && Path.GetFullPath(PickupFolder) == Path.GetFullPath(Incoming.Folder))
        {
            yield return Problem(
                $"Mail:PickupFolder ({PickupFolder}), Mail:Incoming:Folder ({Incoming.Folder}): 不能是同一个文件夹，否则会读到自己发出的"
                    + "邮件 / must not be the same folder, or mail would be read that was just sent",
                nameof(PickupFolder));
        }

        foreach (var problem in Incoming.Problems(From))
        {
            yield return problem;
        }

        foreach (var problem in Channel.Problems())
        {
            yield return problem;
        }

        foreach (var problem in Limits())
        {
            yield return problem;
        }
    }

    private IEnumerable<ValidationResult> Limits()
    {
        if (PollEvery < TimeSpan.FromMilliseconds(100) || PollEvery > TimeSpan.FromMinutes(5))
        {
            yield return Problem("Mail:PollEvery: 00:00:00.1 – 00:05:00", nameof(PollEvery));
        }

        if (BatchSize is < 1 or > 1000)
        {
            yield return Problem("Mail:BatchSize: 1 – 1000", nameof(BatchSize));
        }

        if (MostPerMinute is < 1 or > 100_000)
        {
            yield return Problem("Mail:MostPerMinute: 1 – 100000", nameof(MostPerMinute));
        }

        if (MostPerMinuteToOneDomain is < 1 or > 100_000)
        {
            yield return Problem("Mail:MostPerMinuteToOneDomain: 1 – 100000", nameof(MostPerMinuteToOneDomain));
        }

        if (FurtherServers.Length > 4)
        {
            yield return Problem("Mail:FurtherServers: 最多 4 台 / at most 4", nameof(FurtherServers));
        }

        if (DigestHour is < 0 or > 23)
        {
            yield return Problem("Mail:DigestHour: 0 – 23", nameof(DigestHour));
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return Problem(
                $"Mail:TimeZone: 没有名为 {TimeZone} 的时区 / there is no time zone {TimeZone}", nameof(TimeZone));
        }

        foreach (var problem in Servers.SelectMany(server => server.Settings.Limits(server.Section))
            .Concat(OfKeys()).Concat(OfLease()))
        {
            yield return problem;
        }

        if (GiveUpAfter < TimeSpan.FromHours(1) || GiveUpAfter > TimeSpan.FromDays(30))
        {
            yield return Problem("Mail:GiveUpAfter: 01:00:00 – 30.00:00:00", nameof(GiveUpAfter));
        }
    }

    private IEnumerable<ValidationResult> OfKeys()
    {
        if (RenewLinkKeyAfter < TimeSpan.FromDays(1) || RenewLinkKeyAfter > TimeSpan.FromDays(3650))
        {
            yield return Problem("Mail:RenewLinkKeyAfter: 1.00:00:00 – 3650.00:00:00", nameof(RenewLinkKeyAfter));
        }
        else if (KeepLinkKeysFor < TimeSpan.FromDays(2) || KeepLinkKeysFor > TimeSpan.FromDays(7300))
        {
            yield return Problem("Mail:KeepLinkKeysFor: 2.00:00:00 – 7300.00:00:00", nameof(KeepLinkKeysFor));
        }
        else if (KeepLinkKeysFor < 2 * RenewLinkKeyAfter)
        {
            yield return Problem(
                $"Mail:KeepLinkKeysFor ({KeepLinkKeysFor:c}), Mail:RenewLinkKeyAfter ({RenewLinkKeyAfter:c}): "
                    + "前者至少是后者的两倍 / the first is at least twice the second",
                nameof(KeepLinkKeysFor));
        }
    }

    /// <summary>A mail is begun only when it is sure to end within the lease: else none would ever be sent.</summary>
    private IEnumerable<ValidationResult> OfLease()
    {
        if (Lease < TimeSpan.FromSeconds(30) || Lease > TimeSpan.FromHours(1))
        {
            yield return Problem("Mail:Lease: 00:00:30 – 01:00:00", nameof(Lease));
        }
        else if (Lease < LongestSending + LeaseBeyondSending)
        {
            var times = Servers.Select(
                server => $"{server.Section}:SendTimeout ({server.Settings.SendTimeout:c})");
            yield return Problem(
                $"Mail:Lease ({Lease:c}), {string.Join(" + ", times)}: 前者要比后者至少长 "
                    + $"{LeaseBeyondSending.TotalSeconds:0} 秒，否则一封邮件也发不出去 / the first is at least "
                    + $"{LeaseBeyondSending.TotalSeconds:0} s longer than the second, or no mail would ever be sent",
                nameof(Lease));
        }
    }

    private static ValidationResult Problem(string message, string member) => new(message, [member]);
}
