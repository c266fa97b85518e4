using Consultation.Cases;
using Consultation.Cases.Rehearsals;
using Consultation.Runtime.Definitions;
using Consultation.Storage.Rehearsals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Rehearsals;

/// <summary>A rehearsal that is kept as a check runs again before a publication (O28).</summary>
public sealed class CheckTests(RehearsalDesk desk) : IClassFixture<RehearsalDesk>
{
    [Fact]
    public async Task A_check_that_fails_is_named_and_the_version_is_not_published()
    {
        var id = await desk.SaveDeadEndAsync("checked");
        var checks = desk.Services.GetRequiredService<CheckStore>();
        await using var db = desk.Open();
        var check = new RehearsalCheck
        {
            OrganisationId = desk.Organisation,
            Id = Guid.NewGuid(),
            DefinitionId = id,
            Name = "人人按时",
            Settings = new RehearsalSettings { DefinitionId = id, Start = RehearsalDesk.Start },
            Expected = new RehearsalExpectation(CaseState.Closed, 40),
            ById = (await db.People.FirstAsync(one => one.OrganisationId == desk.Organisation)).Id,
            At = DateTimeOffset.UnixEpoch,
        };
        (await checks.KeepAsync(check, default)).Should().BeTrue();

        var change = await desk.Editing.PublishAsync(id, default);

        var refused = change.Should().BeOfType<DefinitionChange.Invalid>().Subject;

        refused.Findings.Select(finding => finding.Message.Zh).Should()
            .Contain(text => text.Contains("人人按时") && text.Contains("办结") && text.Contains("办理中"))
            .And.Contain(text => text.Contains("死路"));
        (await db.Definitions.SingleAsync(row => row.DefinitionId == id)).IsPublished.Should().BeFalse();

        await checks.DropAsync(desk.Organisation, check.Id, "wang", default);
        (await desk.Editing.PublishAsync(id, default)).Should().BeOfType<DefinitionChange.Stored>();
    }
}
