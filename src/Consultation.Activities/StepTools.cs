using Consultation.Cases.Screening;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Templates;

namespace Consultation.Activities;

/// <summary>
/// What the steps need besides the case file: the words of mails, the links in them, the seal of withheld words.
/// </summary>
/// <param name="Composer">Makes mails.</param>
/// <param name="Links">Makes the links by which a task is answered.</param>
/// <param name="Seal">Closes up the words that a restriction takes out of a case.</param>
public sealed record StepTools(MailComposer Composer, ActionLinkMint Links, IWordSeal Seal);
