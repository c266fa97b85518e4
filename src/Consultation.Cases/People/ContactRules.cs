using System.Text.RegularExpressions;
using Consultation.Cases.Forms;

namespace Consultation.Cases.People;

/// <summary>
/// What a mail address, a phone number and a short text must look like. One place for desk, public form and import.
/// </summary>
public static partial class ContactRules
{
    /// <summary>
    /// One plain mailbox address: no display name, no list, no line break (mail rule 13). The domain may be written in
    /// Chinese. At most 254 characters.
    /// </summary>
    public static bool IsEmail(string text) =>
        text.Length <= 254 && Address().IsMatch(text) && !text.Contains("..", StringComparison.Ordinal);

    /// <summary>
    /// A phone number of 5 to 20 digits with the usual marks: +86 138 0000 0000, (010) 6555-0000 转 12.
    /// </summary>
    public static bool IsPhone(string text) =>
        text.Length <= 40 && PhoneNumber().IsMatch(text) && text.Count(char.IsAsciiDigit) is >= 5 and <= 20;

    /// <summary>The error of a mail address field, or null.</summary>
    public static FieldError? Email(string field, string? value) =>
        string.IsNullOrWhiteSpace(value) || IsEmail(value.Trim()) ? null : new(field, new(
        "邮箱地址不正确，请按 name@example.org 的样子填写，只填一个地址。",
        "This is not a mail address; write one address such as name@example.org."));

    /// <summary>The error of a phone field, or null.</summary>
    public static FieldError? Phone(string field, string? value) =>
        string.IsNullOrWhiteSpace(value) || IsPhone(value.Trim()) ? null : new(field, new(
        "电话号码不正确，请填写手机或带区号的座机号码。",
        "This is not a phone number; write a mobile number or a landline with its area code."));

    /// <summary>The error of a text with limits, or null. A minimum above 0 makes it required.</summary>
    public static FieldError? Length(string field, LocalText label, string? value, int min, int max)
    {
        var length = value?.Trim().Length ?? 0;
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

    [GeneratedRegex(
        @"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+"
            + @"[\p{L}\p{N}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}]\z",
        RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[+(\uFF08]?[0-9()\uFF08\uFF09 转#+-]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex PhoneNumber();
}
