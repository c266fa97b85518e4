namespace Consultation.Web.SignIn;

/// <summary>
/// Where a sign-in leads: only addresses of this host, so that a link from outside cannot lead away afterwards.
/// </summary>
internal static class LocalAddress
{
    /// <summary>The address when it is one of this host, otherwise the first page.</summary>
    public static string Of(string? to) =>
        to is { Length: > 1 } && to[0] == '/' && to[1] is not ('/' or '\\') ? to : "/";
}
