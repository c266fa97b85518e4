using Consultation.Cases;
using Consultation.Cases.Attachments;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Attachments;

/// <summary>
/// Reads a content from its parts in the database, one part in memory at a time; can be searched. Disposes its context
/// when it owns it.
/// </summary>
internal sealed class ContentStream(
    ConsultationDb db, OrganisationId organisation, Guid content, long length, bool ownsContext) : Stream
{
    private byte[] _part = [];
    private int _number = -1;
    private long _position;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value < 0 ? throw new IOException("before the beginning") : value;
    }

    public override int Read(Span<byte> buffer)
    {
        var number = Next(buffer.Length);
        if (number < 0) return 0;
        if (number != _number) Take(number, Query(number).FirstOrDefault());
        return Copy(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var number = Next(buffer.Length);
        if (number < 0) return 0;
        if (number != _number) Take(number, await Query(number).FirstOrDefaultAsync(cancellationToken));
        return Copy(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && ownsContext) db.Dispose();
        base.Dispose(disposing);
    }

    private int Next(int wanted) =>
        wanted == 0 || _position >= length ? -1 : (int)(_position / AttachmentPart.Size);

    private IQueryable<byte[]> Query(int number) => db.Set<AttachmentPart>().AsNoTracking()
        .Where(row => row.OrganisationId == organisation && row.ContentId == content && row.Number == number)
        .Select(row => row.Bytes);

    private void Take(int number, byte[]? bytes) =>
        (_number, _part) = (number, bytes ?? throw new EndOfStreamException($"part {number} of {content} is missing"));

    private int Copy(Span<byte> buffer)
    {
        var at = (int)(_position % AttachmentPart.Size);
        var count = Math.Min(buffer.Length, _part.Length - at);
        if (count <= 0) throw new EndOfStreamException($"a part of {content} is too short");
        _part.AsSpan(at, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
