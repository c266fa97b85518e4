using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Layout;

/// <summary>
/// Names the operation that a posted form asks for: the hidden id of the shown form (<see cref="OperationId"/>), and a
/// fingerprint of what was posted with it. So two clicks are one operation, and a form that the Back button brought
/// back, filled in with something else, is another one: the answer to the first is never shown for it.
/// </summary>
internal static partial class PostedOperation
{
    /// <summary>Name of the hidden field that carries the form's own id.</summary>
    internal const string Field = "operation";

    /// <summary>The form's own id, or null when what was posted is none that a form of ours shows.</summary>
    internal static string? IdOf(IFormCollection form) =>
        form[Field] is [{ } id] && Shape().IsMatch(id) ? id : null;

    /// <summary>
    /// The operation of a posted form. One without an id is an operation of its own: whoever cannot name it again
    /// cannot ask for its answer either.
    /// </summary>
    internal static string Of(IFormCollection form) =>
        $"{IdOf(form) ?? Guid.CreateVersion7().ToString("N")}.{FingerprintOf(form)}";

    private static string FingerprintOf(IFormCollection form)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in form.Where(field => IsContent(field.Key))
            .OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            foreach (var value in field.Value) Add(hash, field.Key, Encoding.UTF8.GetBytes(PostedForm.Clean(value)));
        }

        foreach (var file in form.Files)
        {
            using var content = file.OpenReadStream();
            Add(hash, file.Name, SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>
    /// The antiforgery token and the labels say nothing about what is asked for, and differ from one showing of a form
    /// to the next.
    /// </summary>
    private static bool IsContent(string name) =>
        name != Field && (!name.StartsWith('_') || name == PostedForm.HandlerField);

    /// <summary>Lengths go in too: no two forms read alike because a value ends where the next begins.</summary>
    private static void Add(IncrementalHash hash, string name, byte[] value)
    {
        var key = Encoding.UTF8.GetBytes(name);
        hash.AppendData(BitConverter.GetBytes(key.Length));
        hash.AppendData(key);
        hash.AppendData(BitConverter.GetBytes(value.Length));
        hash.AppendData(value);
    }

    [GeneratedRegex("^[0-9A-Za-z-]{16,64}$")]
    private static partial Regex Shape();
}
