namespace Consultation.Cases;

/// <summary>
/// Ids that sort by the time they were made, those of one instant too: the bits that a version 7 GUID leaves to chance
/// count on in this process. So the lines of one step stand in the order in which they were written.
/// </summary>
public static class OrderedGuid
{
    private static int _count;

    /// <summary>A new id of this moment.</summary>
    public static Guid New() => Counted(Guid.CreateVersion7());

    /// <summary>A new id of that instant.</summary>
    public static Guid New(DateTimeOffset now) => Counted(Guid.CreateVersion7(now));

    /// <summary>The first 32 of the 74 bits behind time, version and variant hold the count.</summary>
    private static Guid Counted(Guid id)
    {
        var count = unchecked((uint)Interlocked.Increment(ref _count));
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)(0x70 | (count >> 28));
        bytes[7] = (byte)(count >> 20);
        bytes[8] = (byte)(0x80 | ((count >> 14) & 0x3F));
        bytes[9] = (byte)(count >> 6);
        bytes[10] = (byte)((count << 2) | (bytes[10] & 0x03u));
        return new Guid(bytes, bigEndian: true);
    }
}
