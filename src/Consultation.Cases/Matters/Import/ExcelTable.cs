using System.IO.Compression;
using System.IO.Packaging;
using System.Xml;

namespace Consultation.Cases.Matters.Import;

/// <summary>
/// Reads the first visible sheet of an .xlsx file that holds orders. Every part is read as a stream, within bounds that
/// are looked at before anything is unpacked.
/// </summary>
internal sealed class ExcelTable
{
    /// <summary>
    /// Most bytes that the file may unpack to, most bytes of one of its lists of parts, most parts, most times that a
    /// large part may be smaller packed than unpacked, and most sheets that are looked into.
    /// </summary>
    private const int MostUnpacked = 200 * 1024 * 1024, LargestList = 1024 * 1024, MostParts = 2000, MostRatio = 250,
        MostSheets = 8;

    private const int LargePart = 10 * 1024 * 1024;

    /// <summary>Sheets are read twice: first for their merged cells, which stand at the end.</summary>
    private readonly BoundedXml _xml = new(2L * MostUnpacked);

    private readonly Package _package;

    private ExcelTable(Package package) => _package = package;

    internal static OrderReading Read(byte[] content, Func<OrderRows> begin) =>
        Open(content, table => table.Read(begin)) ?? Unreadable();

    /// <summary>
    /// Reads the visible sheets, as many as are looked into, one after the other; each goes to who takes rows of its
    /// name, if anybody does. Null when all could be read, else what is wrong with the file.
    /// </summary>
    internal static OrderReading.Refused? ReadSheets(byte[] content, Func<string, ITakesRows?> sheet) =>
        Open(content, table => table.ReadSheets(sheet)) as OrderReading.Refused;

    private static OrderReading? Open(byte[] content, Func<ExcelTable, OrderReading?> read)
    {
        try
        {
            if (IsTooMuch(content)) return OrderReading.Because(OrderTable.TooMuch);
            using var stream = new MemoryStream(content, writable: false);
            using var package = Package.Open(stream, FileMode.Open, FileAccess.Read);
            return HasMacros(package) ? Macros() : read(new ExcelTable(package));
        }
        catch (Exception error) when (error is InvalidDataException or FormatException or XmlException
            or KeyNotFoundException or ArgumentException or InvalidOperationException or IOException
            or NotSupportedException or OverflowException)
        {
            return Unreadable();
        }
    }

