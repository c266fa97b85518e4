using Consultation.Web.Layout;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Consultation.Tests.Web;

public sealed class TableExportTests
{
    [Fact]
    public void A_list_has_a_bold_head_that_stays_and_columns_as_wide_as_their_text()
    {
        var content = TableExport.Xlsx(
        [
            ["编号", "协商事项"], ["协〔2026〕1号", "推动河畔街道老旧小区停车资源错时共享"],
        ]);

        using var document = SpreadsheetDocument.Open(new MemoryStream(content), false);
        new OpenXmlValidator(FileFormatVersions.Office2016).Validate(document).Should().BeEmpty();
        var sheet = document.WorkbookPart!.WorksheetParts.Single().Worksheet;
        sheet.Descendants<Row>().First().InnerText.Should().Be("编号协商事项");
        sheet.Descendants<Column>().Select(column => (int)column.Width!.Value).Should().BeInAscendingOrder();
        sheet.Descendants<Pane>().Single().State!.Value.Should().Be(PaneStateValues.Frozen);
        document.WorkbookPart.Workbook.DefinedNames!.InnerText.Should().Be("'1'!$1:$1");
    }
}
