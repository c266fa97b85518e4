using System.Net;
using Consultation.ServerTests.Desk;

namespace Consultation.ServerTests.Doors;

/// <summary>
/// HEAD answers as GET does, without the body: link checkers, mail scanners and download programs ask so.
/// </summary>
public sealed class HeadTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [Theory]
    [InlineData("/about")]
    [InlineData("/sign-in")]
    [InlineData("/p/sample")]
    [InlineData("/p/sample/new")]
    [InlineData("/p/sample/follow")]
    [InlineData("/p/nowhere")]
    [InlineData("/t/nothing")]
    [InlineData("/digest/leave/nothing")]
    [InlineData("/health/live")]
    [InlineData("/tasks")]
    public async Task Head_answers_as_get_does(string address)
    {
        using var browser = desk.Browser();

        await SameAsync(browser.Client, address);
    }

    [Theory]
    [InlineData("/cases/export?format=csv", "cases-")]
    [InlineData("/tasks/export", "tasks-")]
    [InlineData("/tracking/annex/file?format=docx", "annex-")]
    [InlineData("/matters/export", "matters-")]
    public async Task A_download_has_two_names_and_answers_head(string address, string plain)
    {
        using var browser = await desk.AsAsync("secretary");

        var named = (await SameAsync(browser.Client, address)).Content.Headers.ContentDisposition!;

        named.FileName.Should().StartWith(plain).And.MatchRegex("^[a-z0-9-]+[.](csv|xlsx|docx)$");
        named.FileNameStar.Should().EndWith(Path.GetExtension(named.FileName)).And.MatchRegex("[\\u4e00-\\u9fff]");
    }

    private static async Task<HttpResponseMessage> SameAsync(HttpClient client, string address)
    {
        var get = await client.GetAsync(address);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        (head.StatusCode, head.Headers.Location?.OriginalString).Should()
            .Be((get.StatusCode, get.Headers.Location?.OriginalString));
        head.Content.Headers.ContentType.Should().Be(get.Content.Headers.ContentType);
        head.Content.Headers.ContentDisposition?.FileName.Should().Be(get.Content.Headers.ContentDisposition?.FileName);
        get.StatusCode.Should().NotBe(HttpStatusCode.MethodNotAllowed);
        return get;
    }
}
