using System.Xml;

namespace Consultation.Cases.Matters.Import;

/// <summary>
/// The XML within a file that a stranger packed: read as a stream and never as a tree, with bounds on what one file may
/// cost. Who goes beyond them gets an <see cref="InvalidDataException"/>.
/// </summary>
/// <param name="mostBytes">Most bytes that are unpacked, of all parts together.</param>
internal sealed class BoundedXml(long mostBytes)
{
    /// <summary>Deepest nesting, most bytes without a new tag, most different names of elements and attributes.
    /// </summary>
    private const int Deepest = 64, LongestToken = 1024 * 1024, MostNames = 10_000;

    private long _left = mostBytes;

    /// <summary>Opens a part; whoever reads it moves with <see cref="Next"/> only.</summary>
    internal XmlReader Open(Stream part) => XmlReader.Create(new PrintableXml(new CountedStream(part, this)), new()
    {
        // Characters that XML forbids are written by more than one system; they are left out of what is kept. Those
        // that are not even escaped are gone by then.
        CheckCharacters = false,
        CloseInput = true,
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        NameTable = new BoundedNames(),
        XmlResolver = null,
    });

    /// <summary>Moves to the next node; false at the end.</summary>
    internal static bool Next(XmlReader reader) =>
        reader.Read() && (reader.Depth <= Deepest ? true : throw new InvalidDataException("nested too deeply"));

    /// <summary>Moves to the next element within the one at this depth; false behind its end.</summary>
    internal static bool NextWithin(XmlReader reader, int depth)
    {
        while (Next(reader) && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element) return true;
        }

        return false;
    }

    private void Take(int bytes)
    {
        _left -= bytes;
        if (_left < 0) throw new InvalidDataException("unpacks to too much");
    }

    private sealed class BoundedNames : NameTable
    {
        private int _names;

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(
            base.Add(key, start, len));

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

        private string Counted(string name) =>
            ++_names <= MostNames ? name : throw new InvalidDataException("too many names");
    }

    /// <summary>Counts what is unpacked, and how long the reader would have to keep it together.</summary>
    private sealed class CountedStream(Stream part, BoundedXml bounds) : PartStream(part)
    {
        private int _sinceTag;

        public override int Read(Span<byte> buffer)
        {
            var read = Part.Read(buffer);
            bounds.Take(read);
            var tag = buffer[..read].LastIndexOf((byte)'<');
            // Looked at in pieces of the reader's buffer: what hides within one of them is no longer than it.
            _sinceTag = tag < 0 ? _sinceTag + read : read - tag;
            return _sinceTag <= LongestToken ? read : throw new InvalidDataException("a token is too long");
        }
    }
}
