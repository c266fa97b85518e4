using Consultation.Storage.People;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.SignIn;

/// <summary>
/// Signing in as Elsa's own client does: with name and password for a pair of tokens, which belong to a session like
/// that of a browser and end with it.
/// </summary>
internal static class MachineSignIn
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/elsa/api/identity/login", LogInAsync).AllowAnonymous().DisableAntiforgery();
        endpoints.MapPost("/elsa/api/identity/refresh-token", RefreshAsync).AllowAnonymous().DisableAntiforgery();
    }

    /// <summary>Elsa's names.</summary>
    private sealed record LogInRequest(string? Username, string? Password);

    /// <summary>Elsa's answer, with a sentence where it is no.</summary>
    private sealed record LogInAnswer(
        bool IsAuthenticated, string? AccessToken, string? RefreshToken, string? Message = null);

    private static async Task<IResult> LogInAsync(
        HttpContext http, LogInRequest request, PasswordCheck passwords, SessionStore sessions, MachineTokens tokens,
        TimeProvider time, CancellationToken cancellationToken)
    {
        switch (await passwords.SignInAsync(
            (request.Username ?? "").Trim(), request.Password ?? "", cancellationToken))
        {
            case SignInResult.Wait wait:
                await MachineAnswer.WaitAsync(http, wait.For);
                return Results.Empty;
            case SignInResult.SignedIn { MustChangePassword: true }:
                return No(http, "sign-in.api-password");
            case SignInResult.SignedIn { Principal: var principal }:
                var (organisation, person) = PasswordCheck.Of(principal);
                var session = await sessions.StartAsync(organisation, person, time.GetUtcNow(), cancellationToken);
                return Pair(tokens, new(organisation, person, session, PasswordCheck.StampOf(principal)));
            default:
                return No(http, "sign-in.api-wrong");
        }
    }

    private static async Task<IResult> RefreshAsync(
        HttpContext http, SessionStore sessions, MachineTokens tokens, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (MachineCheck.TokenOf(http.Request) is not { } text
            || tokens.Open(text, MachineTokenUse.Refresh) is not { } token
            || await sessions.FindAsync(token.OrganisationId, token.SessionId, cancellationToken)
                is not { Active: true } session
            || session.PersonId != token.PersonId || session.SecurityStamp != token.Stamp)
        {
            await MachineAnswer.SignInFirstAsync(http);
            return Results.Empty;
        }

        await sessions.SeeAsync(token.OrganisationId, token.SessionId, time.GetUtcNow(), cancellationToken);
        return Pair(tokens, token);
    }

    private static IResult Pair(MachineTokens tokens, MachineToken token) => Results.Json(new LogInAnswer(
        true, tokens.Seal(token, MachineTokenUse.Access), tokens.Seal(token, MachineTokenUse.Refresh)));

    private static IResult No(HttpContext http, string key) => Results.Json(new LogInAnswer(
        false, null, null, DeskTexts.Find(key, MachineAnswer.Language(http.Request))));
}
