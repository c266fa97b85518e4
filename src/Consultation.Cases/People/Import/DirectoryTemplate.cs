using Consultation.Cases.Matters.Import;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Consultation.Cases.People.Import;

/// <summary>
/// A workbook to fill in: people, units, and what may be chosen, which is the organisation's own. Its cells are text,
/// so that a spreadsheet leaves phone numbers as they are typed; lists are offered where a cell has one value.
/// </summary>
public static class DirectoryTemplate
{
    private const int OfferedRows = 2000;

    /// <summary>The workbook, in the language that is asked for.</summary>
    public static byte[] Build(OrganisationDirectory directory, Func<LocalText, string> language)
    {
        var units = directory.Units.Where(unit => unit.Active).OrderBy(unit => unit.Kind)
            .ThenBy(unit => unit.Name.Zh, StringComparer.Ordinal).Select(unit => language(unit.Name)).ToList();
        var kinds = Enum.GetValues<UnitKind>().Select(kind => language(RoleNames.Of(kind))).ToList();
        var lists = new (LocalText Name, IReadOnlyList<string> Words)[]
        {
            (new("单位类型", "Kinds of unit"), kinds),
            (new("角色", "Roles"), [.. Enum.GetValues<Role>().Select(role => language(RoleNames.Of(role)))]),
            (new("现有单位", "Units"), units),
            (new("界别", "Sectors"), Words(directory.People.SelectMany(person => person.Sectors))),
            (new("专业领域", "Expertise"), Words(directory.People.SelectMany(person => person.Expertise)
                .Concat(directory.Units.SelectMany(unit => unit.Oversees)))),
            (new("街道", "Areas"), Words(directory.People.SelectMany(person => person.Areas))),
            (new("填写说明", "How to fill it in"), [.. Hints.Select(language)]),
        };
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = OrderTemplate.Styles();
            var listName = language(new("可选项", "Lists"));
            string Offered(int column, int count) =>
                $"'{listName}'!${(char)('A' + column)}$2:${(char)('A' + column)}${Math.Max(2, count + 1)}";
            var sheets = new Sheets(
                Sheet(workbook, 1, language(new("人员", "People")),
                    [.. Enum.GetValues<PersonColumn>().Select(column => language(DirectoryColumns.NameOf(column)))],
                    [], [((int)PersonColumn.Unit, Offered(2, units.Count))]),
                Sheet(workbook, 2, language(new("单位", "Units")),
                    [.. Enum.GetValues<UnitColumn>().Select(column => language(DirectoryColumns.NameOf(column)))],
                    [], [((int)UnitColumn.Kind, Offered(0, kinds.Count)),
                        ((int)UnitColumn.Parent, Offered(2, units.Count)),
                        ((int)UnitColumn.GuidedBy, Offered(2, units.Count))]),
                Sheet(workbook, 3, listName, [.. lists.Select(list => language(list.Name))],
                    [.. lists.Select(list => list.Words)], []));
            workbook.Workbook = new Workbook(sheets);
        }

        return stream.ToArray();
    }

    private static LocalText[] Hints =>
    [
        new("带“姓名”的表填人员，带“单位名称”和“类型”的表填单位；可以只填一张。",
            "The sheet with “Name” is for people, the one with “Unit name” and “Kind” for units; one of them will do."),
        new("角色写“角色（单位名称）”，几个角色用顿号分开，如：政协委员、平台专人（河畔街道委员工作站）。不写单位的，按本人所在单位。",
            "Write a role as “Role (name of the unit)”, several with a comma between; without a unit the person's own "
                + "is meant."),
        new("空着的格子保持原样；导入只增加角色，不收回角色。",
            "A blank cell leaves what is there; roles are added and never taken."),
        new("按登录名、邮箱、姓名加电话、姓名加单位认出现有人员。",
            "People are known again by log-in name, address, name with phone, name within the unit."),
        new("没有邮箱的人员可以打印纸质通知。", "Whoever has no address gets printed slips."),
    ];

    private static List<string> Words(IEnumerable<string> words) =>
        [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Sheet Sheet(
        WorkbookPart workbook, uint id, string name, IReadOnlyList<string> headers,
        IReadOnlyList<IReadOnlyList<string>> columns, IReadOnlyList<(int Column, string List)> offered)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        var longest = columns.Count == 0 ? 0 : columns.Max(column => column.Count);
        var rows = Enumerable.Range(0, longest).Select(row => new Row(columns.Select(
            column => Text(row < column.Count ? column[row] : "", OrderTemplate.TextStyle))));
        part.Worksheet = new Worksheet(
            new Columns(headers.Select((_, index) => new Column
            {
                Min = (uint)index + 1,
                Max = (uint)index + 1,
                Width = 22,
                CustomWidth = true,
                Style = OrderTemplate.TextStyle,
            })),
            new SheetData([new Row(headers.Select(head => Text(head, OrderTemplate.HeadStyle))), .. rows]));
        if (offered.Count > 0)
        {
            part.Worksheet.Append(new DataValidations(offered.Select(one => new DataValidation(new Formula1(one.List))
            {
                Type = DataValidationValues.List,
                AllowBlank = true,
                // Other words are let in: a unit may be new.
                ShowErrorMessage = false,
                SequenceOfReferences = new ListValue<StringValue>(
                    [new StringValue($"{(char)('A' + one.Column)}2:{(char)('A' + one.Column)}{OfferedRows}")]),
            })));
        }

        return new Sheet { Id = workbook.GetIdOfPart(part), SheetId = id, Name = name };
    }

    private static Cell Text(string text, uint style) => new(new InlineString(new Text(text)))
    {
        DataType = CellValues.InlineString,
        StyleIndex = style,
    };
}
