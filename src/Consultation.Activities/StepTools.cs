using Consultation.Mail.ActionLinks;
using Consultation.Mail.Templates;

namespace Consultation.Activities;

/// <summary>
/// What the steps need besides the case file: the words of mails and the links in them. Both are pure.
/// </summary>
/// <param name="Composer">Makes mails.</param>
/// <param name="Links">Makes the links by which a task is answered.</param>
public sealed record StepTools(MailComposer Composer, ActionLinkMint Links);
