using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.Publishing;
using Consultation.Cases.Rules;
using Consultation.Storage.Tracking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Cases;

/// <summary>
/// Tells those who signed up for a meeting that it was moved or called off, and deletes who they were when it is over
/// (O23). By whatever way a meeting is moved, the row says so; of two processes that look, one writes.
/// </summary>
public sealed class SignUpWorker(
    Database database, DirectoryCache directories, PublicSignUps signUps, TimeProvider clock,
    ILogger<SignUpWorker> log) : TurnWorker(TimeSpan.FromMinutes(1), clock)
{
    /// <summary>Looks through all organisations; answers how many sign-ups were changed.</summary>
    public override async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var (organisation, publication) in await DueAsync(cancellationToken))
        {
            var (told, forgotten) = await signUps.KeepUpAsync(organisation, publication, cancellationToken);
            changed += told + forgotten;
        }

        return changed;
    }

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => log.SignUpsFailed(failure);

    /// <summary>Publications with sign-ups that are kept and whose meeting has changed or is over.</summary>
    private async Task<List<(OrganisationId Organisation, PublicationId Publication)>> DueAsync(
        CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var kept = await (
            from own in db.SignUps
            join publication in db.Publications
                on new { own.OrganisationId, Id = own.PublicationId }
                equals new { publication.OrganisationId, publication.Id }
            join meeting in db.Meetings
                on new { publication.OrganisationId, Id = publication.MeetingId!.Value }
                equals new { meeting.OrganisationId, meeting.Id }
            where own.ForgottenAt == null
            group own by new
            {
                own.OrganisationId,
                own.PublicationId,
                meeting.On,
                meeting.State,
                meeting.Sequence,
            }
            into all
            select new
            {
                all.Key,
                Told = all.Min(own => own.State == SignUpState.Withdrawn || own.Email == null
                    ? int.MaxValue : own.ToldSequence),
            }).ToListAsync(cancellationToken);
        var due = new List<(OrganisationId, PublicationId)>();
        foreach (var one in kept)
        {
            if (await directories.FindAsync(db, one.Key.OrganisationId, cancellationToken) is not { } snapshot)
            {
                continue;
            }

            var days = snapshot.Policies.Rules.Number(RuleKeys.KeepSignUps);
            if (snapshot.Calendar.DayOf(Clock.GetUtcNow()) >= one.Key.On.AddDays(days)
                || (one.Told < one.Key.Sequence && one.Key.State is MeetingState.Planned or MeetingState.Noticed
                    or MeetingState.CalledOff))
            {
                due.Add((one.Key.OrganisationId, one.Key.PublicationId));
            }
        }

        return due;
    }
}
