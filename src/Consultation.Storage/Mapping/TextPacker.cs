using System.Buffers.Binary;
using System.IO.Compression;

namespace Consultation.Storage.Mapping;

/// <summary>
/// Packs many short texts of one kind. Deflate finds repetitions in what it has seen, so it is shown a sample of the
/// kind first: a mail of 6 KB, most of it layout, takes less than 500 bytes. The sample belongs to what is stored: it
/// is never changed; a better one gets a number of its own. Thread-safe.
/// </summary>
internal sealed class TextPacker
{
    /// <summary>Kept from one call to the next: every step packs a page.</summary>
    [ThreadStatic]
    private static MemoryStream? _target;

    private readonly byte _number;
    private readonly byte[] _sample;

    /// <summary>
    /// The sample as a deflate block that is stored as it is; whatever follows it may refer back into it.
    /// </summary>
    private readonly byte[] _opening;

    /// <summary>Takes the sample from an embedded file of this assembly.</summary>
    /// <param name="number">Number of the sample; the first byte of everything packed with it. JSON never begins with a
    /// number below 32.</param>
    /// <param name="file">Name of the file, e.g. "Mail.MailSample.txt"; at most 32,768 bytes.</param>
    public TextPacker(byte number, string file)
    {
        using var resource = typeof(TextPacker).Assembly.GetManifestResourceStream($"Consultation.Storage.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        _number = number;
        _sample = new byte[resource.Length];
        resource.ReadExactly(_sample);

        // A stored block: kind 0 and not the last one, length, the length's complement, the bytes.
        const int HeaderLength = 5;
        _opening = new byte[HeaderLength + _sample.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(_opening.AsSpan(1), (ushort)_sample.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(_opening.AsSpan(3), (ushort)~_sample.Length);
        _sample.CopyTo(_opening, HeaderLength);
    }

    /// <summary>Whether <see cref="Pack"/> made it.</summary>
    public bool IsPacked(ReadOnlySpan<byte> bytes) => bytes.Length > 0 && bytes[0] == _number;

    public byte[] Pack(ReadOnlySpan<byte> text)
    {
        var target = _target ??= new MemoryStream(2 * _sample.Length);
        target.SetLength(0);
        int start;
        using (var deflate = new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(_sample);
            deflate.Flush();
            // After a flush whole bytes begin anew: what comes now follows on any encoding of the sample.
            start = (int)target.Length - 1;
            deflate.Write(text);
        }

        var packed = target.GetBuffer().AsSpan(start, (int)target.Length - start);
        packed[0] = _number;
        return packed.ToArray();
    }

    public byte[] Unpack(byte[] packed)
    {
        using var source = new MemoryStream(_opening.Length + packed.Length);
        source.Write(_opening);
        source.Write(packed.AsSpan(1));
        source.Position = 0;
        using var inflate = new DeflateStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream(packed.Length * 8);
        inflate.CopyTo(target);
        return target.ToArray().AsSpan(_sample.Length).ToArray();
    }
}
