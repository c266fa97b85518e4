using System.Globalization;
using System.Text;
using Consultation.Cases.Calendar;
using Consultation.Web.Assets;

namespace Consultation.Web.Calendar;

/// <summary>The State Council's holidays and make-up days of the years that come with the product (O4).</summary>
public static class HolidayYears
{
    private const string Prefix = "holidays/";

    /// <summary>The years, oldest first.</summary>
    public static IReadOnlyList<int> All { get; } =
    [
        .. typeof(HolidayYears).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => int.Parse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture))
            .Order(),
    ];

    /// <summary>The days of a year; none for a year that does not come with the product.</summary>
    public static IReadOnlyList<CalendarDayEntry> Of(int year) =>
        All.Contains(year)
        && StateCouncilCalendar.Read(
            Encoding.UTF8.GetString(DeskAssets.Read($"{Prefix}{year.ToString(CultureInfo.InvariantCulture)}.json")))
            is CalendarReading.Read read
            ? read.Days
            : [];
}
