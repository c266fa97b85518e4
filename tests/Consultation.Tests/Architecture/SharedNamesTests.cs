using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consultation.Activities;
using Consultation.Activities.Documents;
using Consultation.Activities.Work;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.Numbers;
using Consultation.Cases.Tasks;
using Consultation.Cases.Workflows;
using Consultation.Mail.Templates;

namespace Consultation.Tests.Architecture;

/// <summary>
/// The names that the program shares with workflows/*.json stand in catalogues: what the program relies on is in the
/// files, what the files name is in the catalogues, and nobody writes such a name a second time.
/// </summary>
public sealed partial class SharedNamesTests
{
    private static readonly IReadOnlyDictionary<string, JsonNode> Files = Repository.Files("workflows", ".json")
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => JsonNode.Parse(Repository.Read(path))!);

    private static readonly List<JsonObject> Nodes = [.. Files.Values.SelectMany(file => Activities(file))];

    [Fact]
    public void Every_shipped_workflow_is_known_and_every_known_one_is_shipped()
    {
        Files.Keys.Should().BeEquivalentTo(ConstantsOf(typeof(WorkflowKeys)));
        Files.Should().OnlyContain(file => file.Value["definitionId"]!.ToString() == file.Key);
        Literals("workflowDefinitionId").Concat(Literals("workflow")).Should().BeSubsetOf(WorkflowKeys.Parts);
    }

    [Fact]
    public void Steps_that_readers_look_for_exist()
    {
        var types = ConsultationActivities.Types(null!).Select(type => type.Descriptor.TypeName).ToList();

        ConstantsOf(typeof(StepTypes)).Should().BeSubsetOf(types);
        Nodes.Select(node => node["type"]!.ToString())
            .Where(type => type.StartsWith("Consultation.", StringComparison.Ordinal))
            .Should().BeSubsetOf(types);
        Literals("dueFrom").Concat(Literals("from")).Should().BeSubsetOf(ConstantsOf(typeof(CountedFrom)));
    }

    [Fact]
    public void Forms_that_workflows_name_are_in_the_catalogue_and_forms_that_the_program_knows_are_asked()
    {
        // Forms that a step asks by itself, whatever its node says.
        string[] asked = [FormKeys.Screening, FormKeys.SecondCheck, FormKeys.ExclusionRecheck,
            FormKeys.ExclusionReview,
            FormKeys.FormalReminderReply, FormKeys.RecipientCheck, FormKeys.MeetingPlan, FormKeys.SeatReplacement,
            FormKeys.AttendanceReply, FormKeys.MeetingRecord, FormKeys.MinutesAnswers, FormKeys.CountSheet,
            FormKeys.RollCall, FormKeys.Ballot, FormKeys.Vote, FormKeys.GateCount, FormKeys.PublishTopic,
            FormKeys.PublishMeeting, FormKeys.PublishResult, FormKeys.OnlineConsultation];
        var named = Literals("form").ToHashSet();

        named.Should().OnlyContain(key => FormCatalogue.Find(key) != null);
        ConstantsOf(typeof(FormKeys)).Should().OnlyContain(key => FormCatalogue.Find(key) != null);
        ConstantsOf(typeof(FormKeys)).Except(asked).Should().BeSubsetOf(named);
    }

    [Fact]
    public void Records_that_workflows_show_or_judge_are_kept_by_some_step()
    {
        var kept = Literals("form").Concat(Literals("record")).ToHashSet();

        Lists("shows").Should().OnlyContain(key => Exhibits.All.Any(one => one.Key == key));
        Literals("record").Should()
            .OnlyContain(key => Exhibits.All.Any(one => one.Key == key), "people read its name, not its key");
        Literals("barAuthorOf").Should().BeSubsetOf(kept);
    }

    [Fact]
    public void Mails_policies_and_documents_that_workflows_name_exist()
    {
        Literals("template").Should().OnlyContain(key => MailTemplateCatalogue.Find(key) != null);
        Literals("reminders").Should().BeSubsetOf(PolicyDefaults.Reminders(default).Select(policy => policy.Key));
        Literals("ladder").Should().BeSubsetOf(PolicyDefaults.Ladders(default).Select(ladder => ladder.Key));
        Nodes.Where(node => node["type"]!.ToString() == "Consultation.GenerateDocument")
            .Select(node => Literal(node, "kind"))
            .Should().OnlyContain(key => DocumentKinds.All.Any(kind => kind.Key == key));
    }

    [Fact]
    public void Mails_of_the_default_ladders_exist()
    {
        ConstantsOf(typeof(EscalationTemplates)).Should().OnlyContain(key => MailTemplateCatalogue.Find(key) != null);
        PolicyDefaults.Ladders(default).SelectMany(ladder => ladder.Rungs).Select(rung => rung.TemplateKey)
            .Should().BeSubsetOf(ConstantsOf(typeof(EscalationTemplates)));
    }

    [Fact]
    public void Kinds_of_document_that_the_program_knows_can_be_made() =>
        ConstantsOf(typeof(DocumentKeys)).Should().BeSubsetOf(DocumentKinds.All.Select(kind => kind.Key));

    [Fact]
    public void Outcomes_of_workflows_have_names_for_people_and_known_ones_are_given()
    {
        // Outcomes of steps that are no gates, and those that every gate has by itself.
        string[] own = [OutcomeKeys.Done, OutcomeKeys.Submit, OutcomeKeys.Acknowledge, OutcomeKeys.Report,
            OutcomeKeys.CastVote, OutcomeKeys.AskExtension, OutcomeKeys.NoObjection, OutcomeKeys.Objection,
            OutcomeKeys.Uphold, OutcomeKeys.Reopen, OutcomeKeys.Recuse, OutcomeKeys.Abstain, OutcomeKeys.Undecided,
            OutcomeKeys.Prolong, OutcomeKeys.Publish, OutcomeKeys.Withhold];
        var given = Lists("outcomes").ToHashSet();

        given.Should().BeSubsetOf(ConstantsOf(typeof(OutcomeKeys)));
        ConstantsOf(typeof(OutcomeKeys)).Except(own).Should().BeSubsetOf(given);
        ConstantsOf(typeof(OutcomeKeys)).Should().OnlyContain(key => Outcomes.Of(key).Label.Zh != key);
    }

    [Fact]
    public void Number_series_of_workflows_are_not_those_that_the_program_counts_itself()
    {
        var own = new[]
        {
            SeriesKeys.Matter, SeriesKeys.Task, SeriesKeys.AnnexRow, SeriesKeys.Opinion, SeriesKeys.SignUp,
        };

        Literals("series").Should().Contain(SeriesKeys.Case).And.NotIntersectWith(own);
        Literals("series").Should()
            .NotContain(series => series.StartsWith(SeriesKeys.Of(""), StringComparison.Ordinal));
    }

    [Fact]
    public void A_phase_that_is_watched_is_entered()
    {
        foreach (var file in Files.Values)
        {
            var nodes = Activities(file).ToList();
            var entered = nodes.Where(node => node["type"]!.ToString() == StepTypes.EnterStep)
                .Select(node => Literal(node, "key"));
            nodes.Select(node => Literal(node, "phase")).OfType<string>().Should().BeSubsetOf(entered);
        }
    }

    [Fact]
    public void A_shared_name_is_written_once()
    {
        // Names of one word mean other things elsewhere; those of two words are looked for. A step or phase is a
        // designer's own: it stands nowhere.
        var steps = Nodes.Where(node => node["type"]!.ToString() == StepTypes.EnterStep)
            .Select(node => Literal(node, "key")!);
        var names = new[]
        {
            typeof(WorkflowKeys),
            typeof(StepTypes),
            typeof(FormKeys),
            typeof(DocumentKeys),
            typeof(SeriesKeys),
        }
            .SelectMany(ConstantsOf).Concat(steps)
            .Where(name => name.Contains('-') || name.Contains('.')).ToHashSet();
        string[] catalogues =
        [
            "WorkflowKeys.cs", "StepTypes.cs", "FormKeys.cs", "DocumentKeys.cs", "SeriesKeys.cs",
            "EscalationTemplates.cs", "MailTemplateCatalogue.cs",

            // Rules have keys of their own, and some are called like the form that they are for.
            "RuleCatalogue.cs", "RuleKeys.cs",
        ];
        var again = Repository.Files("src", ".cs", ".razor")
            .Where(path => !catalogues.Contains(Path.GetFileName(path)) && !Descriptors(path))
            .SelectMany(path => Repository.Read(path).Split('\n')
                .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .SelectMany(line => Words().Matches(line).Select(word => word.Groups["word"].Value))
                .Where(names.Contains)
                .Select(word => $"{path}: {word}"));

        again.Should().BeEmpty();
    }

    /// <summary>A step names itself where it is described.</summary>
    private static bool Descriptors(string path) =>
        path.StartsWith("src/Consultation.Activities/", StringComparison.Ordinal)
            && Repository.Read(path).Contains("Activity(\"Consultation.");

    private static IEnumerable<JsonObject> Activities(JsonNode? node) => node switch
    {
        JsonObject map =>
            (map["type"]?.ToString().Contains('.') == true && map["id"] is not null ? [map] : Array.Empty<JsonObject>())
            .Concat(map.SelectMany(property => Activities(property.Value))),
        JsonArray list => list.SelectMany(Activities),
        _ => [],
    };

    private static IEnumerable<string> Literals(string input) =>
        Nodes.Select(node => Literal(node, input)).OfType<string>().Where(text => text.Length > 0);

    private static IEnumerable<string> Lists(string input) =>
        Nodes.Select(node => node[input]?["expression"]?["value"]?.ToString())
        .OfType<string>().SelectMany(text => JsonSerializer.Deserialize<List<string>>(text)!);

    private static string? Literal(JsonObject node, string input) =>
        node[input] is JsonObject { } given && given["expression"] is JsonObject expression
            && expression["type"]?.ToString() == "Literal"
            ? expression["value"]?.ToString()
            : null;

    private static IEnumerable<string> ConstantsOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex("\"(?<word>[A-Za-z0-9.-]+)\"")]
    private static partial Regex Words();
}
