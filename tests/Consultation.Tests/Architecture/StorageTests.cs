using System.Text.RegularExpressions;

namespace Consultation.Tests.Architecture;

/// <summary>
/// Storage stores and reads: no rule, no use case, no prose (docs/decisions/0011-storage-only-stores.md).
/// </summary>
public sealed partial class StorageTests
{
    private const string Storage = "src/Consultation.Storage/";

    /// <summary>Files with Chinese in them, each with its reason.</summary>
    private static readonly Dictionary<string, string> Chinese = new()
    {
        [Storage + "Mail/MailSample.txt"] = "a dictionary for packing mail bodies; nobody reads it",
        [Storage + "Runs/JournalSample.txt"] = "a dictionary for packing journals; nobody reads it",
    };

    /// <summary>
    /// Readers that give something of cases without asking who looks, each with what stands in for the question.
    /// </summary>
    private static readonly Dictionary<string, string> Unasked = new()
    {
        ["Cases/ArchiveReader.cs"] = "is given a case that the viewer sees; of other restricted ones nothing",
        ["Calendar/FeedReader.cs"] = "whose calendar it is says a secret address; of restricted cases only numbers",
        ["Cases/CaseRows.cs"] = "are the rows that a list gives",
        ["Flowcharts/RunPartReader.cs"] = "is given the id of a case that the viewer was found to see",
        ["Matters/ReplyReader.cs"] = "is given number and code by the proposer; a restricted case asks nothing",
        ["Publishing/PublicationReader.cs"] = "what was published to everybody; a restriction withdraws it",
        ["Matters/PublicReader.cs"] = "what everybody may know; never a restricted case",
        ["People/FirstHourReader.cs"] = "says only whether there is any",
        ["People/HoldingsReader.cs"] = "gives numbers and days to the office, whatever the case",
        ["Search/SearchHit.cs"] = "the shape of what SearchReader found",
        ["Plans/PlanReader.cs"] = "is given the viewer's task and its case",
        ["Tasks/MaterialReader.cs"] = "is given a task and its case; whoever answers is asked by the page",
        ["Tasks/TaskMaterial.cs"] = "is what the one above gives",
    };

    [Fact]
    public void It_speaks_to_nobody()
    {
        var offenders = Repository.Files(Storage, ".cs", ".txt", ".json")
            .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal) && !Chinese.ContainsKey(path))
            .Where(path => Han().IsMatch(Repository.Read(path)));

        offenders.Should().BeEmpty("sentences for people come from Cases, Mail, Runtime, Api or Web");
        Chinese.Keys.Should().OnlyContain(path => Han().IsMatch(Repository.Read(path)));
    }

    [Fact]
    public void Whatever_reads_cases_asks_who_looks()
    {
        var readers = Repository.Files(Storage + "Reading", ".cs").Where(path => Cases().IsMatch(Repository.Read(path)))
            .ToLookup(path => Repository.Read(path).Contains("CaseScope", StringComparison.Ordinal),
                path => path[(Storage.Length + 8)..]);

        readers[false].Should().BeSubsetOf(Unasked.Keys);
        readers[true].Should().NotIntersectWith(Unasked.Keys, "what asks needs no reason").And.HaveCountGreaterThan(4);
        Unasked.Keys.Should().OnlyContain(path => File.Exists(Path.Combine(Repository.Root, Storage, "Reading", path)));
    }

    [GeneratedRegex(@"[\u3000-\u9FFF\uFF00-\uFFEF]")]
    private static partial Regex Han();

    [GeneratedRegex(
        @"\b(Set<(Case|WorkTask|TrackedItem|Matter)>|db\.(Cases|Tasks|TrackedItems|Matters)|CaseReader|CaseId)\b")]
    private static partial Regex Cases();
}
