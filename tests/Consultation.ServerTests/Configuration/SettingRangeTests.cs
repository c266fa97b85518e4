using Consultation.Server.Settings;
using Microsoft.Extensions.Configuration;

namespace Consultation.ServerTests.Configuration;

/// <summary>
/// Every number and every duration of every section: just below its range, at both ends, just above it, with its
/// neighbours where they are and where it needs them. A setting that is not in the table fails.
/// </summary>
public sealed class SettingRangeTests
{
    /// <summary>
    /// Key; below, least, most, above; what an end needs of its neighbours ("least: key=value"), and which neighbour
    /// complains beside it when it is not given. Empty: there is nothing below or above.
    /// </summary>
    private static readonly Range[] Ranges =
    [
        new("Host:PublicPostsPerMinute", "0", "1", "100000", "100001"),
        new("Host:SignedInPostsPerMinute", "0", "1", "100000", "100001"),
        new("Host:MachinePostsPerMinute", "0", "1", "100000", "100001"),
        new("Host:StopWithin", "00:00:00.9", "00:00:01", "00:05:00", "00:05:01"),
        new("Material:ScanWithin", "00:00:00.9", "00:00:01", "00:10:00", "00:10:01"),
        new("Material:PreviewWithin", "00:00:04.9", "00:00:05", "00:10:00", "00:10:01"),
        new("Runtime:PollEvery", "00:00:00.049", "00:00:00.05", "00:05:00", "00:05:01"),
        new("Runtime:Lease", "00:00:00.9", "00:00:01", "00:10:00", "00:10:01"),
        new("Runtime:RowsPerTurn", "0", "1", "1000", "1001"),
        new("Runtime:RunsPerCommit", "0", "1", "200", "201"),
        new("Runtime:Workers", "0", "1", "64", "65"),
        new("Runtime:ConflictRetries", "-1", "0", "1000", "1001"),
        new("Runtime:ConflictPause", "-00:00:01", "00:00:00", "00:00:05", "00:00:06"),
        new("Runtime:KeepEarlyStimuliFor", "00:00:00", "00:00:01", "400.00:00:00", "400.00:00:01")
        {
            // Longer than the answers of the same messages are kept.
            Against = new("Runtime:KeepOperationsFor", "30.00:00:00", "30.00:00:01"),
        },
        new("Runtime:KeepOperationsFor", "0.23:59:59", "1.00:00:00", "4000.00:00:00", "4000.00:00:01")
        {
            Against = new("Runtime:KeepEarlyStimuliFor", "30.00:00:00", "29.23:59:59"),
        },
        new("Runtime:IncidentRetries:0", "-00:00:01", "00:00:00", "30.00:00:00", "30.00:00:01"),
        new("Runtime:MaxActivitiesPerStep", "99", "100", "10000000", "10000001"),
        new("Runtime:HttpAnswerWithin", "00:00:00.9", "00:00:01", "00:10:00", "00:10:01"),
        new("Runtime:HttpMostBytes", "1023", "1024", "104857600", "104857601"),
        new("Runtime:RequestsAtOnce", "0", "1", "256", "257"),
        new("Resilience:Strategies:0:MaxRetryAttempts", "-1", "0", "100", "101")
            { Needs = [("Resilience:Strategies:0:Id", "mine")] },
        new("Resilience:Strategies:0:Delay", "-00:00:01", "00:00:00", "1.00:00:00", "1.00:00:01")
            { Needs = [("Resilience:Strategies:0:Id", "mine")] },
        new("Mail:RenewLinkKeyAfter", "0.23:59:59", "1.00:00:00", "3650.00:00:00", "3650.00:00:01")
        {
            Needs = [("Mail:KeepLinkKeysFor", "7300.00:00:00")],
            Against = new("Mail:KeepLinkKeysFor", "730.00:00:00", "365.00:00:01"),
        },
        new("Mail:KeepLinkKeysFor", "1.23:59:59", "2.00:00:00", "7300.00:00:00", "7300.00:00:01")
        {
            Needs = [("Mail:RenewLinkKeyAfter", "1.00:00:00")],
            Against = new("Mail:RenewLinkKeyAfter", "180.00:00:00", "359.23:59:59"),
        },
        new("Mail:PollEvery", "00:00:00.09", "00:00:00.1", "00:05:00", "00:05:01"),
        new("Mail:BatchSize", "0", "1", "1000", "1001"),
        new("Mail:MostPerMinute", "0", "1", "100000", "100001"),
        new("Mail:MostPerMinuteToOneDomain", "0", "1", "100000", "100001"),
        new("Mail:Lease", "00:00:29", "00:00:30", "01:00:00", "01:00:01")
        {
            Needs = [("Mail:Smtp:SendTimeout", "00:00:20")],
            Against = new("Mail:Smtp:SendTimeout", "00:00:30", "00:00:39"),
        },
        new("Mail:GiveUpAfter", "00:59:59", "01:00:00", "30.00:00:00", "30.00:00:01"),
        new("Mail:DigestHour", "-1", "0", "23", "24"),
        new("Mail:Smtp:Port", "0", "1", "65535", "65536") { Needs = Smtp },
        new("Mail:Smtp:SendTimeout", "00:00:00.9", "00:00:01", "00:05:00", "00:05:01")
        {
            Needs = [.. Smtp, ("Mail:Lease", "00:10:00")],
            Against = new("Mail:Lease", "00:05:00", "00:04:51"),
        },
        new("Mail:Smtp:KeepOpen", "-00:00:01", "00:00:00", "00:05:00", "00:05:01") { Needs = Smtp },
        new("Mail:FurtherServers:0:Port", "0", "1", "65535", "65536") { Needs = TwoServers },
        new("Mail:FurtherServers:0:SendTimeout", "00:00:00.9", "00:00:01", "00:05:00", "00:05:01")
        {
            Needs = [.. TwoServers, ("Mail:Lease", "00:10:00")],
            Against = new("Mail:Lease", "00:05:00", "00:04:31"),
        },
        new("Mail:FurtherServers:0:KeepOpen", "-00:00:01", "00:00:00", "00:05:00", "00:05:01") { Needs = TwoServers },
        new("Mail:Channel:SendTimeout", "00:00:00.9", "00:00:01", "00:00:20", "00:00:21"),
        new("Mail:Channel:MostPerMinute", "0", "1", "100000", "100001"),
        new("Mail:Channel:GiveUpAfter", "00:04:59", "00:05:00", "3.00:00:00", "3.00:00:01"),
        new("Mail:Channel:FromHour", "-1", "0", "22", "23")
        {
            Needs = [("Mail:Channel:ToHour", "24")],
            Against = new("Mail:Channel:ToHour", "21", "21"),
        },
        new("Mail:Channel:ToHour", "0", "1", "24", "25")
        {
            Needs = [("Mail:Channel:FromHour", "0")],
            Against = new("Mail:Channel:FromHour", "8", "8"),
        },
        new("Mail:Channel:MostCharacters", "99", "100", "1000", "1001"),
        new("Mail:Incoming:OwnReceived", "0", "1", "10", "11"),
        new("Mail:Incoming:OldAfter", "00:59:59", "01:00:00", "90.00:00:00", "90.00:00:01"),
        new("Mail:Incoming:MostBytes", "65535", "65536", "52428800", "52428801"),
        new("Mail:Incoming:PollEvery", "00:00:00.9", "00:00:01", "00:10:00", "00:10:01"),
        new("Mail:Incoming:Imap:Port", "0", "1", "65535", "65536") { Needs = Imap },
        new("Telemetry:ReadLoadEvery", "00:00:00.9", "00:00:01", "00:10:00", "00:10:01"),
    ];

