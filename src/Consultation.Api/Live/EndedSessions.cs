using System.Security.Claims;
using Consultation.Cases;
using Consultation.Storage.People;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consultation.Api.Live;

/// <summary>
/// Cuts the live lines of sessions that were signed out or revoked: a line asks for its cookie once, when it is opened.
/// A sign-out in this process cuts at once; the others, and people who lost their access, are looked for every few
/// seconds.
/// </summary>
internal sealed partial class EndedSessions(
    Viewers viewers, SessionStore sessions, ApiKeyStore keys, TimeProvider clock,
    ILogger<EndedSessions> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Looks through all open lines once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var lines in viewers.Open.GroupBy(line => (SessionOf(line), KeyOf(line))).ToList())
        {
            var stands = lines.Key.Item2 is { } key
                ? await StandsAsync(key, lines.First(), cancellationToken)
                : await StandsAsync(lines.Key.Item1, lines.First(), cancellationToken);
            if (!stands) Cut(lines);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        sessions.Ended += Cut;
        try
        {
            using var timer = new PeriodicTimer(Every, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
#pragma warning disable CA1031 // The loop outlives a database that is away for a while; the next look tries again.
                catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    NotChecked(log, failure);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, and every line with it.
        }
        finally
        {
            sessions.Ended -= Cut;
        }
    }

    private async Task<bool> StandsAsync(
        SessionId? id, HubCallerContext line, CancellationToken cancellationToken) =>
        id is { } session && line.User is { } user
        && await sessions.FindAsync(
            new OrganisationId(ElsaAccess.OrganisationOf(user)), session, cancellationToken) is { Active: true } stands
        && stands.SecurityStamp == user.FindFirstValue(ElsaAccess.StampClaim);

    private async Task<bool> StandsAsync(ApiKeyId id, HubCallerContext line, CancellationToken cancellationToken) =>
        line.User is { } user
        && await keys.FindAsync(
            new OrganisationId(ElsaAccess.OrganisationOf(user)), id, cancellationToken) is { } key
        && key.StandsAt(clock.GetUtcNow());

    private void Cut(SessionId session) => Cut(viewers.Open.Where(line => SessionOf(line) == session).ToList());

    private static void Cut(IEnumerable<HubCallerContext> lines)
    {
        foreach (var line in lines) line.Abort();
    }

    [LoggerMessage(6002, LogLevel.Warning,
        "Looking for live lines of ended sessions failed; the next look tries again")]
    private static partial void NotChecked(ILogger logger, Exception failure);

    private static SessionId? SessionOf(HubCallerContext line) =>
        Guid.TryParse(line.User?.FindFirstValue(ElsaAccess.SessionClaim), out var id) ? new SessionId(id) : null;

    private static ApiKeyId? KeyOf(HubCallerContext line) =>
        Guid.TryParse(line.User?.FindFirstValue(ElsaAccess.KeyClaim), out var id) ? new ApiKeyId(id) : null;
}
