using Consultation.Cases;
using Consultation.Cases.Forms;

namespace Consultation.Tests.Cases.Forms;

public sealed class PlanPartCellTests
{
    [Theory]
    [InlineData("准备阶段|一", "Preparation")]
    [InlineData("带\"引号\"的{阶段}", null)]
    public void A_kept_entry_is_read_as_it_was_written(string zh, string? en)
    {
        var cell = new PlanPartCell("Phase.weeks-1-2", new LocalText(zh, en));

        PlanPartCell.Read(cell.Write()).Should().Be(cell);
    }

    [Theory]
    [InlineData("Phase.weeks-1-2")]
    [InlineData("{ no JSON")]
    [InlineData("")]
    public void A_posted_entry_is_the_key_alone(string posted) =>
        PlanPartCell.Read(posted).Should().Be(new PlanPartCell(posted));
}
