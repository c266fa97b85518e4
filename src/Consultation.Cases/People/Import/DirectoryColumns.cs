using Consultation.Cases.Matters.Import;

namespace Consultation.Cases.People.Import;

/// <summary>Columns of the sheet of units.</summary>
public enum UnitColumn
{
    /// <summary>单位名称: required.</summary>
    Name,
    /// <summary>类型: required for a new unit.</summary>
    Kind,
    /// <summary>上级单位.</summary>
    Parent,
    /// <summary>指导专委会.</summary>
    GuidedBy,
    /// <summary>协商议事厅名称.</summary>
    Hall,
    /// <summary>职责领域.</summary>
    Oversees,
    /// <summary>英文名称.</summary>
    NameEn,
}

/// <summary>Columns of the sheet of people.</summary>
public enum PersonColumn
{
    /// <summary>姓名: required.</summary>
    Name,
    /// <summary>职务.</summary>
    Title,
    /// <summary>单位.</summary>
    Unit,
    /// <summary>邮箱.</summary>
    Email,
    /// <summary>电话.</summary>
    Phone,
    /// <summary>角色.</summary>
    Roles,
    /// <summary>界别.</summary>
    Sectors,
    /// <summary>专业领域.</summary>
    Expertise,
    /// <summary>所在街道.</summary>
    Areas,
    /// <summary>登录名.</summary>
    UserName,
    /// <summary>语言.</summary>
    Language,
}

/// <summary>What the columns of a workbook of units and people are called, here and elsewhere.</summary>
public static class DirectoryColumns
{
    private static readonly Dictionary<UnitColumn, string[]> UnitNames = new()
    {
        [UnitColumn.Name] = ["单位名称", "名称", "机构名称", "部门名称", "unit", "unit name"],
        [UnitColumn.Kind] = ["类型", "单位类型", "类别", "kind", "type"],
        [UnitColumn.Parent] = ["上级单位", "上级", "unit above", "parent"],
        [UnitColumn.GuidedBy] = ["指导专委会", "指导单位", "guided by"],
        [UnitColumn.Hall] = ["协商议事厅名称", "协商议事厅", "议事厅", "hall", "hall name"],
        [UnitColumn.Oversees] = ["职责领域", "职责", "oversees"],
        [UnitColumn.NameEn] = ["英文名称", "english name"],
    };

