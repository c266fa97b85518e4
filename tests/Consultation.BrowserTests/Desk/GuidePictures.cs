using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;
using Consultation.Cases.TrackedItems;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Consultation.BrowserTests.Desk;

/// <summary>
/// The pictures of the README and the guide, from the sample organisation: a case on its way to the committee, a plan,
/// a board, a mail and what its link opens on a phone. eng/guide-pictures.sh takes them anew.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class GuidePictures(Chromium chromium)
{
    private const int MostBytes = 200 * 1024;

    /// <summary>
    /// Fills whatever the form of a task asks, as a screener does who finds nothing against the matter.
    /// </summary>
    private const string FillIn = """
        () => {
          const fields = [...document.querySelectorAll('#answer [name^="f."]')]
            .filter(field => !field.closest('[hidden]'));
          for (const field of fields) {
            if (field.type === 'radio') field.checked = field.name.includes('excl-')
              ? field.value === 'no'
              : field.checked || !document.querySelector(`[name="${field.name}"]:checked`);
            else if (field.type === 'checkbox') field.checked = true;
            else if (field.tagName === 'SELECT') field.selectedIndex = 1;
            else field.value ||= field.name === 'f.title' ? '老旧小区加装电梯' : '已现场核实：六栋楼没有电梯，涉及居民三百二十户，其中老人一百零六位。';
          }
        }
        """;

    [SkippableFact]
    public async Task The_guide_shows_the_product_as_it_is()
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var office = await chromium.SignedInAsync("secretary", chromium.SamplePassword);
        var place = await CaseAsync(office);
        var plan = await PlanAsync(office);
        await ItemsAsync(place);
        var director = await chromium.SignedInAsync("director", chromium.SamplePassword);
        var administrator = await chromium.SampleAdministratorAsync();
        var (mail, link) = await MailAsync(administrator);
        // A mail is in the language of whoever gets it.
        await TakeAsync(administrator, mail, "mail.zh", 780);

        foreach (var language in new[] { "zh", "en" })
        {
            await office.GotoAsync($"/?lang={language}");
            await director.GotoAsync($"/?lang={language}");
            await TakeAsync(director, "/", $"home.{language}", 620);
            await TakeAsync(office, place, $"case.{language}", 900);
            await TakeAsync(office, "/tracking", $"board.{language}", 900);
            await TakeAsync(office, plan, $"plan.{language}", 960);
            var phone = await chromium.VisitorAsync(phone: true, language == "en" ? "en-GB" : "zh-CN");
            await phone.GotoAsync($"{link}?lang={language}");
            await TakeAsync(phone, link, $"link.{language}", 1350);
            await phone.Context.CloseAsync();
        }

        await office.Context.CloseAsync();
        await director.Context.CloseAsync();
        await administrator.Context.CloseAsync();
    }

    /// <summary>A case that was screened and whose topic waits for the committee.</summary>
    private static async Task<string> CaseAsync(IPage page)
    {
        await page.GotoAsync("/cases/new");
        await page.FillAsync("[name=title]", "老旧小区加装电梯推进缓慢问题");
        await page.SelectOptionAsync("[name=platform]", new SelectOptionValue { Index = 1 });
        await page.SelectOptionAsync("[name=committee]", new SelectOptionValue { Index = 1 });
        await page.ClickAsync("main form button[type=submit]");
        var place = new Uri(page.Url).AbsolutePath;
        foreach (var form in new[] { "f.excl-1", "f.representative" })
        {
            await UntilAsync(page, place, $"a[href^='/tasks/']");
            await page.GotoAsync(
                $"{await page.Locator("main a[href^='/tasks/']").First.GetAttributeAsync("href")}?behalf=1");
            (await page.Locator($"[name='{form}']").CountAsync()).Should().BePositive();
            await page.EvaluateAsync(FillIn);
            await page.ClickAsync("button[name=outcome]");
        }

        await UntilAsync(page, place, "text=审定协商议题");
        return place;
    }

    private static async Task<string> PlanAsync(IPage page)
    {
        await page.GotoAsync("/plans/new");
        await page.FillAsync("[name=title]", "柳林社区停车难协商会议");
        await page.SelectOptionAsync("[name=group]", new SelectOptionValue { Index = 1 });
        // The last working day, so that the plan begins at once.
        for (var back = 0; back < 14 && page.Url.Contains("/plans/new", StringComparison.Ordinal); back++)
        {
            await page.FillAsync("[name=start]", TimeProvider.System.GetUtcNow().AddHours(8).AddDays(-back)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await page.ClickAsync("main form button[type=submit]");
        }

        return new Uri(page.Url).AbsolutePath;
    }

    /// <summary>A board as it looks after some months: items in time, late, stalled and done.</summary>
    private async Task ItemsAsync(string place)
    {
        await using var db = chromium.Services.GetRequiredService<Database>().Open();
        var id = new CaseId(Guid.Parse(place.Split('/')[^1]));
        var file = await db.Cases.SingleAsync(one => one.Id == id);
        var units = await db.Units.Where(unit => unit.OrganisationId == file.OrganisationId
            && (unit.Kind == UnitKind.Department || unit.Kind == UnitKind.Town)).ToListAsync();
        var supervisor = await db.RoleGrants.Where(grant => grant.OrganisationId == file.OrganisationId
            && grant.Role == Role.Supervisor).Select(grant => grant.PersonId).FirstAsync();
        var now = chromium.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        (string Advice, int Percent, int DueIn, TrackedItemState State)[] rows =
        [
            ("编制加装电梯一楼一策清单", 100, -20, TrackedItemState.Done),
            ("建立低层住户补偿协商机制", 60, 25, TrackedItemState.InProgress),
            ("简化加装电梯联合审批流程", 40, -6, TrackedItemState.InProgress),
            ("落实首批六部电梯的管线迁改资金", 30, 40, TrackedItemState.Stalled),
            ("公布电梯维保单位名录和收费标准", 80, 2, TrackedItemState.InProgress),
            ("每季度向居民公示进展", 10, 70, TrackedItemState.InProgress),
        ];
        foreach (var (row, index) in rows.Select((row, index) => (row, index)))
        {
            db.Add(new TrackedItem
            {
                OrganisationId = file.OrganisationId,
                Id = TrackedItemId.New(),
                CaseId = file.Id,
                Number = index + 1,
                Year = today.Year,
                ConsultedOn = today.AddDays(-60),
                Topic = "老旧小区加装电梯",
                Advice = row.Advice,
                UndertakingUnitId = units[index % units.Count].Id,
                ResponsibleOfficeId = file.CommitteeId,
                SupervisorId = supervisor,
                Percent = row.Percent,
                State = row.State,
                Stall = row.State == TrackedItemState.Stalled ? StallReason.NoChange : null,
                Rung = row.State == TrackedItemState.Stalled ? 1 : 0,
                DueOn = today.AddDays(row.DueIn),
                OriginalDueOn = today.AddDays(row.DueIn),
                LastEntryAt = now.AddDays(-7 - index),
                OpenedAt = now.AddDays(-50),
                ClosedAt = row.State == TrackedItemState.Done ? now.AddDays(-21) : null,
            });
        }

        // Their numbers are given; the next item of the organisation goes on after them.
        var series = await db.NumberSeries.FirstOrDefaultAsync(
            one => one.OrganisationId == file.OrganisationId && one.Key == "annex-row" && one.Year == today.Year)
            ?? db.Add(new NumberSeries
            {
                OrganisationId = file.OrganisationId,
                Key = "annex-row",
                Year = today.Year,
            }).Entity;
        series.Last = Math.Max(series.Last, rows.Length);
        await db.SaveChangesAsync();
    }

    /// <summary>The mail that asks a member of the committee, and the link in it.</summary>
    private static async Task<(string Mail, string Link)> MailAsync(IPage page)
    {
        await UntilAsync(page, "/outbox", "main td a:has-text('审定协商议题')");
        var mail = await page.Locator("main td a:has-text('审定协商议题')").First.GetAttributeAsync("href") + "/body";
        await page.GotoAsync(mail);
        var link = await page.Locator("a[href*='/link/'], a[href*='/t/']").First.GetAttributeAsync("href");
        return (mail, new Uri(link!).AbsolutePath);
    }

    private static async Task UntilAsync(IPage page, string address, string selector)
    {
        await page.GotoAsync(address);
        for (var look = 0; look < 200 && await page.Locator(selector).CountAsync() == 0; look++)
        {
            await page.GotoAsync(address);
        }

        (await page.Locator(selector).CountAsync()).Should().BePositive($"{address} must come to show {selector}");
    }

    private static async Task TakeAsync(IPage page, string address, string name, int height)
    {
        await page.GotoAsync(address);
        await page.SetViewportSizeAsync(Math.Min(page.ViewportSize!.Width, 1240), height);
        await Chromium.ShootAsync(page, $"guide-{name}", whole: false);
        new FileInfo(Chromium.ShotFile($"guide-{name}.png")).Length.Should()
            .BeLessThan(MostBytes, $"{name} is read over slow lines");
        (await Chromium.FitsAsync(page)).Should().BeTrue($"{name} must not scroll sideways");
    }
}
