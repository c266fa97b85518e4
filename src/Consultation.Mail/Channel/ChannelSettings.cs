using System.ComponentModel.DataAnnotations;

namespace Consultation.Mail.Channel;

/// <summary>
/// The second channel (section "Mail:Channel"): a signed webhook by which a district's gateway for text messages or a
/// messenger carries the same link and reminder. Off until <see cref="Url"/> is set.
/// </summary>
public sealed class ChannelSettings
{
    /// <summary>
    /// Where messages are posted: https, or an address of this machine. Default none: no second channel.
    /// </summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// File whose first line is the key that signs messages and that the gateway's reports are signed with: at least 32
    /// characters, or "whsec_" and base64. Read anew each time.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// File with the key before, while the gateway changes over: messages carry a signature of both keys, reports may
    /// carry either. Default none.
    /// </summary>
    public string? OldKeyFile { get; set; }

    /// <summary>
    /// Post to an http address that is not of this machine: everybody on the way can read links. Default false.
    /// </summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// File (PEM) of an authority whose certificates are believed besides those that this machine trusts. Default none.
    /// </summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Longest time for one message. Default 10 s, 1 s to 20 s.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most messages handed over per minute by one process. Default 120, 1–100000.</summary>
    public int MostPerMinute { get; set; } = 120;

    /// <summary>
    /// A message that the gateway could not take for this long has failed, and goes by mail where there is an address.
    /// Default 4 h, 5 min to 3 days.
    /// </summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(4);

    /// <summary>
    /// First hour of the day (Mail:TimeZone) at which messages leave. Default 8, 0–22.
    /// </summary>
    public int FromHour { get; set; } = 8;

    /// <summary>
    /// First hour at which they leave no longer, later than <see cref="FromHour"/>. Default 21, 1–24.
    /// </summary>
    public int ToHour { get; set; } = 21;

    /// <summary>Most characters of a message's words with the link. Default 200, 100–1000.</summary>
    public int MostCharacters { get; set; } = 200;

    /// <summary>True where there is a second channel.</summary>
    public bool IsOn => Url is not null;

    internal IEnumerable<ValidationResult> Problems()
    {
        if (Url is { } url)
        {
            if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            {
                yield return Problem(
                    "Mail:Channel:Url: 请写完整网址，不含用户名密码，例如 https://sms.example.gov.cn/consultation / write a whole "
                        + "address without user and password, such as https://sms.example.gov.cn/consultation",
                    nameof(Url));
            }
            else if (url.Scheme == "http" && !url.IsLoopback && !AllowHttp)
            {
                yield return Problem(
                    "Mail:Channel:Url: 请用 https；确需使用 http 的，设 Mail:Channel:AllowHttp=true / use https, or set "
                        + "Mail:Channel:AllowHttp=true where it has to be http",
                    nameof(Url));
            }

            if (string.IsNullOrWhiteSpace(KeyFile))
            {
                yield return Problem(
                    "Mail:Channel:KeyFile: 请指定存放签名密钥的文件 / name the file with the key that signs",
                    nameof(KeyFile));
            }
        }

        if (SendTimeout < TimeSpan.FromSeconds(1) || SendTimeout > TimeSpan.FromSeconds(20))
        {
            yield return Problem("Mail:Channel:SendTimeout: 00:00:01 – 00:00:20", nameof(SendTimeout));
        }

        if (MostPerMinute is < 1 or > 100_000)
        {
            yield return Problem("Mail:Channel:MostPerMinute: 1 – 100000", nameof(MostPerMinute));
        }

        if (GiveUpAfter < TimeSpan.FromMinutes(5) || GiveUpAfter > TimeSpan.FromDays(3))
        {
            yield return Problem("Mail:Channel:GiveUpAfter: 00:05:00 – 3.00:00:00", nameof(GiveUpAfter));
        }

        if (FromHour is < 0 or > 22)
        {
            yield return Problem("Mail:Channel:FromHour: 0 – 22", nameof(FromHour));
        }
        else if (ToHour is < 1 or > 24)
        {
            yield return Problem("Mail:Channel:ToHour: 1 – 24", nameof(ToHour));
        }
        else if (ToHour <= FromHour)
        {
            yield return Problem(
                $"Mail:Channel:FromHour ({FromHour}), Mail:Channel:ToHour ({ToHour}): 后者要晚于前者 / the second is later "
                    + "than the first",
                nameof(ToHour));
        }

        if (MostCharacters is < 100 or > 1000)
        {
            yield return Problem("Mail:Channel:MostCharacters: 100 – 1000", nameof(MostCharacters));
        }
    }

    private static ValidationResult Problem(string message, string member) => new(message, [member]);
}
