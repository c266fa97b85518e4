using System.Diagnostics;
using Consultation.Cases.Documents;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace Consultation.Tests.Cases.Documents;

/// <summary>The annex must look exactly as the source form has it (Q103–Q115).</summary>
public sealed class AnnexTests
{
    private static readonly string[] TenColumns =
        ["序号", "协商时间", "协商议题", "协商建议", "交办单位", "政协责任委室", "督办负责人", "进展情况", "存在问题", "解决思路"];

    private readonly District _district = new();

    [Fact]
    public void The_word_sheet_has_the_title_the_ten_columns_in_order_and_the_foot()
    {
        var content = Sheet(3).ToWord();

        using var document = WordprocessingDocument.Open(new MemoryStream(content), false);
        var body = document.MainDocumentPart!.Document.Body!;
        body.Elements<Word.Paragraph>().First().InnerText.Should().Be("河畔协商议事厅协商议事活动督办落实情况");
        var rows = body.Descendants<Word.TableRow>().ToList();
        rows[0].Elements<Word.TableCell>().Select(cell => cell.InnerText).Should().Equal(TenColumns);
        rows[0].Descendants<Word.TableHeader>().Should().ContainSingle("the head is repeated on every page");
        rows[1].Elements<Word.TableCell>().Select(cell => cell.InnerText).Should()
            .StartWith(["1", "2026年3月20日", "推动老旧小区停车资源错时共享"]);
        rows.Should().HaveCount(4);
        body.Elements<Word.Paragraph>().Last().InnerText.Should().Be("填报部门:城建委填报时间:2026 年 3 月 2 日");
        body.Descendants<Word.PageSize>().Single().Orient!.Value.Should().Be(Word.PageOrientationValues.Landscape);
        CaseDocumentTests.Errors(content).Should().BeEmpty();
    }

    [Fact]
    public void The_workbook_has_the_same_content_a_frozen_head_and_print_titles()
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(Sheet(3).ToExcel()), false);

        new OpenXmlValidator(FileFormatVersions.Office2016).Validate(document).Should().BeEmpty();
        var sheet = document.WorkbookPart!.WorksheetParts.Single().Worksheet;
        var rows = sheet.Descendants<Row>().ToList();
        rows[0].InnerText.Should().Be("河畔协商议事厅协商议事活动督办落实情况");
        rows[1].Elements<Cell>().Select(cell => cell.InnerText).Should().Equal(TenColumns);
        rows[^1].InnerText.Should().Be("填报部门:城建委填报时间:2026 年 3 月 2 日");
        rows.Should().OnlyContain(row => row.Height! >= 28);
        sheet.Descendants<Pane>().Single().State!.Value.Should().Be(PaneStateValues.Frozen);
        document.WorkbookPart.Workbook.DefinedNames!.Elements<DefinedName>().Single().Text.Should()
            .Be("'督办落实情况'!$1:$2");
    }

    [Theory]
    [InlineData("河畔协商议事厅", "河畔协商议事厅协商议事活动督办落实情况")]
    [InlineData("河畔", "河畔协商议事厅协商议事活动督办落实情况")]
    [InlineData(null, "河畔委员工作站协商议事厅协商议事活动督办落实情况")]
    public void The_title_carries_the_halls_name(string? hall, string title)
    {
        _district.Platform.HallName = hall;

        AnnexSheet.From([], _district.Directory, _district.Platform, "城建委", new(2026, 3, 2)).Title.Should().Be(title);
    }

    [Fact]
    public void The_fifth_column_prints_the_unit_as_configured()
    {
        var file = Paper.File(_district, items: 1);
        file.Items[0].AssigningUnitId = _district.Platform.Id;

        AnnexSheet.From(file.Items, file.Directory, null, "", default).Rows[0].Unit.Should().Be("住建委");
        AnnexSheet.From(file.Items, file.Directory, null, "", default, AnnexUnit.Assigning).Rows[0].Unit.Should()
            .Be("河畔委员工作站");
    }

    [Fact]
    public void An_empty_sheet_still_has_its_form() =>
        CaseDocumentTests.TextOf(Sheet(0).ToWord()).Should().ContainAll(TenColumns).And.Contain("填报部门");

    [SkippableTheory]
    [InlineData("docx")]
    [InlineData("xlsx")]
    public void An_office_program_opens_it_and_shows_everything(string ending)
    {
        var office =
            Array.Find(["/usr/bin/soffice", "/usr/local/bin/soffice", "/opt/libreoffice/program/soffice"], File.Exists);
        Skip.If(office is null
            || !File.Exists("/usr/bin/pdftotext"), "LibreOffice and pdftotext are not installed here");
        var folder = Directory.CreateTempSubdirectory("annex");
        try
        {
            var path = Path.Combine(folder.FullName, $"annex.{ending}");
            File.WriteAllBytes(path, ending == "docx" ? Sheet(30).ToWord() : Sheet(30).ToExcel());

            Run(office!,
                $"--headless -env:UserInstallation=file://{folder.FullName}/profile --convert-to pdf --outdir "
                    + $"{folder.FullName} {path}");
            Run("/usr/bin/pdftotext", $"-layout {folder.FullName}/annex.pdf {folder.FullName}/annex.txt");

            var text = File.ReadAllText(Path.Combine(folder.FullName, "annex.txt"));
            text.Should().Contain("督办落实情况").And.Contain("填报部门:城建委").And.Contain("填报时间:2026 年 3 月 2 日");
            text.Split('\f', StringSplitOptions.RemoveEmptyEntries).Where(page => page.Contains('1'))
                .Should().OnlyContain(page => page.Contains("协商议题"), "the head is on every page");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private AnnexSheet Sheet(int rows)
    {
        var file = Paper.File(_district, rows);
        return AnnexSheet.From(file.Items, file.Directory, _district.Platform, "城建委", new(2026, 3, 2));
    }

    private static void Run(string program, string arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit(60_000).Should().BeTrue();
        process.ExitCode.Should().Be(0);
    }
}