    private static readonly Dictionary<PersonColumn, string[]> PersonNames = new()
    {
        [PersonColumn.Name] = ["姓名", "人员姓名", "name", "full name"],
        [PersonColumn.Title] = ["职务", "职称", "职务/职称", "title", "duty"],
        [PersonColumn.Unit] = ["单位", "所在单位", "工作单位", "部门", "unit"],
        [PersonColumn.Email] = ["邮箱", "电子邮箱", "电子邮件", "邮件", "email", "e-mail", "mail"],
        [PersonColumn.Phone] = ["电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "phone", "mobile"],
        [PersonColumn.Roles] = ["角色", "系统角色", "roles", "role"],
        [PersonColumn.Sectors] = ["界别", "sectors", "sector"],
        [PersonColumn.Expertise] = ["专业领域", "专业", "expertise"],
        [PersonColumn.Areas] = ["所在街道", "街道", "镇街", "areas", "area"],
        [PersonColumn.UserName] = ["登录名", "用户名", "账号", "user name", "log-in name", "login"],
        [PersonColumn.Language] = ["语言", "language"],
    };

    /// <summary>The name of a column.</summary>
    public static LocalText NameOf(UnitColumn column) => column switch
    {
        UnitColumn.Name => new("单位名称", "Unit name"),
        UnitColumn.Kind => new("类型", "Kind"),
        UnitColumn.Parent => new("上级单位", "Unit above"),
        UnitColumn.GuidedBy => new("指导专委会", "Guided by"),
        UnitColumn.Hall => new("协商议事厅名称", "Hall name"),
        UnitColumn.Oversees => new("职责领域", "Oversees"),
        _ => new("英文名称", "English name"),
    };

    /// <summary>The name of a column.</summary>
    public static LocalText NameOf(PersonColumn column) => column switch
    {
        PersonColumn.Name => new("姓名", "Name"),
        PersonColumn.Title => new("职务", "Title"),
        PersonColumn.Unit => new("单位", "Unit"),
        PersonColumn.Email => new("邮箱", "E-mail"),
        PersonColumn.Phone => new("电话", "Phone"),
        PersonColumn.Roles => new("角色", "Roles"),
        PersonColumn.Sectors => new("界别", "Sectors"),
        PersonColumn.Expertise => new("专业领域", "Expertise"),
        PersonColumn.Areas => new("所在街道", "Areas"),
        PersonColumn.UserName => new("登录名", "User name"),
        _ => new("语言", "Language"),
    };

    /// <summary>Which column of a row of headers is which; null when these are no headers of units.</summary>
    internal static Dictionary<UnitColumn, int>? UnitsOf(IReadOnlyList<string> headers) =>
        Find(headers, UnitNames) is { } found && found.ContainsKey(UnitColumn.Name)
            && found.ContainsKey(UnitColumn.Kind) ? found : null;

    /// <summary>The same for people.</summary>
    internal static Dictionary<PersonColumn, int>? PeopleOf(IReadOnlyList<string> headers) =>
        Find(headers, PersonNames) is { Count: > 1 } found && found.ContainsKey(PersonColumn.Name) ? found : null;

    private static Dictionary<T, int> Find<T>(IReadOnlyList<string> headers, Dictionary<T, string[]> names)
        where T : notnull
    {
        var found = new Dictionary<T, int>();
        var plain = headers.Select(head => TypedText.Fold(head).Trim('*', ':')).ToList();
        foreach (var (column, known) in names)
        {
            var at = plain.FindIndex(head => known.Contains(head));
            if (at >= 0) found[column] = at;
        }

        return found;
    }
}

/// <summary>A row of a sheet: its texts by column, blank ones left out.</summary>
/// <param name="Line">The row that Excel shows.</param>
/// <param name="Cells">What stands in it.</param>
/// <param name="Wrong">Why it cannot be read, or null.</param>
internal sealed record SheetLine<T>(int Line, IReadOnlyDictionary<T, string> Cells, LocalText? Wrong)
    where T : notnull
{
    internal string this[T column] => Cells.GetValueOrDefault(column, "");

    internal bool Has(T column) => Cells.ContainsKey(column);
}

/// <summary>
/// Takes the rows of one sheet: finds by its headers what it holds, and keeps the texts of its columns.
/// </summary>
internal sealed class DirectoryRows : ITakesRows
{
    /// <summary>
    /// Most people, most units; the row within which a sheet's header is looked for; longest cell.
    /// </summary>
    internal const int MostRows = 5000, MostUnits = 1000, HeaderWithin = 10, LongestCell = 500;

    private readonly List<SheetLine<UnitColumn>> _units = [];
    private readonly List<SheetLine<PersonColumn>> _people = [];
    private Dictionary<UnitColumn, int>? _unitColumns;
    private Dictionary<PersonColumn, int>? _personColumns;
    private int _first;

    internal IReadOnlyList<SheetLine<UnitColumn>> Units => _units;
    internal IReadOnlyList<SheetLine<PersonColumn>> People => _people;

    /// <summary>It has the headers of units or of people.</summary>
    internal bool IsKnown => _unitColumns is not null || _personColumns is not null;

    internal bool IsTooLong { get; private set; }

    /// <summary>Rows that a filter hides; they are not read.</summary>
    internal int Hidden { get; private set; }

    public bool Take(TableRow row)
    {
        if (row.IsEmpty) return true;
        if (!IsKnown)
        {
            var headers = row.Cells.Take(OrderTable.MostColumns).Select(cell => cell.Text).ToList();
            // A sheet of people may have a column "unit"; one of units has no column of names of people.
            _personColumns = DirectoryColumns.PeopleOf(headers);
            if (_personColumns is null
                || !headers.Exists(head => TypedText.Fold(head).Trim('*') is "姓名" or "name"))
            {
                _unitColumns = DirectoryColumns.UnitsOf(headers);
                if (_unitColumns is not null) _personColumns = null;
            }

            return IsKnown || ++_first < HeaderWithin;
        }

        if (row.IsHidden)
        {
            return ++Hidden <= MostRows;
        }

        if (_units.Count >= MostUnits || _people.Count >= MostRows)
        {
            IsTooLong = true;
            return false;
        }

        if (_unitColumns is { } units) Add(_units, row, units, DirectoryColumns.NameOf);
        else if (_personColumns is { } people) Add(_people, row, people, DirectoryColumns.NameOf);
        return true;
    }

