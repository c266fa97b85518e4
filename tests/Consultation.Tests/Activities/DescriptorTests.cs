using System.Text.Json;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities;

public sealed class DescriptorTests
{
    private static readonly List<ActivityDescriptor> Ours =
        [.. Scenario.AnyCatalog.Types.Where(type => type.TypeName.StartsWith("Consultation.", StringComparison.Ordinal))
            .Select(type => type.Descriptor)];

    private static readonly string[] Reserved =
        ["id", "nodeId", "name", "type", "version", "metadata", "customProperties"];

    [Fact]
    public void The_steps_are_few_and_named_as_the_workflows_use_them() =>
        Ours.Select(descriptor => descriptor.Name).Should().BeEquivalentTo(
        "EnterStep", "WatchPlan", "Wait", "ChangePlan", "GiveNumber", "ScreenMatter", "ReviewExclusion",
        "RequestApproval", "RequestWork", "Notify", "OpenTrackedItems", "AwaitItemDay", "SetItem", "AwaitReport",
        "Remind", "Escalate", "GenerateDocument", "CloseCase", "SetCaseState", "AppointWorkGroup", "TakeVote",
        "OpenSurvey",
        "PlanMeeting", "CallMeeting", "Reconfirm", "ReplaceSeat", "HoldMeeting", "ConfirmMinutes", "CloseMeeting",
        "Publish", "AskRating");

    [Fact]
    public void Every_text_of_a_descriptor_is_there_in_both_languages()
    {
        var texts =
            Ours.SelectMany(descriptor => new[] { descriptor.DisplayName, descriptor.Description, descriptor.Category }
            .Concat(descriptor.Inputs.Select(input => input.DisplayName))
            .Concat(descriptor.Inputs.SelectMany(input => input.Options).Select(option => option.Text))
            .Concat(descriptor.Outputs.Select(output => output.DisplayName))
            .Concat(descriptor.Ports.Select(port => port.DisplayName)));

        texts.Where(text => text.Zh.Length == 0 || text.En.Length == 0 || text.Zh.All(char.IsAscii)).Should().BeEmpty();
    }

    [Fact]
    public void Categories_are_those_of_the_documents() =>
        Ours.Select(descriptor => descriptor.Category.Zh).Distinct().Should()
            .BeEquivalentTo("协商", "办理", "通知", "督办", "文书", "会议");

    [Fact]
    public void No_input_or_output_takes_a_name_that_every_activity_has() =>
        Scenario.AnyCatalog.Types.SelectMany(type => type.Descriptor.Inputs.Select(input => input.Name)
                .Concat(type.Descriptor.Outputs.Select(output => output.Name)).Select(name => (type.TypeName, name)))
            .Where(pair => Reserved.Contains(pair.name, StringComparer.OrdinalIgnoreCase))
                .Should().BeEmpty("the designer reads these as texts of its own");

    [Fact]
    public void People_templates_forms_and_policies_are_picked_from_lists()
    {
        var approval = Ours.Single(descriptor => descriptor.Name == "RequestApproval");

        foreach (var input in new[] { "Approvers", "Mode", "Form", "Reminders", "Ladder" })
        {
            approval.FindInput(input)!.UIHint.Should().Be(UIHints.DropDown);
            approval.FindInput(input)!.Options.Should().NotBeEmpty();
        }

        approval.FindInput("Outcomes")!.UIHint.Should().Be(UIHints.DynamicOutcomes);
        approval.FindInput("Due")!.UISpecifications.ToJsonString().Should().Contain("adornmentText");
        approval.Ports.Select(port => port.Name).Should().Equal("Overdue", "Suspended");
        Ours.Single(descriptor => descriptor.Name == "AwaitReport").Ports.Select(port => port.Name).Should().Equal(
            "Reported", "Closed", "ExtensionAsked", "Overdue", "Stalled");
    }

    [Theory]
    [InlineData("RequestApproval")]
    [InlineData("RequestWork")]
    [InlineData("Notify")]
    [InlineData("AwaitReport")]
    [InlineData("ScreenMatter")]
    public void What_a_task_shows_is_ticked_in_a_list(string step)
    {
        var shows = Ours.Single(descriptor => descriptor.Name == step).FindInput("Shows")!;

        shows.UIHint.Should().Be(UIHints.CheckList);
        shows.Options.Select(option => option.Value)
            .Should().OnlyHaveUniqueItems().And.Contain(
                ["topic", "facts", "item", "research-report", "meeting-plan", "common-problems"]);
        shows.DefaultValue!.ToString().Should().Be("[\"topic\",\"facts\"]");
    }

