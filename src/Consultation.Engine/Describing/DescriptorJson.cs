using System.Text.Json.Nodes;

namespace Consultation.Engine.Describing;

/// <summary>Writes descriptors in the shape that Studio reads; property names are exactly camelCase.</summary>
internal static class DescriptorJson
{
    public static JsonObject Write(ActivityDescriptor descriptor, string culture)
    {
        var inputs = new JsonArray();
        foreach (var input in descriptor.Inputs) inputs.Add((JsonNode)WriteInput(input, culture));
        var outputs = new JsonArray();
        foreach (var output in descriptor.Outputs) outputs.Add((JsonNode)WriteOutput(output, culture));
        var ports = new JsonArray();
        foreach (var port in descriptor.Ports) ports.Add((JsonNode)WritePort(port, culture));

        return new JsonObject
        {
            ["typeName"] = descriptor.TypeName,
            ["namespace"] = descriptor.Namespace,
            ["name"] = descriptor.Name,
            ["version"] = descriptor.Version,
            ["category"] = descriptor.Category.In(culture),
            ["displayName"] = descriptor.DisplayName.In(culture),
            ["description"] = descriptor.Description.In(culture),
            ["kind"] = descriptor.Kind.ToString(),
            ["isContainer"] = descriptor.IsContainer,
            ["isBrowsable"] = descriptor.IsBrowsable,
            ["isStart"] = descriptor.IsStart,
            ["isTerminal"] = descriptor.IsTerminal,
            ["runAsynchronously"] = descriptor.RunAsynchronously,
            ["inputs"] = inputs,
            ["outputs"] = outputs,
            ["ports"] = ports,
            ["customProperties"] = descriptor.CustomProperties.DeepClone(),
            ["constructionProperties"] = descriptor.ConstructionProperties.DeepClone(),
        };
    }

    private static JsonObject WriteInput(InputDescriptor input, string culture) => new()
    {
        ["name"] = input.Name,
        ["typeName"] = input.TypeName,
        ["displayName"] = input.DisplayName.In(culture),
        ["description"] = input.Description.In(culture),
        ["order"] = input.Order,
        ["isBrowsable"] = input.IsBrowsable,
        ["isSerializable"] = true,
        ["isSynthetic"] = input.IsSynthetic,
        ["isWrapped"] = input.IsWrapped,
        ["uiHint"] = input.UIHint,
        ["category"] = input.Category?.In(culture),
        ["defaultValue"] = input.DefaultValue?.DeepClone(),
        ["defaultSyntax"] = input.DefaultSyntax ?? "Literal",
        ["isReadOnly"] = input.IsReadOnly,
        ["isSensitive"] = input.IsSensitive,
        ["autoEvaluate"] = input.AutoEvaluate,
        ["storageDriverType"] = null,
        ["uiSpecifications"] = input.ToUISpecifications(culture),
    };

    public static JsonObject WriteUISpecifications(InputDescriptor input, string culture)
    {
        var specifications = (JsonObject)input.UISpecifications.DeepClone();
        if (input.Options.Count == 0) return specifications;

        var isCheckList = input.UIHint == UIHints.CheckList;
        var items = new JsonArray();
        foreach (var option in input.Options)
        {
            var item = new JsonObject { ["text"] = option.Text.In(culture), ["value"] = option.Value };
            if (isCheckList) item["isChecked"] = false;
            items.Add((JsonNode)item);
        }

        var list = new JsonObject { ["items"] = items, ["isFlagsEnum"] = false };
        var listName = input.UIHint switch
        {
            UIHints.CheckList => "checkList",
            UIHints.RadioList => "radioList",
            _ => "selectList",
        };
        if (listName == "selectList") list["sortItems"] = false;
        var editor = new JsonObject { [listName] = list };
        if (input.OptionsFrom is { } source) editor["providerName"] = source.ToString();

        // A tick list also offers what the activity names beside the fixed choices, which only the host's answer can
        // add.
        if (isCheckList || input.OptionsFrom is not null) specifications["Refresh"] = true;
        specifications[input.UIHint] = editor;
        return specifications;
    }

    private static JsonObject WriteOutput(OutputDescriptor output, string culture) => new()
    {
        ["name"] = output.Name,
        ["typeName"] = output.TypeName,
        ["displayName"] = output.DisplayName.In(culture),
        ["description"] = output.Description.In(culture),
        ["order"] = output.Order,
        ["isBrowsable"] = output.IsBrowsable,
        ["isSerializable"] = true,
        ["isSynthetic"] = output.IsSynthetic,
    };

    private static JsonObject WritePort(PortDescriptor port, string culture) => new()
    {
        ["name"] = port.Name,
        ["displayName"] = port.DisplayName.In(culture),
        ["type"] = port.Kind.ToString(),
        ["isBrowsable"] = port.IsBrowsable,
    };
}
