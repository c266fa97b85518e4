using System.Text.RegularExpressions;
using Consultation.Engine.Describing;

namespace Consultation.Activities.Others;

/// <summary>
/// What the designer and the desk rely on in a descriptor; the product's own are held to it by tests.
/// </summary>
internal static partial class DescriptorRules
{
    /// <summary>
    /// Names that every activity has already; the designer reads an input of such a name as a text of its own.
    /// </summary>
    private static readonly string[] Taken =
        ["id", "nodeId", "name", "type", "version", "metadata", "customProperties"];

    private static readonly string[] Prefixes = ["Elsa.", "Consultation."];

    /// <summary>What is wrong, each with how to mend it; nothing when all is well.</summary>
    public static IEnumerable<BilingualText> Check(ActivityDescriptor? descriptor)
    {
        if (descriptor is null)
        {
            yield return new("没有说明自己，Type 不能为空", "describes nothing; Type must not be null");
            yield break;
        }

        if (!Name().IsMatch(descriptor.TypeName)
            || Prefixes.Any(prefix => descriptor.TypeName.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new(
                $"名称“{descriptor.TypeName}”不可用，请用自己的前缀，例如 Tonghe.CheckNumber（Elsa. 和 Consultation. 已被占用）",
                $"the name \"{descriptor.TypeName}\" cannot be used; give it a prefix of your own, "
                    + "e.g. Tonghe.CheckNumber (Elsa. and Consultation. are taken)");
        }

        foreach (var name in Names(descriptor).Where(name => Taken.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            yield return new($"输入或输出不能叫“{name}”，请改名", $"an input or output must not be called \"{name}\"; rename it");
        }

        foreach (var (what, text) in Texts(descriptor).Where(one => one.Text.Zh.Length == 0 || one.Text.En.Length == 0))
        {
            yield return new($"“{what}”缺少中文或英文名称，请补上", $"\"{what}\" has no Chinese or no English words; add them");
        }
    }

    private static IEnumerable<string> Names(ActivityDescriptor descriptor) =>
        descriptor.Inputs.Select(input => input.Name).Concat(descriptor.Outputs.Select(output => output.Name));

    private static IEnumerable<(string What, BilingualText Text)> Texts(ActivityDescriptor descriptor) =>
    [
        (descriptor.TypeName, descriptor.DisplayName),
        ("Category", descriptor.Category),
        ("Description", descriptor.Description),
        .. descriptor.Inputs.Select(input => (input.Name, input.DisplayName)),
        .. descriptor.Inputs.SelectMany(
            input => input.Options.Select(option => ($"{input.Name} = {option.Value}", option.Text))),
        .. descriptor.Outputs.Select(output => (output.Name, output.DisplayName)),
        .. descriptor.Ports.Select(port => (port.Name, port.DisplayName)),
    ];

    [GeneratedRegex(@"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$")]
    private static partial Regex Name();
}
