using System.Globalization;
using System.Text;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Scripting;

/// <summary>
/// TypeScript declarations for the JavaScript editor's completion: variables, inputs and outputs of the definition at
/// hand (contract row T13).
/// </summary>
internal static class TypeDefinitions
{
    private const string Always = """
        declare const workflowInstanceId: string;
        declare const workflowDefinitionId: string;
        declare const workflowDefinitionVersionId: string;
        declare const workflowDefinitionVersion: number;
        declare const correlationId: string;
        declare const workflowInstanceName: string;
        /** 读取变量 reads a variable */
        declare function getVariable(name: string): any;
        /** 写入变量 writes a variable */
        declare function setVariable(name: string, value: any): void;
        /** 读取流程输入 reads a workflow input */
        declare function getInput(name: string): any;
        /** 读取活动输出 reads an activity's output */
        declare function getOutputFrom(activityIdOrName: string, outputName?: string): any;
        declare function getLastResult(): any;
        declare function getWorkflowInstanceId(): string;
        declare function getCorrelationId(): string;
        declare function setCorrelationId(value: string): void;
        declare function getWorkflowInstanceName(): string;
        declare function setWorkflowInstanceName(value: string): void;
        declare function isNullOrWhiteSpace(value: string): boolean;
        declare function isNullOrEmpty(value: string): boolean;
        declare function parseGuid(value: string): string;
        declare function newGuid(): string;
        declare function newGuidString(): string;
        declare function newShortGuid(): string;
        declare function toJson(value: any): string;
        declare function bytesToString(bytes: number[]): string;
        declare function bytesFromString(text: string): number[];
        declare function bytesToBase64(bytes: number[]): string;
        declare function bytesFromBase64(text: string): number[];
        declare function stringToBase64(text: string): string;
        declare function stringFromBase64(text: string): string;
        declare function streamToBytes(content: number[] | string): number[];
        declare function streamToBase64(content: number[] | string): string;

        """;

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scripting/javascript/type-definitions/{definitionId}", WriteAsync);

    private static async Task<IResult> WriteAsync(
        string definitionId, IDefinitionStore store, CancellationToken cancellationToken)
    {
        var stored = await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken);
        return Results.Text(Write(stored?.Definition), "text/plain", Encoding.UTF8);
    }

    internal static string Write(WorkflowDefinition? definition)
    {
        var text = new StringBuilder(Always);
        var variables = definition?.Variables ?? [];
        foreach (var variable in variables.Where(variable => IsName(variable.Name)))
        {
            var type = TypeScript(variable.TypeName) + (variable.IsArray ? "[]" : "");
            text.Append(CultureInfo.InvariantCulture, $"declare function get{Pascal(variable.Name)}(): {type};\n");
            text.Append(
                CultureInfo.InvariantCulture, $"declare function set{Pascal(variable.Name)}(value: {type}): void;\n");
        }

        Append(text, "variables", variables.Select(variable => (variable.Name, variable.TypeName, variable.IsArray)));
        Append(text, "input", (definition?.Inputs ?? []).Select(input => (input.Name, input.TypeName, input.IsArray)));
        return text.ToString();
    }

    private static void Append(
        StringBuilder text, string root, IEnumerable<(string Name, string Type, bool IsArray)> members)
    {
        text.Append(CultureInfo.InvariantCulture, $"declare const {root}: {{\n");
        foreach (var (name, type, isArray) in members.Where(member => IsName(member.Name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name}: {TypeScript(type)}{(isArray ? "[]" : "")};\n");
        }

        text.Append("};\n");
    }

    /// <summary>Names that can stand in a declaration; others are reached by getVariable("…").</summary>
    private static bool IsName(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_')
            && name.All(one => char.IsLetterOrDigit(one) || one == '_');

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string TypeScript(string alias) => alias switch
    {
        "String" or "Guid" or "TimeSpan" => "string",
        "Boolean" => "boolean",
        "Int32" or "Int64" or "Single" or "Double" or "Decimal" => "number",
        "DateTime" or "DateTimeOffset" => "Date",
        "StringDictionary" => "Record<string, string>",
        "ObjectDictionary" => "Record<string, any>",
        _ => "any",
    };
}
