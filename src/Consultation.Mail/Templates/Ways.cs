namespace Consultation.Mail.Templates;

/// <summary>The ways of a message, as they are chosen and stored.</summary>
internal static class Ways
{
    public const string Mail = "mail", Channel = "channel", Both = "both";
}
