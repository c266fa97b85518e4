using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;

namespace Consultation.Cases.Publishing;

/// <summary>People sign up for published meetings and give their place back (Q29). Each in one transaction.</summary>
public sealed class PublicSignUps(IIntakeStore store, IUseCaseMail mail, TimeProvider clock)
{
    /// <summary>Takes a wish to come: a place while there are any, the waiting list after that.</summary>
    public async Task<VoiceResult> SignUpAsync(SignUpEntry entry, CancellationToken cancellationToken)
    {
        entry = entry with
        {
            Name = TypedText.Line(entry.Name),
            Phone = TypedText.Code(entry.Phone) is { Length: > 0 } phone ? phone : null,
            Email = TypedText.Address(entry.Email) is { Length: > 0 } email ? email : null,
        };
        var code = MatterRules.FollowSecretFor(entry.OperationId);
        return Operations.ResultOf(
            await store.RunAsync(
                entry.OrganisationId, Operations.Hashed("sign-up", entry.OrganisationId, entry.OperationId),
                session => SignUpAsync(session, entry, code, cancellationToken), cancellationToken), code);
    }

    /// <summary>
    /// Gives a place back, or leaves the waiting list; contact data go, whoever waited longest moves up and is told.
    /// False when number and code open nothing, or it was given back before.
    /// </summary>
    public async Task<bool> WithdrawAsync(
        OrganisationId organisation, string number, string code, CancellationToken cancellationToken)
    {
        var hash = MatterRules.HashFollowSecret(code);
        return await store.RunAsync<bool>(organisation, null, async session =>
        {
            if (await session.RowsAsync<SignUp>(
                one => one.Number == number && one.FollowSecretHash == hash, cancellationToken) is not [var own]
                || own.State == SignUpState.Withdrawn
                || await session.RowsAsync<Publication>(one => one.Id == own.PublicationId, cancellationToken)
                    is not [var meeting])
            {
                return new Intake<bool>.Refused([]);
            }

            var now = clock.GetUtcNow();
            (own.State, own.Name, own.Phone, own.Email) = (SignUpState.Withdrawn, null, null, null);
            own.Revision++;
            meeting.Revision++;
            // To a meeting that is over or called off nobody moves up.
            if (await MeetingOfAsync(session, meeting, cancellationToken) is { IsAhead: false })
            {
                return new Intake<bool>.Done(true);
            }

            var all = await session.RowsAsync<SignUp>(one => one.PublicationId == meeting.Id, cancellationToken);
            foreach (var moved in SignUpRules.MoveUp(meeting, all, now))
            {
                Tell(session, meeting, moved, null, now);
            }

            return new Intake<bool>.Done(true);
        }, cancellationToken) is Intake<bool>.Done;
    }

    /// <summary>
    /// Tells those who signed up that the meeting was moved or called off, each once for what stands now; who left no
    /// address is telephoned (<see cref="CalledAsync"/>). After the meeting deletes who they were. Answers how many
    /// were told, and how many are nobody any more.
    /// </summary>
    public async Task<(int Told, int Forgotten)> KeepUpAsync(
        OrganisationId organisation, PublicationId publication, CancellationToken cancellationToken)
    {
        var (told, forgotten) = (0, 0);
        await store.RunAsync<bool>(organisation, null, async session =>
        {
            (told, forgotten) = (0, 0);
            if (await session.RowsAsync<Publication>(one => one.Id == publication, cancellationToken) is not [var own]
                || await MeetingOfAsync(session, own, cancellationToken) is not { } meeting)
            {
                return new Intake<bool>.Refused([]);
            }

            var now = clock.GetUtcNow();
            var rules = session.Organisation.Policies.Rules;
            var isOver = session.Organisation.Calendar.DayOf(now) >= SignUpRules.ForgetOn(meeting, rules);
            foreach (var one in await session.RowsAsync<SignUp>(
                one => one.PublicationId == publication && one.ForgottenAt == null, cancellationToken))
            {
                if (isOver)
                {
                    one.Forget(now);
                    forgotten++;
                }
                else if (one.Email is not null && SignUpRules.OwesNews(one, meeting))
                {
                    TellOfChange(session, own, meeting, one, now);
                    one.ToldSequence = meeting.Sequence;
                    one.Revision++;
                    told++;
                }
            }

            return new Intake<bool>.Done(true);
        }, cancellationToken);
        return (told, forgotten);
    }

