namespace Consultation.Cases.Matters.Import;

/// <summary>
/// The XML of a part without the characters that it must not have and that some systems write raw all the same: control
/// characters go, U+FFFE and U+FFFF become the sign for what cannot be shown. One of them would refuse the whole
/// workbook. Only for encodings in which a byte below 32 is a control character; UTF-16 is left as it is.
/// </summary>
internal sealed class PrintableXml(Stream part) : PartStream(part)
{
    private byte _before, _last;
    private bool? _isBytewise;

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var read = Part.Read(buffer);
            if (read == 0) return 0;
            // UTF-16 and UTF-32 begin with a mark or have a zero among the first four bytes.
            _isBytewise ??= buffer[0] is not (0xFE or 0xFF) && !buffer[..Math.Min(read, 4)].Contains((byte)0);
            var kept = _isBytewise == true ? Clean(buffer[..read]) : read;
            if (kept > 0) return kept;
        }
    }

    private int Clean(Span<byte> bytes)
    {
        var kept = 0;
        foreach (var one in bytes)
        {
            if (one < 0x20 && one is not ((byte)'\t' or (byte)'\n' or (byte)'\r')) continue;
            var forbidden = one is 0xBE or 0xBF && (_before, _last) == (0xEF, 0xBF);
            (_before, _last) = (_last, one);
            bytes[kept++] = forbidden ? (byte)0xBD : one;
        }

        return kept;
    }
}