    [Fact]
    public void Every_shipped_task_says_what_it_shows_and_shows_what_there_is()
    {
        var offered = Consultation.Cases.Tasks.Exhibits.All.Select(one => one.Key).ToList();
        var folder = Path.Combine(Consultation.Tests.Architecture.Repository.Root, "workflows");
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            foreach (var node in WorkflowDefinition.Parse(File.ReadAllBytes(file)).Root!["activities"]!.AsArray()
                .Where(node => Asks(node!)))
            {
                var shows = node!["shows"]?["expression"]?["value"]?.ToString();
                shows.Should().NotBeNull($"{Path.GetFileName(file)} {node["id"]}");
                JsonSerializer.Deserialize<string[]>(shows!)
                    .Should().NotBeEmpty().And.BeSubsetOf(offered, $"{Path.GetFileName(file)} {node["id"]}");
            }
        }

        static bool Asks(System.Text.Json.Nodes.JsonNode node) =>
            Scenario.AnyCatalog.Find(node["type"]!.ToString(), 1)?.Descriptor.Asks is { } asks
            && (asks.OnlyIf is not { } condition || Literal(node, condition) == "True");

        static string? Literal(System.Text.Json.Nodes.JsonNode node, string input) =>
            node[JsonNamingPolicy.CamelCase.ConvertName(input)]?["expression"]?["value"]?.ToString();
    }

    [Fact]
    public void What_waits_by_itself_says_so() => Scenario.AnyCatalog.Types.Where(type => type.Descriptor.Pauses)
        .Select(type => type.TypeName).Should().BeEquivalentTo(
            "Consultation.Wait", "Consultation.AwaitItemDay", "Consultation.AskRating", "Elsa.Delay", "Elsa.StartAt",
            "Elsa.Timer", "Elsa.Cron", "Elsa.Event", "Elsa.RunTask",
            "Elsa.HttpEndpoint", "Elsa.SendHttpRequest", "Elsa.FlowSendHttpRequest", "Elsa.DownloadHttpFile");

    [Fact]
    public void Whoever_asks_people_names_the_input_that_says_whom() =>
        Ours.Where(descriptor => descriptor.Asks is not null).Should()
        .HaveCount(11).And.OnlyContain(descriptor => descriptor.FindInput(descriptor.Asks!.Who) != null
            && (descriptor.Asks.OnlyIf == null || descriptor.FindInput(descriptor.Asks.OnlyIf)!.TypeName == "Boolean"));

    [Theory]
    [InlineData("Consultation.RequestApproval", ActivityShape.Gate)]
    [InlineData("Consultation.EnterStep", ActivityShape.Milestone)]
    [InlineData("Consultation.OpenTrackedItems", ActivityShape.Part)]
    [InlineData("Consultation.Notify", ActivityShape.Step)]
    [InlineData("Elsa.ExecuteWorkflow", ActivityShape.Part)]
    [InlineData("Elsa.FlowDecision", ActivityShape.Choice)]
    [InlineData("Elsa.FlowFork", ActivityShape.Junction)]
    [InlineData("Elsa.End", ActivityShape.Terminal)]
    public void An_activity_says_how_it_is_drawn(string type, ActivityShape shape) =>
        Scenario.AnyCatalog.Find(type, 1)!.Descriptor.Shape.Should().Be(shape);

    [Fact]
    public void Every_input_that_a_shipped_workflow_sets_exists()
    {
        var known = Scenario.AnyCatalog.Types.ToDictionary(type => type.TypeName, type => type.Descriptor);
        var folder = Path.Combine(Consultation.Tests.Architecture.Repository.Root, "workflows");

        var wrong = Directory.EnumerateFiles(folder, "*.json").SelectMany(file =>
            WorkflowDefinition.Parse(File.ReadAllBytes(file)).Root!["activities"]!.AsArray()
                .SelectMany(node => node!.AsObject()
                .Where(property => property.Value is System.Text.Json.Nodes.JsonObject value
                    && (value.ContainsKey("expression") || value.ContainsKey("memoryReference")))
                .Where(property => known[node["type"]!.ToString()].FindInput(property.Key) is null
                    && !known[node["type"]!.ToString()].Outputs.Any(
                        output => string.Equals(output.Name, property.Key, StringComparison.OrdinalIgnoreCase)))
                .Select(property => $"{Path.GetFileName(file)} {node["id"]}.{property.Key}")));

        wrong.Should().BeEmpty();
    }
}
