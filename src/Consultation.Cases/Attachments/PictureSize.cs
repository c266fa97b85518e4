using System.Buffers.Binary;

namespace Consultation.Cases.Attachments;

/// <summary>
/// Width and height of a picture by its head alone: what would take too much memory is refused before anything is
/// decoded. Steps and bytes are bounded.
/// </summary>
internal static class PictureSize
{
    private const int MostSegments = 2_000;

    /// <summary>The size; (0, 0) when it cannot be found.</summary>
    public static (int Width, int Height) Read(Stream content, FileKind kind)
    {
        try
        {
            return kind.Key switch
            {
                "jpg" => OfJpeg(content),
                "png" => OfPng(content),
                _ => OfWebP(content),
            };
        }
        catch (EndOfStreamException)
        {
            return default;
        }
    }

    private static (int, int) OfPng(Stream content)
    {
        Span<byte> head = stackalloc byte[24];
        content.ReadExactly(head);
        return head[12..16].SequenceEqual("IHDR"u8)
            ? (Positive(BinaryPrimitives.ReadInt32BigEndian(head[16..])),
                Positive(BinaryPrimitives.ReadInt32BigEndian(head[20..])))
            : default;
    }

    private static (int, int) OfWebP(Stream content)
    {
        Span<byte> head = stackalloc byte[30];
        content.ReadExactly(head);
        var form = head[12..16];
        if (form.SequenceEqual("VP8X"u8)) return (1 + Int24(head[24..]), 1 + Int24(head[27..]));
        if (form.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        return form.SequenceEqual("VP8 "u8)
            ? (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF)
            : default;
    }

    private static (int, int) OfJpeg(Stream content)
    {
        Span<byte> four = stackalloc byte[4];
        Span<byte> frame = stackalloc byte[5];
        content.Position = 2;
        for (var segment = 0; segment < MostSegments; segment++)
        {
            content.ReadExactly(four);
            if (four[0] != 0xFF) return default;
            // Fill bytes may stand before a marker.
            if (four[1] == 0xFF)
            {
                content.Position -= 3;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(four[2..]);
            if (length < 2) return default;
            if (four[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                content.ReadExactly(frame);
                return (BinaryPrimitives.ReadUInt16BigEndian(frame[3..]),
                    BinaryPrimitives.ReadUInt16BigEndian(frame[1..]));
            }

            content.Position += length - 2;
            if (content.Position >= content.Length) return default;
        }

        return default;
    }

    private static int Int24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static int Positive(int size) => Math.Max(0, size);
}
