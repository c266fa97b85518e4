using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Links;

/// <summary>
/// Browsers inside WeChat, QQ and their mail programs: they block downloads and new windows. Pages say then how to
/// open a file in the phone's own browser.
/// </summary>
internal static class InAppBrowser
{
    private static readonly string[] Marks =
        ["MicroMessenger", "wxwork", "QQ/", "MQQBrowser", "QQMail", "QBWebViewType", "DingTalk"];

    /// <summary>True when the request comes from one of them, as far as it says so itself.</summary>
    public static bool Is(HttpRequest request) =>
        request.Headers.UserAgent.ToString() is var agent
        && Marks.Any(mark => agent.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
