using System.ComponentModel.DataAnnotations;
using Consultation.Cases.Attachments;

namespace Consultation.Storage.Attachments;

/// <summary>Where files that people hand in are kept, and what looks at them; section "Material".</summary>
public sealed class MaterialOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Material";

    /// <summary>
    /// Where the bytes of files lie: Database, Folder or S3. What was kept before stays where it is and is found there.
    /// Default Database.
    /// </summary>
    public ContentPlace Store { get; set; } = ContentPlace.Database;

    /// <summary>
    /// Folder for Store Folder; every host on one database has the same. It belongs into the backup. Default
    /// data/material.
    /// </summary>
    public string Folder { get; set; } = "data/material";

    /// <summary>Address of the S3-compatible store, e.g. https://s3.example.cn. Default none.</summary>
    public Uri? S3Address { get; set; }

    /// <summary>Bucket for Store S3; it has to be there. Default none.</summary>
    public string? S3Bucket { get; set; }

    /// <summary>Region that requests are signed for. Default us-east-1, which most own stores take.</summary>
    public string S3Region { get; set; } = "us-east-1";

    /// <summary>Access key of the store. Default none.</summary>
    public string? S3AccessKey { get; set; }

    /// <summary>Secret of the access key; best kept in the secrets folder. Default none.</summary>
    public string? S3SecretKey { get; set; }

    /// <summary>
    /// Address of a virus scanner that speaks the protocol of clamd: tcp://127.0.0.1:3310 or
    /// unix:///run/clamav/clamd.ctl. Files are held until it found nothing. Default none.
    /// </summary>
    public string? ScanAddress { get; set; }

    /// <summary>
    /// Program that looks for viruses, called with the path of the file as its last argument: 0 clean, 1 infected, all
    /// else "cannot say". Used instead of an address. Default none.
    /// </summary>
    public string? ScanCommand { get; set; }

    /// <summary>How long a scan may take; then it is tried again later. Default 1 min, 1 s to 10 min.</summary>
    public TimeSpan ScanWithin { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// LibreOffice, by which documents are previewed as PDF; empty makes no previews, and so does a program that is not
    /// there. Default soffice.
    /// </summary>
    public string PreviewProgram { get; set; } = "soffice";

    /// <summary>How long a preview may take before it is given up. Default 1 min, 5 s to 10 min.</summary>
    public TimeSpan PreviewWithin { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var all = $"{Section}:";
        if (Store == ContentPlace.Folder && string.IsNullOrWhiteSpace(Folder))
        {
            yield return new($"{all}{nameof(Folder)}: empty", [nameof(Folder)]);
        }

        if (Store == ContentPlace.S3
            && (S3Address is not { IsAbsoluteUri: true } || S3Bucket is not { Length: > 0 }
                || S3AccessKey is not { Length: > 0 } || S3SecretKey is not { Length: > 0 }))
        {
            yield return new(
                $"{all}{nameof(S3Address)}, {nameof(S3Bucket)}, {nameof(S3AccessKey)}, {nameof(S3SecretKey)}: S3 needs "
                    + "all four", [nameof(S3Address)]);
        }

        if (ScanAddress is { Length: > 0 } address
            && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "tcp" or "unix"))
        {
            yield return new(
                $"{all}{nameof(ScanAddress)}: tcp://127.0.0.1:3310, unix:///run/clamav/clamd.ctl",
                [nameof(ScanAddress)]);
        }

        if (ScanWithin < TimeSpan.FromSeconds(1) || ScanWithin > TimeSpan.FromMinutes(10))
        {
            yield return new($"{all}{nameof(ScanWithin)}: 00:00:01 – 00:10:00", [nameof(ScanWithin)]);
        }

        if (PreviewWithin < TimeSpan.FromSeconds(5) || PreviewWithin > TimeSpan.FromMinutes(10))
        {
            yield return new($"{all}{nameof(PreviewWithin)}: 00:00:05 – 00:10:00", [nameof(PreviewWithin)]);
        }
    }
}
