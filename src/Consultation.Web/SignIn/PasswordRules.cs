using Consultation.Cases;
using Consultation.Web.Texts;

namespace Consultation.Web.SignIn;

/// <summary>
/// What a password must be: long enough, not trivial, not the log-in name. No rules that make people write it down.
/// </summary>
internal static class PasswordRules
{
    internal const int Shortest = 10;
    internal const int Longest = 200;

    /// <summary>What is wrong with a new password, or null.</summary>
    public static LocalText? Check(DeskTexts texts, string password, string userName) => password switch
    {
        { Length: < Shortest } => texts.Both("sign-in.password.short", Shortest),
        { Length: > Longest } => texts.Both("sign-in.password.long", Longest),
        _ when password.Distinct().Count() < 5 => texts.Both("sign-in.password.trivial"),
        _ when userName.Length > 2 && password.Contains(userName, StringComparison.OrdinalIgnoreCase) =>
            texts.Both("sign-in.password.name"),
        _ => null,
    };
}
