using Consultation.Cases;
using Consultation.Cases.Attachments;

namespace Consultation.Storage.Attachments;

/// <summary>How a file that somebody hands in stands after a request.</summary>
public abstract record UploadStanding
{
    private UploadStanding() { }

    /// <summary>It goes on at <paramref name="Received"/>.</summary>
    public sealed record Going(UploadTicket Ticket, long Received, long Announced) : UploadStanding;

    /// <summary>All of it is there and was let in.</summary>
    public sealed record Complete(UploadTicket Ticket, Attachment File) : UploadStanding;

    /// <summary>Not let in; nothing of it is kept.</summary>
    public sealed record Refused(LocalText Why) : UploadStanding;

    /// <summary>There is no such file, or it is not theirs.</summary>
    public sealed record Unknown : UploadStanding;
}
