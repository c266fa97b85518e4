using Consultation.Cases;
using Consultation.Server.Sample;
using Consultation.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Sample;

/// <summary>The sample comes to life on whatever day it is loaded, and on one day always alike.</summary>
public sealed class SampleDaysTests
{
    [Theory]
    [InlineData("2026-10-04T04:00:00Z")] // in the week of the National Day
    [InlineData("2026-03-01T15:00:00Z")] // a Sunday night, after the Spring Festival
    [InlineData("2028-01-04T00:30:00Z")] // before work begins, in a year whose holidays nobody knows
    public async Task The_sample_lives_on_any_day(string now)
    {
        await using var sample = new LivingSample(
            new FakeClock(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
        await sample.InitializeAsync();

        sample.Services.GetRequiredService<SampleLife>().Refused.Should().BeEmpty();
        await using var db = sample.Open();
        (await db.Incidents.Select(incident => incident.Message).ToListAsync()).Should().BeEmpty();
        var cases = await db.Cases.ToListAsync();
        cases.Where(one => one is { Kind: CaseKind.SixStep, State: CaseState.Open }).Select(one => one.Step).Distinct()
            .Should().BeEquivalentTo("topic", "research", "participants", "meeting", "submission", "follow-up");
        cases.Single(one => one.Kind == CaseKind.TenWeekPlan).Step.Should().Be("weeks-5-8");
        cases.Should().ContainSingle(one => one.State == CaseState.Closed);
        cases.OrderBy(one => one.OpenedAt).Select(one => one.Number).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Beside_other_organisations_the_sample_brings_only_people_and_orders()
    {
        await using var host = new DeskHost();

        (await host.Services.GetRequiredService<Consultation.Web.Health.ISampleData>().LoadAsync(default))
            .Should().NotBeNull();
        (await host.Services.GetRequiredService<SampleLife>().LiveAsync(default)).Should().BeFalse();
    }
}
