using System.Text.Json.Nodes;
using Consultation.Activities;
using Consultation.Engine.Definitions;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows;

/// <summary>The shipped workflow files, as they are and changed by a test.</summary>
internal static class WorkflowFolder
{
    public static readonly string Path = Find();

    public static IReadOnlyList<WorkflowFile> Files { get; } = WorkflowFiles.LoadAll(Path, Scenario.AnyCatalog);

    public static IReadOnlyList<WorkflowDefinition> All { get; } = [.. Files.Select(file => file.Definition
        ?? throw new InvalidOperationException(
            $"{file.FileName}: {string.Join("; ", file.Findings.Select(Words))}"))];

    private static string Words(DefinitionFinding finding) =>
        $"{finding.ActivityId} {finding.Message} {finding.Mend}";

    /// <summary>All definitions, one of them changed.</summary>
    public static IEnumerable<WorkflowDefinition> With(string id, Action<JsonObject> change) =>
        All.Select(definition => definition.DefinitionId == id ? definition.With(change) : definition);

    /// <summary>An activity of a definition by its id.</summary>
    public static JsonObject Activity(this JsonObject definition, string id) =>
        definition["root"]!["activities"]!.AsArray().Select(one => one!.AsObject())
            .First(one => one["id"]!.ToString() == id);

    /// <summary>Takes an activity out with its connections, as deleting it in the designer does.</summary>
    public static void Delete(this JsonObject definition, string id)
    {
        var activities = definition["root"]!["activities"]!.AsArray();
        activities.Remove(definition.Activity(id));
        var connections = definition["root"]!["connections"]!.AsArray();
        foreach (var connection in connections.Where(one => one!["source"]!["activity"]!.ToString() == id
            || one["target"]!["activity"]!.ToString() == id).ToList())
        {
            connections.Remove(connection);
        }
    }

    /// <summary>Draws a connection.</summary>
    public static void Connect(this JsonObject definition, string source, string port, string target) =>
        definition["root"]!["connections"]!.AsArray().Add(new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
            ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
            ["vertices"] = new JsonArray(),
        });

    /// <summary>Removes a connection.</summary>
    public static void Disconnect(this JsonObject definition, string source, string port)
    {
        var connections = definition["root"]!["connections"]!.AsArray();
        foreach (var connection in connections.Where(one => one!["source"]!["activity"]!.ToString() == source
            && one["source"]!["port"]!.ToString() == port).ToList())
        {
            connections.Remove(connection);
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Consultation.sln")))
            {
                return System.IO.Path.Combine(folder.FullName, "workflows");
            }
        }

        throw new DirectoryNotFoundException("workflows");
    }
}
