using System.Security.Cryptography;
using Consultation.Cases.People;

namespace Consultation.Cases.Matters;

/// <summary>
/// The short address of a hall, for posters and codes: made from the hall's id, so that it never changes and nobody
/// keeps it. Pure.
/// </summary>
public static class HallCode
{
    private const int Length = 6;
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>The halls that have one, in the order of their names.</summary>
    public static IReadOnlyList<Unit> HallsOf(OrganisationDirectory directory) =>
        [.. directory.Units.Where(unit => unit is { Active: true, IsPlatform: true })
            .OrderBy(unit => unit.Name.Zh, StringComparer.Ordinal)];

    /// <summary>Six letters and digits, none that looks like another.</summary>
    public static string Of(UnitId hall)
    {
        var hash = SHA256.HashData(hall.Value.ToByteArray());
        return string.Create(Length, hash, (code, bytes) =>
        {
            for (var at = 0; at < code.Length; at++) code[at] = Letters[bytes[at] % Letters.Length];
        });
    }

    /// <summary>The hall of a code, however it is typed; null when there is none.</summary>
    public static Unit? Find(IEnumerable<Unit> halls, string code)
    {
        var typed = TypedText.Fold(code);
        return halls.FirstOrDefault(unit => Of(unit.Id) == typed);
    }

    /// <summary>The address to print: it leads to the form of the hall.</summary>
    public static string Address(Uri home, string slug, UnitId hall) =>
        $"{home.AbsoluteUri.TrimEnd('/')}/p/{Uri.EscapeDataString(slug)}/h/{Of(hall)}";
}
