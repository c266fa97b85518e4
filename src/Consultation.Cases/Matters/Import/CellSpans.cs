namespace Consultation.Cases.Matters.Import;

/// <summary>
/// Cells that reach over several rows. What such a cell says holds for each of its rows; only its first column is
/// filled, so that a title over the whole width stays one cell.
/// </summary>
internal sealed class CellSpans
{
    private readonly SortedDictionary<int, (int First, int Last, TableCell Cell)> _open = [];

    internal void Open(int column, int line, int rows, TableCell cell)
    {
        if (rows > 1 && column < OrderTable.MostColumns) _open[column] = (line, line + rows - 1, cell);
    }

    /// <summary>Puts the cells that reach into this row where the next one would stand.</summary>
    internal void Fill(List<TableCell> cells, int line)
    {
        while (_open.TryGetValue(cells.Count, out var span) && span.First < line && line <= span.Last)
        {
            cells.Add(span.Cell);
        }
    }

    /// <summary>Puts the cells that reach into this row where it has none.</summary>
    internal void FillEmpty(List<TableCell> cells, int line)
    {
        foreach (var (column, span) in _open.Where(span => span.Value.First < line && line <= span.Value.Last))
        {
            while (cells.Count <= column) cells.Add(new TableCell(""));
            if (cells[column].Text.Length == 0) cells[column] = span.Cell;
        }
    }
}
