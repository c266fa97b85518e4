using System.Net;
using System.Text.RegularExpressions;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Doors;

/// <summary>
/// Another organisation's administrator, with every id of the sample organisation in hand, sees nothing of it.
/// </summary>
public sealed class IsolationTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [Fact]
    public async Task No_address_shows_anything_by_ids_of_another_organisation()
    {
        using var browser = await desk.SignedInAsync();
        var ids = await IdsAsync();
        foreach (var endpoint in DoorTableTests.Endpoints(desk.Services).Where(DoorTableTests.TakesGet))
        {
            var pattern = DoorTableTests.Pattern(endpoint);
            if (!pattern.Contains("guid", StringComparison.Ordinal)) continue;
            foreach (var id in ids)
            {
                var address = Regex.Replace(pattern, @"\{[^}]*\}", id.ToString());
                using var answer = await browser.Client.GetAsync(address);
                answer.StatusCode.Should().BeOneOf([HttpStatusCode.NotFound, HttpStatusCode.Forbidden], address);
            }
        }
    }

    [Fact]
    public async Task Lists_of_another_organisation_name_none_of_its_cases()
    {
        using var browser = await desk.SignedInAsync();
        foreach (var endpoint in DoorTableTests.Endpoints(desk.Services).Where(DoorTableTests.TakesGet))
        {
            var address = DoorTableTests.Pattern(endpoint);
            if (address.Contains('{', StringComparison.Ordinal) || address.Contains("stud", StringComparison.Ordinal))
            {
                continue;
            }
            using var answer = await browser.Client.GetAsync(address);
            (await answer.Content.ReadAsStringAsync()).Should().NotContain("柳林社区停车难协商会议", address);
        }
    }

    private async Task<List<Guid>> IdsAsync()
    {
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        var sample = desk.Organisation;
        return
        [
            .. (await db.Cases.Where(row => row.OrganisationId == sample).Select(row => row.Id).ToListAsync())
                .Select(id => id.Value),
            (await db.Tasks.Where(row => row.OrganisationId == sample).Select(row => row.Id).FirstAsync()).Value,
            (await db.Matters.Where(row => row.OrganisationId == sample).Select(row => row.Id).FirstAsync()).Value,
            (await db.People.Where(row => row.OrganisationId == sample).Select(row => row.Id).FirstAsync()).Value,
            (await db.Units.Where(row => row.OrganisationId == sample).Select(row => row.Id).FirstAsync()).Value,
            (await db.Mails.Where(row => row.OrganisationId == sample.Value).Select(row => row.Id).FirstAsync()).Value,
        ];
    }
}
