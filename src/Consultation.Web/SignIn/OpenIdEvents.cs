using Consultation.Web.Texts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Consultation.Web.SignIn;

/// <summary>
/// What happens when somebody comes back from the provider: the claims become the same session as after a password, or
/// the sign-in page says in words why not.
/// </summary>
internal sealed class OpenIdEvents(OpenIdAccounts accounts, ILogger<OpenIdEvents> log) : OpenIdConnectEvents
{
    /// <summary>The only token kept: the provider wants it back at the sign-out.</summary>
    internal const string IdToken = "id_token";

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        switch (await accounts.FindAsync(context.Principal!, context.HttpContext.RequestAborted))
        {
            case OpenIdResult.Found { Account: var account }:
                context.Principal = PasswordCheck.Principal(account with { MustChangePassword = false });
                var token = context.Properties!.GetTokenValue(IdToken) ?? "";
                context.Properties!.StoreTokens([new AuthenticationToken { Name = IdToken, Value = token }]);
                RequestLanguage.Remember(context.HttpContext, account.Language);
                break;
            case OpenIdResult.Refused { Problem: var problem }:
                log.OpenIdRefused(problem);
                context.HandleResponse();
                ShowProblem(context.Response, problem);
                break;
        }
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        ShowProblem(context.Response, "cancelled");
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        log.OpenIdFailed(context.Failure);
        context.HandleResponse();
        ShowProblem(context.Response, IsAway(context.Failure) ? "away" : "failed");
        return Task.CompletedTask;
    }

    /// <summary>True when the provider does not answer; what it answers is another matter.</summary>
    internal static bool IsAway(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is HttpRequestException { StatusCode: null } or TaskCanceledException
                or System.Net.Sockets.SocketException)
            {
                return true;
            }
        }

        return false;
    }

    internal static void ShowProblem(HttpResponse response, string problem) =>
        response.Redirect($"/sign-in?problem={problem}");
}
