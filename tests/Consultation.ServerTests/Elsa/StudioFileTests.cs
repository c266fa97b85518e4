using System.Net;

namespace Consultation.ServerTests.Elsa;

/// <summary>
/// The designer's files go out compressed, with their types, and are kept by the browser as long as their names allow.
/// </summary>
public sealed class StudioFileTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    [SkippableTheory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_fingerprinted_file_is_compressed_and_kept_for_ever(string encoding)
    {
        var file = Fingerprinted();
        using var answer = await GetAsync($"/studio/_framework/{file}", encoding);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/wasm");
        answer.Content.Headers.ContentEncoding.Should().Equal(encoding);
        answer.Headers.CacheControl!.MaxAge.Should().Be(TimeSpan.FromDays(365));
        answer.Headers.CacheControl.ToString().Should().Contain("immutable");
        answer.Headers.Vary.Should().Contain("Accept-Encoding");
    }

    [SkippableFact]
    public async Task A_file_without_fingerprint_is_asked_for_anew_and_costs_nothing_when_unchanged()
    {
        Fingerprinted();
        using var first = await GetAsync("/studio/_content/MudBlazor/MudBlazor.min.js", "br");
        using var again =
            await GetAsync("/studio/_content/MudBlazor/MudBlazor.min.js", "br", first.Headers.ETag!.ToString());

        first.Headers.CacheControl!.NoCache.Should().BeTrue();
        first.Content.Headers.ContentType!.MediaType.Should().Be("text/javascript");
        again.StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [SkippableFact]
    public async Task A_browser_that_takes_no_compression_gets_the_plain_file()
    {
        using var answer = await GetAsync($"/studio/_framework/{Fingerprinted()}", "identity");

        answer.Content.Headers.ContentEncoding.Should().BeEmpty();
        (await answer.Content.ReadAsByteArrayAsync())[..4].Should().Equal(0, (byte)'a', (byte)'s', (byte)'m');
    }

    [Theory]
    [InlineData("/studio/../appsettings.json")]
    [InlineData("/studio/%2e%2e/appsettings.json")]
    [InlineData("/studio/_framework/..%2f..%2f..%2fappsettings.json")]
    public async Task Nothing_outside_the_folder_is_served(string path)
    {
        using var answer = await GetAsync(path, "identity");

        answer.StatusCode.Should().NotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_the_designers_pages_may_run_webassembly_and_inline_styles()
    {
        var client = await host.AdministratorAsync();

        using var designer = await client.Http.GetAsync("/studio/definitions");
        using var desk = await client.Http.GetAsync("/");

        designer.Headers.GetValues("Content-Security-Policy").Single().Should()
            .Contain("wasm-unsafe-eval").And.Contain("default-src 'none'");
        desk.Headers.GetValues("Content-Security-Policy").Single().Should().NotContain("unsafe");
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string encoding, string? known = null)
    {
        var client = await host.AdministratorAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", encoding);
        if (known is not null)
        {
            request.Headers.Add("If-None-Match", known);
        }

        return await client.Http.SendAsync(request);
    }

    private static string Fingerprinted()
    {
        var folder =
            Path.Combine(AppContext.BaseDirectory, "../../../../../src/Consultation.Server/wwwroot/studio/_framework");
        Skip.IfNot(Directory.Exists(folder), "This build was made without the designer (WithStudio=false).");
        return Path.GetFileName(Directory.EnumerateFiles(folder, "System.Private.CoreLib.*.wasm").First());
    }
}
