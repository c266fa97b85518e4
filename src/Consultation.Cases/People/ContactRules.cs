using System.Text.RegularExpressions;
using Consultation.Cases.Forms;

namespace Consultation.Cases.People;

/// <summary>
/// What a phone number and a short text must look like, and who says it of a mail address. One place for desk, public
/// form and import.
/// </summary>
public static partial class ContactRules
{
    /// <summary>
    /// A phone number of 5 to 20 digits with the usual marks: +86 138 0000 0000, (010) 6555-0000 转 12. Full-width signs
    /// and other dashes are plain ones by then (<see cref="TypedText.Code"/>).
    /// </summary>
    public static bool IsPhone(string text) =>
        text.Length <= 40 && PhoneNumber().IsMatch(text) && text.Count(char.IsAsciiDigit) is >= 5 and <= 20;

    /// <summary>
    /// The error of a mail address field, or null. There is one rule for addresses, that of the mails themselves: what
    /// is taken here can be written to.
    /// </summary>
    public static FieldError? Email(string field, string? value, IUseCaseMail mail) =>
        TypedText.Address(value) is { Length: > 0 } address && mail.CheckAddress(address) is { } problem
            ? new(field, problem)
            : null;

    /// <summary>The error of a phone field, or null.</summary>
    public static FieldError? Phone(string field, string? value) =>
        TypedText.Code(value) is not { Length: > 0 } phone || IsPhone(phone) ? null : new(field, new(
        "电话号码不正确，请填写手机或带区号的座机号码。",
        "This is not a phone number; write a mobile number or a landline with its area code."));

    /// <summary>The error of a text with limits, or null. A minimum above 0 makes it required.</summary>
    public static FieldError? Length(string field, LocalText label, string? value, int min, int max)
    {
        var length = TypedText.Prose(value).Length;
        if (length == 0 && min > 0)
        {
            return new(field, new($"请填写“{label.Zh}”。", $"Fill in “{label.For("en")}”."));
        }

        if (length > 0 && length < min)
        {
            return new(field,
                new($"“{label.Zh}”至少 {min} 字，请写得具体一些。", $"“{label.For("en")}” needs at least {min} characters."));
        }

        return length <= max ? null : new(field, new(
            $"“{label.Zh}”不能超过 {max} 字，现有 {length} 字。",
            $"“{label.For("en")}” has at most {max} characters; it has {length}."));
    }

    [GeneratedRegex(@"^[+(]?[0-9() 转#+-]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex PhoneNumber();
}
