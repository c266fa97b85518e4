using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Activities.Others;

/// <summary>An assembly of others that was taken in.</summary>
/// <param name="File">Its path.</param>
/// <param name="Types">Its activities, by their names.</param>
internal sealed record ActivityAssembly(string File, IReadOnlyList<ActivityType> Types);

/// <summary>
/// Takes in the activities of others from a folder. All or nothing: a workflow that misses an activity stops in the
/// middle of a case, so a host that cannot take in everything does not start.
/// </summary>
internal static class ActivityFolder
{
    /// <summary>
    /// The assemblies with activities below the folder, in the order of their paths; none when no folder is named.
    /// </summary>
    /// <param name="folder">The folder; empty for none.</param>
    /// <param name="own">The types that the host has already.</param>
    /// <exception cref="ActivityFolderException">Something is wrong; it says of each file what, and how to mend
    /// it.</exception>
    public static IReadOnlyList<ActivityAssembly> Load(string folder, IReadOnlyCollection<ActivityType> own)
    {
        if (string.IsNullOrWhiteSpace(folder)) return [];
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
        {
            throw new ActivityFolderException([new(
                $"{root}：没有这个文件夹，请建立它，或清空设置 {ActivitiesOptions.Section}:{nameof(ActivitiesOptions.Folder)}",
                $"{root}: there is no such folder; make it, or empty the setting "
                    + $"{ActivitiesOptions.Section}:{nameof(ActivitiesOptions.Folder)}")]);
        }

        var problems = new List<BilingualText>();
        var taken = new List<ActivityAssembly>();
        foreach (var part in Directory.EnumerateDirectories(root).Prepend(root).Order(StringComparer.Ordinal))
        {
            var context = new ActivityLoadContext(part);
            foreach (var file in Directory.EnumerateFiles(part, "*.dll").Order(StringComparer.Ordinal))
            {
                taken.AddRange(AssemblyReading.Read(file, context, problems));
            }
        }

        problems.AddRange(Twice(own, taken));
        return problems.Count == 0 ? taken : throw new ActivityFolderException(problems);
    }

    private static IEnumerable<BilingualText> Twice(IReadOnlyCollection<ActivityType> own, List<ActivityAssembly> taken)
    {
        var files = own.Select(type => type.TypeName).Distinct().ToDictionary(name => name, _ => "");
        foreach (var assembly in taken)
        {
            foreach (var name in assembly.Types.Select(type => type.TypeName).Distinct())
            {
                if (files.TryAdd(name, assembly.File)) continue;
                var (zh, en) = files[name] is { Length: > 0 } other ? (other, other) : ("主机本身", "the host itself");
                yield return new(
                    $"{assembly.File}：活动“{name}”已由{zh}提供，请改名，或去掉其中一个文件",
                    $"{assembly.File}: the activity \"{name}\" comes from {en} already; "
                        + "rename it, or take one of the files away");
            }
        }
    }
}

/// <summary>
/// The folder with activities of others cannot be used; the host must not start without what workflows may need.
/// </summary>
public sealed class ActivityFolderException : Exception
{
    internal ActivityFolderException(IReadOnlyList<BilingualText> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>What is wrong with which file, and how to mend it; never empty.</summary>
    public IReadOnlyList<BilingualText> Problems { get; }
}