    /// <summary>
    /// Notes that somebody without an address was told by telephone of what stands now; false when nothing was owed.
    /// </summary>
    public async Task<bool> CalledAsync(
        OrganisationId organisation, PublicationId publication, SignUpId id, CancellationToken cancellationToken) =>
        await store.RunAsync<bool>(organisation, null, async session =>
        {
            if (await session.RowsAsync<SignUp>(
                    one => one.Id == id && one.PublicationId == publication, cancellationToken) is not [var own]
                || await session.RowsAsync<Publication>(one => one.Id == publication, cancellationToken)
                    is not [var published]
                || await MeetingOfAsync(session, published, cancellationToken) is not { } meeting
                || !SignUpRules.OwesCall(own, meeting))
            {
                return new Intake<bool>.Refused([]);
            }

            own.ToldSequence = meeting.Sequence;
            own.Revision++;
            return new Intake<bool>.Done(true);
        }, cancellationToken) is Intake<bool>.Done;

    private static async Task<Meeting?> MeetingOfAsync(
        IIntakeSession session, Publication publication, CancellationToken cancellationToken) =>
        publication.MeetingId is { } id
        && await session.RowsAsync<Meeting>(one => one.Id == id, cancellationToken) is [var meeting] ? meeting : null;

    private async Task<Intake<KeptVoice>> SignUpAsync(
        IIntakeSession session, SignUpEntry entry, string code, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await session.RowsAsync<Publication>(one => one.Id == entry.PublicationId, cancellationToken)
                is not [var meeting]
            || !meeting.TakesSignUps(session.Organisation.Calendar.DayOf(now)))
        {
            return new Intake<KeptVoice>.Refused(
                [new("", new("报名已经结束。", "Signing up for this meeting is over."))]);
        }

        var planned = await MeetingOfAsync(session, meeting, cancellationToken);
        if (planned is { IsAhead: false })
        {
            return new Intake<KeptVoice>.Refused([new("", planned.State == MeetingState.CalledOff
                ? new("会议已取消，不再报名。", "The meeting was called off; nobody can sign up for it.")
                : new("报名已经结束。", "Signing up for this meeting is over."))]);
        }

        if (SignUpRules.Check(entry, mail) is { Count: > 0 } errors) return new Intake<KeptVoice>.Refused(errors);
        var all = await session.RowsAsync<SignUp>(one => one.PublicationId == meeting.Id, cancellationToken);
        if (all.Any(one => one.State != SignUpState.Withdrawn && one.Name == entry.Name
            && one.Phone == entry.Phone && one.Email == entry.Email))
        {
            return new Intake<KeptVoice>.Refused([new("name", new(
                "您已经报名，请用编号和查询码查看。", "You signed up already; look it up by number and code."))]);
        }

        var placed = all.Count(one => one.State == SignUpState.Placed);
        if (all.Count(one => one.State == SignUpState.Waiting) >= SignUpRules.LongestList)
        {
            return new Intake<KeptVoice>.Refused([new("", new("候补名额也已满。", "The waiting list is full, too."))]);
        }

