namespace Consultation.Cases.People;

/// <summary>Holds outgoing mail back, lets it go again, tries it out.</summary>
public sealed partial class OrganisationEdits
{
    private const string MailSubject = "mail";

    /// <summary>Holds all mail of the organisation back; what is written meanwhile waits too.</summary>
    public Task<EditResult> PauseMailAsync(
        OrganisationEdit edit, string reason, CancellationToken cancellationToken) =>
        RunAsync(edit, MailSubject, (session, now) =>
        {
            var row = session.File.Directory.Organisation;
            if (row.MailPausedAt is not null) return new EditOutcome.AsItWas(row.Id.Value);
            if (ContactRules.Length("reason", new("原因", "Reason"), reason, 2, 200) is { } error)
            {
                return new EditOutcome.Wrong([error]);
            }

            (row.MailPausedAt, row.MailPauseReason) = (now, reason.Trim());
            return new EditOutcome.Changed(row.Id.Value, MailSubject, new(
                $"暂停发信。原因：{row.MailPauseReason}", $"held outgoing mail back. Reason: {row.MailPauseReason}"));
        }, cancellationToken);

    /// <summary>Lets mail leave again, first what has waited longest.</summary>
    public Task<EditResult> ResumeMailAsync(OrganisationEdit edit, CancellationToken cancellationToken) =>
        RunAsync(edit, MailSubject, (session, _) =>
        {
            var row = session.File.Directory.Organisation;
            if (row.MailPausedAt is null) return new EditOutcome.AsItWas(row.Id.Value);
            (row.MailPausedAt, row.MailPauseReason) = (null, null);
            return new EditOutcome.Changed(row.Id.Value, MailSubject, new("恢复发信", "let outgoing mail leave again"));
        }, cancellationToken);

    /// <summary>Writes a mail to whoever asks for it, which goes the way of every other mail.</summary>
    public Task<EditResult> TryMailAsync(OrganisationEdit edit, CancellationToken cancellationToken) =>
        RunAsync(edit, null, (session, now) =>
        {
            var file = session.File;
            if (file.Directory.Find(edit.ActorId) is not { } me || mail.Trial(me, file.Directory, now) is not { } trial)
            {
                return new EditOutcome.Wrong(
                    "", "您的人员信息里没有可用的邮箱地址，请先填写。",
                    "Your own entry has no mail address that can be written to; fill it in first.");
            }

            file.Add(trial);
            return new EditOutcome.Changed(edit.OrganisationId.Value, MailSubject, new(
                $"向{me.Name}发出一封测试邮件", $"sent a test mail to {me.Name}"));
        }, cancellationToken);

    /// <summary>
    /// Writes a message of the second channel to whoever asks for it, which goes the way of every other message.
    /// </summary>
    public Task<EditResult> TryChannelAsync(OrganisationEdit edit, CancellationToken cancellationToken) =>
        RunAsync(edit, null, (session, now) =>
        {
            var file = session.File;
            if (file.Directory.Find(edit.ActorId) is not { } me
                || mail.TrialByChannel(me, file.Directory, now) is not { } trial)
            {
                return new EditOutcome.Wrong(
                    "", "短信等通道没有开通，或您的人员信息里没有通道号码，请先在“个人设置”填写。",
                    "The second channel is off, or your own entry has no number there; fill it in under My settings "
                        + "first.");
            }

            file.Add(trial);
            return new EditOutcome.Changed(edit.OrganisationId.Value, MailSubject, new(
                $"向{me.Name}发出一条测试消息（短信等通道）", $"sent a test message by the second channel to {me.Name}"));
        }, cancellationToken);
}
