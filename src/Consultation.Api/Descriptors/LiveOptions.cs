using System.Text.Json;
using Consultation.Engine.Describing;
using Consultation.Runtime.Definitions;
using Consultation.Storage.Reading.People;
using Microsoft.AspNetCore.Http;

namespace Consultation.Api.Descriptors;

/// <summary>
/// The choices of an input at this moment, for the caller's organisation (contract row T10): Studio asks when an
/// activity is selected whose input says
/// <c>Refresh</c>, and puts the answer in the place of the choices that the descriptor carries.
/// </summary>
internal static class LiveOptions
{
    /// <summary>
    /// Body of contract row T10: the inputs of the selected activity as they stand in the definition.
    /// </summary>
    public sealed record Request(JsonElement? Context);

    public static async Task<IResult> ListAsync(
        HttpContext http, string typeName, string propertyName, Request? request, WorkflowCache workflows,
        PickerReader picks,
        CancellationToken cancellationToken)
    {
        var input = workflows.Catalog.Types.Where(type => type.TypeName == typeName)
            .OrderByDescending(type => type.Version).FirstOrDefault()?
            .Descriptor.Inputs.FirstOrDefault(
                one => string.Equals(one.Name, propertyName, StringComparison.OrdinalIgnoreCase));
        if (input is null) return Answers.NotFound(http, "没有这个活动或输入。", "There is no such activity or input.");
        var organisation = ElsaAccess.OrganisationOf(http.User);
        var own = input.OptionsFrom switch
        {
            OptionSource.Assignees => await picks.AssigneesAsync(organisation, cancellationToken),
            OptionSource.Reminders => await picks.RemindersAsync(organisation, cancellationToken),
            OptionSource.Ladders => await picks.LaddersAsync(organisation, cancellationToken),
            _ => [],
        };
        var replaced = own.Select(pick => pick.Value).ToHashSet(StringComparer.Ordinal);
        var live = input with
        {
            Options = WithNamed(input.UIHint == UIHints.CheckList ? Named(request?.Context, input.Name) : [],
            [
                .. input.Options.Where(option => !replaced.Contains(option.Value)),
                .. own.Select(pick => new InputOption(pick.Value, Called(pick))),
            ]),
        };
        return Answers.Ok(new { items = live.ToUISpecifications(Answers.Culture(http)) });
    }

    private static BilingualText Called(Pick pick) => pick.Kind switch
    {
        PickKind.Unit => new($"单位：{pick.Zh}", $"Unit: {pick.En}"),
        PickKind.Person => new($"个人：{pick.Zh}", $"Person: {pick.En}"),
        _ => new(pick.Zh, pick.En),
    };

    /// <summary>
    /// A tick list writes back what is ticked of what it offers, in the order in which it offers it. So it offers
    /// first, in their order, what the activity names already, known here or not; otherwise a tick would lose it.
    /// </summary>
    private static IReadOnlyList<InputOption> WithNamed(
        IReadOnlyList<string> named, IReadOnlyList<InputOption> options) =>
    [
        .. named.Select(
            key => options.FirstOrDefault(option => option.Value == key) ?? new(key, new($"另有：{key}", $"Also: {key}"))),
        .. options.Where(option => !named.Contains(option.Value)),
    ];

    /// <summary>The texts of the list that an input holds; none when it holds something else.</summary>
    private static List<string> Named(JsonElement? context, string input)
    {
        if (context is not { ValueKind: JsonValueKind.Object } inputs) return [];
        var given = inputs.EnumerateObject()
            .FirstOrDefault(one => string.Equals(one.Name, input, StringComparison.OrdinalIgnoreCase)).Value;
        if (!In(given, "expression", out var expression) || !In(expression, "value", out var value)) return [];
        try
        {
            var list = value.ValueKind == JsonValueKind.String ? JsonElement.Parse(value.GetString()!) : value;
            return list.ValueKind != JsonValueKind.Array ? [] :
                [.. list.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.String)
                    .Select(key => key.GetString()!).Distinct()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static bool In(JsonElement whole, string name, out JsonElement part)
    {
        part = default;
        return whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty(name, out part);
    }
}