        var year = session.Organisation.Calendar.DayOf(now).Year;
        var series = await session.SeriesAsync(SignUpRules.NumberSeries, year, cancellationToken);
        // Of two who want the last place at once, one looks again.
        meeting.Revision++;
        var own = session.Add(new SignUp
        {
            OrganisationId = meeting.OrganisationId,
            Id = new SignUpId(OrderedGuid.New(now)),
            PublicationId = meeting.Id,
            CaseId = meeting.CaseId,
            Number = SignUpRules.Number(year, series.Take()),
            Name = entry.Name,
            Phone = entry.Phone,
            Email = entry.Email,
            Language = entry.Language,
            State = placed < meeting.Places ? SignUpState.Placed : SignUpState.Waiting,
            FollowSecretHash = MatterRules.HashFollowSecret(code),
            ToldSequence = planned?.Sequence ?? 0,
            At = now,
        });
        Tell(session, meeting, own, code, now);
        return new Intake<KeptVoice>.Done(new(own.Number, own.State == SignUpState.Waiting));
    }

    private void Tell(IIntakeSession session, Publication meeting, SignUp own, string? code, DateTimeOffset now)
    {
        if (own.Email is not { } address) return;
        var (subject, message) = (own.State, own.MovedUpAt) switch
        {
            (SignUpState.Waiting, _) => (
                new LocalText($"候补登记：{meeting.Title}", $"Waiting list: {meeting.Title}"),
                new LocalText(
                    $"名额已满，您已列入候补（{own.Number}）。有人取消时按先后递补，并通知您一次。",
                    $"All places are taken; you are on the waiting list ({own.Number}). If a place becomes free, you "
                        + "are told once.")),
            (_, null) => (
                new LocalText($"报名成功：{meeting.Title}", $"You have a place: {meeting.Title}"),
                new LocalText(
                    $"您已报名（{own.Number}）。时间、地点请看公开页面；不能来时请取消，让给候补的人。",
                    $"You have a place ({own.Number}). Time and place stand on the public page; if you cannot come, "
                        + "give the place back for those who wait.")),
            _ => (
                new LocalText($"您已由候补转为正式：{meeting.Title}", $"A place became free: {meeting.Title}"),
                new LocalText(
                    $"有人取消了报名，您（{own.Number}）已有名额。不能来时请取消，让给其他人。",
                    $"Somebody gave a place back, and it is yours ({own.Number}). If you cannot come, give it back.")),
        };
        Send(
            session, own, address, subject, message, own.MovedUpAt is null ? "signed-up" : "moved-up", now, code);
    }

    private void TellOfChange(
        IIntakeSession session, Publication publication, Meeting meeting, SignUp own, DateTimeOffset now)
    {
        if (own.Email is not { } address) return;
        var isOff = meeting.State == MeetingState.CalledOff;
        var time = $"{meeting.On:yyyy-MM-dd} {meeting.From:HH\\:mm}–{meeting.To:HH\\:mm}";
        var (subject, message) = isOff
            ? (new LocalText($"会议取消：{publication.Title}", $"Called off: {publication.Title}"),
                new LocalText(
                    $"您报名（{own.Number}）的会议已取消，原定 {time}，请不要前往。如另行安排，会在公开页面公布。",
                    $"The meeting for which you signed up ({own.Number}), planned for {time}, does not take place; "
                        + "please do not come. If there is another one, it will stand on the public page."))
            : (new LocalText($"会议时间或地点有变：{publication.Title}", $"Moved: {publication.Title}"),
                new LocalText(
                    $"您报名（{own.Number}）的会议有变动，现在的时间是 {time}，地点请看公开页面。"
                        + (own.State == SignUpState.Waiting ? "您仍在候补名单上。" : "您的名额保留；不能来时请取消，让给候补的人。"),
                    $"The meeting for which you signed up ({own.Number}) has changed: it is now on {time}; the place "
                        + "stands on the public page. " + (own.State == SignUpState.Waiting
                            ? "You are still on the waiting list."
                            : "Your place is kept; if you cannot come, give it back for those who wait.")));
        Send(session, own, address, subject, message, $"moved-{meeting.Sequence}", now);
    }

    private void Send(
        IIntakeSession session, SignUp own, string address, LocalText subject, LocalText message, string occasion,
        DateTimeOffset now, string? code = null)
    {
        if (mail.ToVisitor(new VisitorMail
        {
            Address = address,
            Name = own.Name ?? "",
            Language = own.Language,
            Subject = subject,
            Message = message,
            Number = own.Number,
            Code = code,
            Concerning = own.Id.Value,
            Occasion = occasion,
        }, session.Organisation, now) is { } told)
        {
            session.Add(told);
        }
    }
}
