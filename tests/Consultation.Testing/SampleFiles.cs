using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace Consultation.Testing;

/// <summary>Files as people, telephones and attackers send them.</summary>
public static class SampleFiles
{
    /// <summary>What stands in the place data of <see cref="Photo"/>, as bytes.</summary>
    public const string Marker = "GPS-MARKER-116.4E-39.9N";

    /// <summary>A photo as a telephone makes it: turned on its side, with place and device in its data.</summary>
    public static byte[] Photo(int width = 640, int height = 480, bool turned = true)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.SteelBlue);
            using var paint = new SKPaint { Color = SKColors.Gold };
            canvas.DrawRect(0, 0, width / 4f, height / 4f, paint);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return WithExif(data.ToArray(), turned ? (byte)6 : (byte)1);
    }

    /// <summary>A picture in the format PNG.</summary>
    public static byte[] Png(int width = 40, int height = 30)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Transparent);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The head of a PNG that says it has that many dots; nothing else of it is there.</summary>
    public static byte[] PngOf(int width, int height)
    {
        var bytes = Png();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }

    /// <summary>A Word document, with further parts.</summary>
    public static byte[] Word(params (string Name, string Content)[] parts) => Zip(
    [
        ("[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
            + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override "
            + "PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument."
            + "wordprocessingml.document.main+xml\"/></Types>"),
        ("_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
            + "Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
            + "Target=\"word/document.xml\"/></Relationships>"),
        ("word/document.xml",
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r>"
            + "<w:t>调研情况</w:t></w:r></w:p></w:body></w:document>"),
        .. parts,
    ]);

    /// <summary>An archive of these parts.</summary>
    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return memory.ToArray();
    }

    /// <summary>An old office file with streams of these names in its directory.</summary>
    public static byte[] Compound(params string[] streams)
    {
        var bytes = new byte[512 + 128 * Math.Max(4, streams.Length)];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(bytes, 0);
        for (var at = 0; at < streams.Length; at++)
        {
            var entry = bytes.AsSpan(512 + 128 * at, 128);
            var name = Encoding.Unicode.GetBytes(streams[at]);
            name.CopyTo(entry);
            entry[64] = (byte)(name.Length + 2);
        }

        return bytes;
    }

    /// <summary>Bytes that no two files share, of a text file.</summary>
    public static byte[] Text(int length, string begins = "")
    {
        var text = new byte[length];
        Array.Fill(text, (byte)'a');
        Encoding.UTF8.GetBytes(begins).CopyTo(text, 0);
        return text;
    }

    private static byte[] WithExif(byte[] jpeg, byte orientation)
    {
        // Little-endian TIFF: orientation, and a maker's text that stands for place and device.
        var marker = Encoding.ASCII.GetBytes(Marker + "\0");
        using var tiff = new MemoryStream();
        using var writer = new BinaryWriter(tiff);
        writer.Write("II"u8);
        writer.Write((short)42);
        writer.Write(8);
        writer.Write((short)2);
        writer.Write((short)0x010F);
        writer.Write((short)2);
        writer.Write(marker.Length);
        writer.Write(38);
        writer.Write((short)0x0112);
        writer.Write((short)3);
        writer.Write(1);
        writer.Write((int)orientation);
        writer.Write(0);
        writer.Write(marker);
        var exif = "Exif\0\0"u8.ToArray().Concat(tiff.ToArray()).ToArray();
        var segment = new byte[4];
        (segment[0], segment[1]) = (0xFF, 0xE1);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(exif.Length + 2));
        return [.. jpeg[..2], .. segment, .. exif, .. jpeg[2..]];
    }
}
