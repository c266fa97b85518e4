using System.Globalization;
using Microsoft.Playwright;

namespace Consultation.BrowserTests.Studio;

/// <summary>
/// What a first and a second visit fetch. The figures go to <c>designer-visits.txt</c> beside the pictures; nothing is
/// asserted about the time, which is the machine's.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class ColdStartTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_second_visit_fetches_next_to_nothing()
    {
        var used = await chromium.Studio.VisitAsync();
        await used.Page.CloseAsync();
        var page = await chromium.SampleAdministratorAsync();
        var first = await MeasureAsync(page);
        var again = await page.Context.NewPageAsync();
        var second = await MeasureAsync(again);
        await File.WriteAllLinesAsync(Chromium.ShotFile("designer-visits.txt"), [$"first {first}", $"second {second}"]);

        first.Bytes.Should()
            .BeGreaterThan(5_000_000, "the first visit fetches the runtime, compressed").And.BeLessThan(15_000_000);
        second.Bytes.Should()
            .BeLessThan(100_000, "the browser keeps what has a fingerprint and asks for the rest whether it changed");
        await page.Context.CloseAsync();
    }

    private static async Task<Visit> MeasureAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        var (bytes, requests) = (0L, 0);
        session.Event("Network.loadingFinished").OnEvent += (_, finished) =>
        {
            bytes += (long)(finished?.GetProperty("encodedDataLength").GetDouble() ?? 0);
            requests++;
        };
        await page.GotoAsync("/studio/definitions");
        await page.Locator("tbody tr td:nth-child(3)").First.WaitForAsync(new() { Timeout = 90_000 });
        var milliseconds = await page.EvaluateAsync<double>("() => performance.now()");
        return new(bytes, requests, milliseconds);
    }

    private sealed record Visit(long Bytes, int Requests, double Milliseconds)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture,
                $"{Bytes:N0} bytes, {Requests} answers, {Milliseconds / 1000:0.0} s to the filled list");
    }
}
