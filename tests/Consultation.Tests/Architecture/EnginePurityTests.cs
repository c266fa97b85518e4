using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Consultation.Engine.Expressions;

namespace Consultation.Tests.Architecture;

/// <summary>
/// The engine reads no clock, makes no ids and does no input or output. The analyzer says so where the code is
/// written; here the built assembly is held to the same lists, whatever the analyzer was told.
/// </summary>
public sealed class EnginePurityTests
{
    /// <summary>Namespaces of which nothing may be used: the analyzer's list names single types only.</summary>
    private static readonly string[] Whole =
    [
        "N:System.IO.IsolatedStorage", "N:System.IO.MemoryMappedFiles", "N:System.IO.Pipes", "N:System.Net.Http",
        "N:System.Net.Mail", "N:System.Net.NetworkInformation", "N:System.Net.Quic", "N:System.Net.Security",
        "N:System.Net.Sockets", "N:System.Net.WebSockets", "N:System.Threading.Tasks", "N:System.Timers",
        "N:Microsoft.Extensions", "N:Microsoft.AspNetCore",
    ];

    [Theory]
    [InlineData("M:System.Guid.NewGuid")]
    [InlineData("T:System.Random")]
    [InlineData("T:System.Diagnostics.Stopwatch")]
    [InlineData("P:System.Environment.TickCount64")]
    [InlineData("M:System.Environment.GetEnvironmentVariable(System.String)")]
    [InlineData("T:System.Diagnostics.Process")]
    [InlineData("T:System.Console")]
    [InlineData("T:System.IO.File")]
    [InlineData("T:System.IO.FileStream")]
    [InlineData("T:System.IO.FileInfo")]
    [InlineData("T:System.IO.Directory")]
    [InlineData("T:System.IO.DirectoryInfo")]
    [InlineData("T:System.IO.DriveInfo")]
    [InlineData("T:System.IO.StreamReader")]
    [InlineData("T:System.Net.Http.HttpClient")]
    [InlineData("T:System.Net.Sockets.Socket")]
    [InlineData("T:System.Net.Dns")]
    [InlineData("T:System.Threading.Thread")]
    [InlineData("T:System.Threading.Tasks.Task")]
    [InlineData("P:System.DateTime.UtcNow")]
    public void The_list_bans_it(string entry) => Listed().Should().Contain(entry);

    [Fact]
    public void The_built_engine_uses_nothing_that_is_banned() =>
        // A thread only for a deeper stack: the caller waits for it (DeepStack).
        Offences(typeof(CronSchedule).Assembly)
            .Where(offence => !offence.StartsWith("System.Threading.Thread.", StringComparison.Ordinal))
            .Should().BeEmpty();

    /// <summary>Tests read files and start threads: the check finds in them what it would find in the engine.</summary>
    [Theory]
    [InlineData("T:System.IO.File")]
    [InlineData("N:System.Threading.Tasks")]
    [InlineData("T:System.Threading.Thread")]
    [InlineData("T:System.Random")]
    [InlineData("M:System.Guid.NewGuid")]
    public void The_check_finds_what_an_assembly_uses(string entry) =>
        Offences(typeof(EnginePurityTests).Assembly).Should()
            .Contain(offence => offence.EndsWith($"({entry})", StringComparison.Ordinal));

    private static IEnumerable<string> Listed() =>
        new[] { "BannedSymbols.txt", "src/Consultation.Engine/BannedSymbols.txt" }
            .SelectMany(list => File.ReadLines(Path.Combine(Repository.Root, list)))
            .Where(line => line.Length > 0)
            .Select(line => line.Split(';')[0]);

    private static List<string> Offences(Assembly assembly)
    {
        var banned = Listed().Concat(Whole)
            .Select(entry => (Entry: entry, Name: entry[2..].Split('(')[0].Replace('#', '.'))).ToList();
        return [.. Used(assembly).SelectMany(used => banned
            .Where(ban => IsMeant(ban.Entry[0], ban.Name, used))
            .Select(ban => $"{used.Type}.{used.Member} ({ban.Entry})"))];
    }

    private static bool IsMeant(char kind, string name, Use used) => kind switch
    {
        'N' => used.Namespace == name || used.Namespace.StartsWith(name + ".", StringComparison.Ordinal),
        'T' => used.Type == name,
        'P' => $"{used.Type}.{used.Member}" == name.Insert(name.LastIndexOf('.') + 1, "get_"),
        _ => $"{used.Type}.{used.Member}" == name,
    };

    private sealed record Use(string Namespace, string Type, string Member);

    /// <summary>Every type that the assembly names, alone and with each member that it names.</summary>
    private static List<Use> Used(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var used = metadata.TypeReferences
            .Select(handle => metadata.GetTypeReference(handle))
            .Select(type => Of(type, "")).ToList();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            used.Add(Of(type, metadata.GetString(member.Name)));
        }

        return used;

        Use Of(TypeReference type, string member)
        {
            var space = metadata.GetString(type.Namespace);
            return new Use(space, $"{space}.{metadata.GetString(type.Name)}", member);
        }
    }
}