    private static void Add<T>(
        List<SheetLine<T>> lines, TableRow row, Dictionary<T, int> columns, Func<T, LocalText> nameOf)
        where T : notnull
    {
        var cells = new Dictionary<T, string>();
        LocalText? wrong = null;
        foreach (var (column, at) in columns)
        {
            var cell = row[at];
            var name = nameOf(column);
            if (cell.Nature is CellNature.Broken or CellNature.Rounded || OrderTable.IsErrorValue(cell.Text.Trim()))
            {
                wrong ??= new(
                    $"“{name.Zh}”是没有结果的公式、错误值或丢了位数的数字，请改成文本。",
                    $"“{name.En}” is a formula without a result, an error value or a number that lost digits; make it "
                        + "text.");
            }

            if (cell.Text.Length > LongestCell)
            {
                wrong ??= new(
                    $"“{name.Zh}”超过 {LongestCell} 字。", $"“{name.En}” is longer than {LongestCell} characters.");
            }

            var text = TypedText.Line(cell.Text.Length > LongestCell ? cell.Text[..LongestCell] : cell.Text);
            if (text.Length > 0) cells[column] = text;
        }

        if (cells.Count > 0 || wrong is not null) lines.Add(new(row.Line, cells, wrong));
    }
}

/// <summary>The units and people that a workbook names, not compared with anything yet.</summary>
internal sealed record DirectorySheets(
    IReadOnlyList<SheetLine<UnitColumn>> Units, IReadOnlyList<SheetLine<PersonColumn>> People,
    IReadOnlyList<LocalText> Notes)
{
    /// <summary>Reads a workbook within the bounds of every import; else says what is wrong with it.</summary>
    internal static (DirectorySheets? Sheets, LocalText? Wrong) Read(byte[] content)
    {
        if (content is not [0x50, 0x4B, 0x03, 0x04, ..])
        {
            return (null, content is [0xD0, 0xCF, 0x11, 0xE0, ..]
                ? new("这是旧版 .xls 文件，或加了密码的工作簿。请去掉密码，另存为 .xlsx 再上传。",
                    "This is an old .xls file or a workbook with a password; remove it and save as .xlsx first.")
                : new("请上传 .xlsx 工作簿（可先下载模板填写）。",
                    "Hand in an .xlsx workbook; the template is one."));
        }

        var sheets = new List<(string Name, DirectoryRows Rows)>();
        var refused = ExcelTable.ReadSheets(content, name =>
        {
            var rows = new DirectoryRows();
            sheets.Add((name, rows));
            return rows;
        });
        if (refused is not null) return (null, refused.Errors[0].Message);
        if (sheets.Find(one => one.Rows.IsTooLong) is { Rows: not null } tooLong)
        {
            return (null, new(
                $"工作表“{tooLong.Name}”行数太多（人员最多 {DirectoryRows.MostRows} 行，单位最多 {DirectoryRows.MostUnits} 行），请分成几个文件。",
                $"The sheet “{tooLong.Name}” is too long (at most {DirectoryRows.MostRows} people, "
                    + $"{DirectoryRows.MostUnits} units); split the file."));
        }

        if (!sheets.Exists(one => one.Rows.IsKnown))
        {
            return (null, new(
                "没有找到表头：人员表要有“姓名”等列，单位表要有“单位名称”和“类型”列。请使用模板。",
                "No headers were found: people need “Name” and others, units “Unit name” and “Kind”. "
                    + "Use the template."));
        }

        return (new(
            [.. sheets.SelectMany(one => one.Rows.Units)], [.. sheets.SelectMany(one => one.Rows.People)],
            [.. sheets.Where(one => one.Rows.Hidden > 0).Select(one => new LocalText(
                $"工作表“{one.Name}”有 {one.Rows.Hidden} 行被隐藏，没有读取。",
                $"{one.Rows.Hidden} hidden rows of the sheet “{one.Name}” were not read."))]), null);
    }
}
