using Consultation.Cases.Calendar;

namespace Consultation.Cases.Matters.Import;

/// <summary>
/// Takes the rows of a file one after the other: finds the header among the first, makes orders of those that follow,
/// and leaves out what is none. Keeps orders only, never the table.
/// </summary>
internal sealed class OrderRows(
    IReadOnlyDictionary<ImportField, int>? wanted, WorkingCalendar calendar, DateTimeOffset now) : ITakesRows
{
    /// <summary>Rows among which the header is looked for; rows of each kind that are kept to be shown.</summary>
    private const int HeaderWithin = 20, MostShown = 1000;

    private readonly List<TableRow> _first = [];
    private readonly List<(HotlineOrder Order, CellNature Number)> _orders = [];
    private readonly List<BadRow> _bad = [], _doubts = [];
    private readonly List<LocalText> _notes = [];
    private readonly List<int> _hidden = [], _passedOver = [];
    private readonly Dictionary<string, int> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, int> _lengths = [];
    private TableRow? _header;
    private string[] _headers = [];
    private OrderCells? _cells;
    private OrderReading.Refused? _refused;
    private int _badCount, _doubtCount, _rows;
    private long _text;

    internal string Encoding { get; set; } = "";

    /// <summary>The file counts days from 1904.</summary>
    internal bool Starts1904 { get; set; }

    /// <summary>Something that whoever looks at the preview should know.</summary>
    internal void Note(LocalText note) => _notes.Add(note);

    /// <inheritdoc/>
    public bool Take(TableRow row)
    {
        if (row.IsEmpty) return true;
        if (row.IsHidden)
        {
            _hidden.Add(row.Line);
            return _hidden.Count <= OrderTable.MostRows;
        }

        if (_header is not null) return Add(row);
        _first.Add(row);
        if (OrderReader.IsHeader(Words(row))) return Begin(row);
        return _first.Count < HeaderWithin || Begin(FullestRow());
    }

    /// <summary>What came of the file.</summary>
    internal OrderReading Finish()
    {
        if (_header is null && _first.Count > 0) Begin(FullestRow());
        if (_refused is not null) return _refused;
        if (_header is null) return OrderReading.Because("文件里没有内容。", "The file has no content.");
        if (_rows == 0)
        {
            return OrderReading.Because("文件里只有表头，没有工单。", "The file has a header but no orders.");
        }

        var usual = _lengths.Count == 0 ? 0 : _lengths.MaxBy(pair => pair.Value).Key;
        var orders = new List<HotlineOrder>(_orders.Count);
        foreach (var (order, nature) in _orders)
        {
            if (OrderCells.LostZeros(order.OrderNumber, nature, usual) is { } lost)
            {
                AddBad(order.Line, order.OrderNumber, lost);
            }
            else
            {
                orders.Add(order);
            }
        }

        NoteLines(
            _passedOver, "标题、重复的表头、合计，不是工单，已略过", "titles, repeated headers or totals: passed over");
        NoteLines(_hidden, "隐藏（如被筛选掉），没有读取；如需导入，请在表格中取消隐藏",
            "hidden, e.g. by a filter: not read. Show them in the workbook to have them imported");
        return new OrderReading.Read(new OrderList(
            _headers, _cells!.Mapping, orders, [.. _bad.OrderBy(row => row.Line)], Encoding)
        {
            Bad = _badCount,
            Doubts = _doubts,
            DoubtCount = _doubtCount,
            Notes = _notes,
        });
    }

    /// <summary>Where the names of the columns are not known, the first row with most cells is the header.</summary>
    private TableRow FullestRow() => _first.MaxBy(row => Words(row).Count(word => word.Length > 0))!;

    private static IEnumerable<string> Words(TableRow row) =>
        row.Cells.Select(cell => PlainText.Clean(cell.Text).Trim());

    private bool Begin(TableRow header)
    {
        _header = header;
        _headers = [.. Words(header)];
        _passedOver.AddRange(_first.TakeWhile(row => row != header).Select(row => row.Line));
        var mapping = wanted ?? OrderReader.Suggest(_headers);
        if (OrderReader.WrongMapping(mapping, _headers) is { Count: > 0 } errors)
        {
            _refused = new OrderReading.Refused(errors, _headers);
            return false;
        }

        _cells = new OrderCells(mapping, calendar, now, Starts1904);
        return _first.SkipWhile(row => row != header).Skip(1).All(Add);
    }

    private bool Add(TableRow row)
    {
        if (IsNoOrder(row))
        {
            _passedOver.Add(row.Line);
            return _passedOver.Count <= OrderTable.MostRows;
        }

        if (++_rows > OrderTable.MostRows) return Refuse(OrderTable.TooManyRows);
        var (order, number, reason, doubts) = _cells!.Read(row);
        if (reason is null && order is not null && !_seen.TryAdd(order.OrderNumber, row.Line))
        {
            var first = _seen[order.OrderNumber];
            reason = new($"工单编号与第 {first} 行重复。", $"The order number repeats that of row {first}.");
        }

        if (reason is not null || order is null)
        {
            AddBad(row.Line, number.Text, reason!);
            return true;
        }

        if (number.Nature == CellNature.Text)
        {
            _lengths[number.Text.Length] = _lengths.GetValueOrDefault(number.Text.Length) + 1;
        }

        foreach (var doubt in doubts)
        {
            _doubtCount++;
            if (_doubts.Count < MostShown) _doubts.Add(new(row.Line, order.OrderNumber, doubt));
        }

        _text += order.Length;
        _orders.Add((order, number.Nature));
        return _text <= OrderTable.MostText || Refuse(OrderTable.TooMuch);
    }

    private void AddBad(int line, string number, LocalText reason)
    {
        _badCount++;
        if (_bad.Count < MostShown) _bad.Add(new BadRow(line, PlainText.Cut(number, 60, "…"), reason));
    }

    private bool Refuse(LocalText why)
    {
        _refused = OrderReading.Because(why);
        return false;
    }

    /// <summary>A header that is repeated on every printed page, and lines that add up what stands above.</summary>
    private bool IsNoOrder(TableRow row)
    {
        var isHeader = _cells!.Mapping.Values.All(
            column => PlainText.Clean(row[column].Text).Trim() == _headers[column]);
        if (isHeader) return true;
        var first = row.Cells.First(cell => !string.IsNullOrWhiteSpace(cell.Text)).Text;
        var word = first.Replace(" ", "", StringComparison.Ordinal).Replace("\u3000", "", StringComparison.Ordinal)
            .TrimEnd(':', '\uFF1A');
        return word is "合计" or "总计" or "小计" or "共计" or "累计" or "本页小计" or "本页合计" or "总数"
            || word.Equals("total", StringComparison.OrdinalIgnoreCase)
            || word.Length <= 12 && word is ['合' or '总' or '小' or '共', '计', ..] && word.Any(char.IsAsciiDigit)
            || word.Length <= 12 && word is ['共', .., '条' or '件' or '行'] && word.Any(char.IsAsciiDigit);
    }

    private void NoteLines(List<int> lines, string zh, string en)
    {
        const int most = 10;
        if (lines.Count == 0) return;
        var (named, namedEn) = (string.Join('、', lines.Take(most)), string.Join(", ", lines.Take(most)));
        _notes.Add(lines.Count <= most
            ? new($"第 {named} 行：{zh}。", $"Rows {namedEn}: {en}.")
            : new($"第 {named} 等 {lines.Count} 行：{zh}。", $"Rows {namedEn} and more, {lines.Count} in all: {en}."));
    }
}