    /// <summary>By what the parts are, not by the name of the file: macros of workbooks and of old sheets.</summary>
    private static bool HasMacros(Package package) => package.GetParts().Any(part =>
        part.ContentType.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase)
        || part.ContentType.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)
        || part.ContentType.Contains("macrosheet", StringComparison.OrdinalIgnoreCase));

    private static OrderReading.Refused Macros() => OrderReading.Because(
        "工作簿里有宏（程序），不能导入。请在 Excel 或 WPS 中另存为不带宏的 .xlsx 再导入。",
        "The workbook holds macros (programs) and is not let in. Save it as .xlsx without macros and try again.");

    private static OrderReading.Refused Unreadable() => OrderReading.Because(
        "文件无法打开：可能已损坏、加了密码、内容异常，或不是 .xlsx 工作簿。请重新导出后再试。",
        "The file cannot be opened: it may be damaged, protected by a password, oddly made, or no .xlsx workbook. "
            + "Export it again.");

    /// <summary>
    /// What the ZIP says of itself; it cannot unpack to more than it says. Entries are counted before they are listed.
    /// </summary>
    private static bool IsTooMuch(byte[] content)
    {
        if (content.AsSpan().Count("PK\u0001\u0002"u8) > MostParts) return true;
        using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
        return archive.Entries.Sum(entry => entry.Length) > MostUnpacked || archive.Entries.Any(
            entry => entry.Length > LargestList && IsList(entry.FullName)
                || entry.Length > LargePart && entry.Length / MostRatio > entry.CompressedLength);
    }

    private static bool IsList(string name) => name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
        || name.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The first sheet with orders; else what is wrong with the one that has most of a header. Null: there is no sheet.
    /// </summary>
    private OrderReading? Read(Func<OrderRows> begin)
    {
        if (OpenBook() is not { } book) return null;
        if (book.Strings is not { } strings) return OrderReading.Because(OrderTable.TooMuch);
        OrderReading.Refused? refused = null;
        foreach (var (name, part) in book.Sheets.Take(MostSheets))
        {
            var rows = begin();
            (rows.Encoding, rows.Starts1904) = ("Excel", book.Starts1904);
            if (book.Sheets.Count > 1) rows.Note(new(
                $"工作簿有 {book.Sheets.Count} 张工作表，只读取了“{name}”。",
                $"The workbook has {book.Sheets.Count} sheets; only “{name}” was read."));
            if (ReadSheet(name, new(_xml, part, strings, book.Styles, book.Starts1904), rows) is { } damaged)
            {
                return damaged;
            }

            var reading = rows.Finish();
            if (reading is not OrderReading.Refused problem) return reading;
            if (refused is null || refused.Headers.Count < problem.Headers.Count) refused = problem;
        }

        return refused;
    }

    private OrderReading.Refused? ReadSheets(Func<string, ITakesRows?> sheet)
    {
        if (OpenBook() is not { } book) return Unreadable();
        if (book.Strings is not { } strings) return OrderReading.Because(OrderTable.TooMuch);
        foreach (var (name, part) in book.Sheets.Take(MostSheets))
        {
            if (sheet(name) is { } rows
                && ReadSheet(name, new(_xml, part, strings, book.Styles, book.Starts1904), rows) is { } damaged)
            {
                return damaged;
            }
        }

        return null;
    }

    private static OrderReading.Refused? ReadSheet(string name, ExcelSheet sheet, ITakesRows rows)
    {
        try
        {
            sheet.Read(rows);
            return null;
        }
        catch (XmlException)
        {
            return OrderReading.Because(
                $"工作表“{name}”第 {Math.Max(1, sheet.Line)} 行附近的内容已损坏，无法读取。请用表格软件打开、另存为 .xlsx 后再试。",
                $"The sheet “{name}” is damaged near row {Math.Max(1, sheet.Line)} and cannot be read. Open it in "
                    + "a spreadsheet program, save it as .xlsx and try again.");
        }
    }

    /// <summary>What is read before any sheet; null when it is no workbook.</summary>
    private Book? OpenBook()
    {
        var root = new Uri("/", UriKind.Relative);
        if (_package.GetRelationships().FirstOrDefault(one => IsOf(one, "/officeDocument")) is not { } main
            || PartOf(root, main) is not { } book)
        {
            return null;
        }

        var parts = book.GetRelationships().Where(one => one.TargetMode == TargetMode.Internal)
            .ToDictionary(one => one.Id, StringComparer.Ordinal);
        var workbook = ExcelWorkbook.Read(_xml, book.GetStream());
        var strings = ExcelStrings.Read(_xml, Open(book, parts.Values, "/sharedStrings"));
        var styles = ExcelStyles.Read(_xml, Open(book, parts.Values, "/styles"));
        var sheets = workbook.VisibleSheets
            .Where(sheet => parts.TryGetValue(sheet.Id, out var part) && IsOf(part, "/worksheet"))
            .Select(sheet => (sheet.Name, Part: PartOf(book.Uri, parts[sheet.Id])))
            .Where(sheet => sheet.Part is not null).Select(sheet => (sheet.Name, sheet.Part!)).ToList();
        return new(strings, styles, sheets, workbook.Starts1904);
    }

    private sealed record Book(
        IReadOnlyList<string>? Strings, ExcelStyles Styles, IReadOnlyList<(string Name, PackagePart Part)> Sheets,
        bool Starts1904);

    private Stream? Open(PackagePart book, IEnumerable<PackageRelationship> parts, string kind) =>
        parts.FirstOrDefault(one => IsOf(one, kind)) is { } found ? PartOf(book.Uri, found)?.GetStream() : null;

    private PackagePart? PartOf(Uri source, PackageRelationship relationship) =>
        PackUriHelper.ResolvePartUri(source, relationship.TargetUri) is var uri && _package.PartExists(uri)
            ? _package.GetPart(uri)
            : null;

    /// <summary>Both editions of the format, strict and transitional, end their names alike.</summary>
    private static bool IsOf(PackageRelationship relationship, string kind) =>
        relationship.RelationshipType.EndsWith(kind, StringComparison.Ordinal);
}