    private static (string, string)[] Smtp => [("Mail:Transport", "Smtp"), ("Mail:Smtp:Host", "mail.example.org")];

    private static (string, string)[] TwoServers => [.. Smtp, ("Mail:FurtherServers:0:Host", "mail2.example.org")];

    private static (string, string)[] Imap =>
    [
        ("Mail:Incoming:Source", "Imap"), ("Mail:Incoming:Imap:Host", "mail.example.org"),
        ("Mail:Incoming:Imap:User", "xieshang"),
        ("Mail:Incoming:Imap:PasswordFile", typeof(SettingRangeTests).Assembly.Location),
    ];

    public static TheoryData<string> Keys => [.. Ranges.Select(range => range.Key)];

    [Fact]
    public void Every_number_and_duration_has_its_range_here()
    {
        var numbers = SettingsCheck.Sections.SelectMany(one => Numbers(one.Section, one.Type));

        Ranges.Select(range => range.Key).Should().BeEquivalentTo(numbers);
    }

    [Fact]
    public void The_defaults_are_right() => Problems().Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Keys))]
    public void Both_ends_are_right_and_what_lies_beyond_them_is_refused_by_name(string key)
    {
        var range = Ranges.Single(one => one.Key == key);

        Problems([.. range.Needs, (key, range.Least)]).Should().BeEmpty();
        Problems([.. range.Needs, (key, range.Most)]).Should().BeEmpty();
        foreach (var beyond in new[] { range.Below, range.Above })
        {
            Problems([.. range.Needs, (key, beyond)]).Should().ContainSingle(beyond).Which.Should().Contain(Name(key));
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_end_that_contradicts_a_neighbour_is_refused_with_both_names(string key)
    {
        var range = Ranges.Single(one => one.Key == key);
        foreach (var end in new[] { range.Least, range.Most })
        {
            // With the neighbours at their defaults: fine, or one complaint that names both.
            var problems = Problems([.. range.Needs.Where(
                need => need.Item1.StartsWith("Resilience:", StringComparison.Ordinal)
                || need.Item1 is "Mail:Transport" || need.Item1.EndsWith(":Host", StringComparison.Ordinal)),
                (key, end)]);
            if (problems.Count > 0)
            {
                problems.Should().ContainSingle().Which.Should().Contain(key).And.Contain(range.Against!.Key);
            }
        }

        if (range.Against is { } against)
        {
            var refused = Problems(
                [.. range.Needs.Where(need => need.Item1 != against.Key), (against.Key, against.Value),
                    (key, against.Contradicting)]);
            refused.Should().ContainSingle().Which.Should().Contain(key).And.Contain(against.Key);
        }
    }

    [Theory]
    [InlineData("Storage:Provider", "Oracle", "Sqlite, PostgreSql, SqlServer")]
    [InlineData("Storage:Provider", "7", "Sqlite, PostgreSql, SqlServer")]
    [InlineData("Storage:Provider", "Sqlite,PostgreSql", "Sqlite, PostgreSql, SqlServer")]
    [InlineData("Mail:Transport", "Pigeon", "Pickup, Smtp")]
    [InlineData("Mail:Smtp:Security", "9", "StartTls, StartTlsIfOffered, Tls, None")]
    [InlineData("Mail:PollEvery", "soon", "00:00:30")]
    [InlineData("Mail:BatchSize", "1.5", "whole number")]
    [InlineData("Mail:BatchSize", "99999999999", "whole number")]
    [InlineData("Host:BehindProxy", "maybe", "true or false")]
    [InlineData("Runtime:IncidentRetries:1", "x", "00:00:30")]
    [InlineData("OpenId:Roles:0:Role", "King", "Administrator")]
    [InlineData("Elsa:ReadOnlyRoles:0", "King", "Administrator")]
    public void What_cannot_be_read_is_named_with_what_should_stand_there(string key, string value, string expected) =>
        Problems((key, value)).Should().ContainSingle().Which.Should()
            .StartWith(key + ":").And.Contain($"“{value}”").And.Contain(expected);

    [Theory]
    [InlineData("PostgreSql", null)]
    [InlineData("SqlServer", null)]
    [InlineData("Sqlite", "Host=db;Username=x;Password=hidden-word")]
    [InlineData("PostgreSql", "Data Source=hidden-word.db;Cache=Shared")]
    [InlineData("SqlServer", "hidden-word")]
    [InlineData("Sqlite", " ")]
    public void A_connection_string_of_another_product_is_refused_unshown(string provider, string? connection)
    {
        var problems = connection is null
            ? Problems(("Storage:Provider", provider))
            : Problems(("Storage:Provider", provider), ("Storage:ConnectionString", connection));

        problems.Should().Contain(problem => problem.Contains("Storage:Provider")
            && problem.Contains("Storage:ConnectionString"));
        problems.Should().NotContain(problem => problem.Contains("hidden-word"));
    }

    [Fact]
    public void All_complaints_come_at_once() =>
        Problems(("Mail:BatchSize", "0"), ("Runtime:TimeZone", "Middle/Earth"), ("Storage:Provider", "Oracle"))
            .Select(problem => problem.Split(' ')[0]).Should()
            .Equal("Storage:Provider:", "Runtime:TimeZone:", "Mail:BatchSize:");

    private static IReadOnlyList<string> Problems(params (string Key, string Value)[] settings) =>
        SettingsCheck.Problems(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))).Build());

    /// <summary>A complaint names a list as a whole.</summary>
    private static string Name(string key) =>
        key.EndsWith(":0", StringComparison.Ordinal) ? key[..^2] : key;

    private static IEnumerable<string> Numbers(string section, Type type)
    {
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            var key = $"{section}:{property.Name}";
            var (kind, place) = property.PropertyType.IsArray
                ? (property.PropertyType.GetElementType()!, $"{key}:0")
                : (property.PropertyType, key);
            kind = Nullable.GetUnderlyingType(kind) ?? kind;
            if (kind == typeof(int) || kind == typeof(TimeSpan)) yield return place;
            else if (kind.IsClass && kind.Assembly == type.Assembly)
            {
                foreach (var inner in Numbers(place, kind)) yield return inner;
            }
        }
    }

    /// <summary>A neighbour at some value, and a value of the setting itself that does not go with it.</summary>
    private sealed record Neighbour(string Key, string Value, string Contradicting);

    private sealed record Range(string Key, string Below, string Least, string Most, string Above)
    {
        public (string, string)[] Needs { get; init; } = [];

        public Neighbour? Against { get; init; }
    }
}
