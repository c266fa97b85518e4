using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Layout;

/// <summary>The status of a page that says itself what is the matter.</summary>
internal static class PageStatus
{
    /// <summary>
    /// Not found, with this page's own words. Set when the answer begins: before, the general page of an address that
    /// is not there would take this one's place.
    /// </summary>
    public static void SayNotFound(this HttpResponse response) => response.OnStarting(() =>
    {
        response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
