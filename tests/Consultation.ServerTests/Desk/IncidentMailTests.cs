using Consultation.Cases.People;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Templates;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>A step of a case fails: secretaries and administrators hear what failed and where to mend it.</summary>
public sealed class IncidentMailTests(GateDesk desk) : IClassFixture<GateDesk>
{
    [Fact]
    public async Task Secretaries_and_administrators_hear_what_failed_and_where_to_mend_it_and_nobody_else()
    {
        var caseId = await new CaseMoves(desk.Services).OpenAsync("failing", Flows.Activity("Ask",
            "Consultation.RequestWork", ("assignees", "String", "item.supervisor"), ("title", "String", "无人可办")));
        await desk.UntilAsync(
            async db => await db.Mails.AnyAsync(mail => mail.Purpose == "incident"), "they are mailed");

        await using var db = desk.Open();
        var mails = await db.Mails.AsNoTracking().Where(mail => mail.CaseId == caseId.Value).ToListAsync();
        var expected = await db.RoleGrants.AsNoTracking()
            .Where(grant => grant.OrganisationId == desk.Organisation && grant.UnitId == null
                && (grant.Role == Role.Secretary || grant.Role == Role.Administrator))
            .Join(db.People, grant => grant.PersonId, person => person.Id, (_, person) => person)
            .Where(person => person.Email != null).Select(person => person.Email!).Distinct().ToListAsync();
        mails.Where(mail => mail.Purpose == "incident").Select(mail => mail.RecipientAddress).Should()
            .BeEquivalentTo(expected).And.NotBeEmpty();
        mails.Should().OnlyContain(mail => mail.Purpose == "incident" && mail.TextBody.Contains("没有可办理的人")
            && mail.TextBody.Contains(MailPlaceholder.Page));
        using var browser = desk.Browser();
        await browser.GetAsync(desk.Services.GetRequiredService<NoticeLink>().Address(
            new("http://localhost/"), mails[0].OrganisationId, mails[0].Id.Value)["http://localhost".Length..]);
        browser.Page.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).Should()
            .Contain($"/cases/{caseId.Value}", "there it is mended");
    }
}
