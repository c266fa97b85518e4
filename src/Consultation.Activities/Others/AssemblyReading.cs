using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Activities.Others;

/// <summary>Reads the activities of one assembly of others, or says why it cannot be taken in.</summary>
internal static class AssemblyReading
{
    private static readonly string Surface = typeof(IDescribedActivity).Assembly.GetName().Name!;

    /// <summary>
    /// The assembly with its activities; nothing for a library that an activity needs, and for what the host has
    /// itself. What is wrong is added to the problems.
    /// </summary>
    public static IEnumerable<ActivityAssembly> Read(
        string file, ActivityLoadContext context, List<BilingualText> problems)
    {
        try
        {
            if (!UsesSurface(file)) return [];
            var assembly = context.Open(file);
            return Classes(file, assembly, context) is { Count: > 0 } classes
                ? [new(file, Types(file, classes, problems))]
                : [];
        }
        catch (Refusal refusal)
        {
            problems.Add(refusal.Why);
        }
        catch (Exception broken) when (broken is BadImageFormatException or FileLoadException)
        {
            problems.Add(new(
                $"{file}：不是可用的 .NET 程序集，请重新复制这个文件（{broken.Message}）",
                $"{file}: this is no .NET assembly that can be used; copy the file anew ({broken.Message})"));
        }

        return [];
    }

    private static List<ActivityType> Types(string file, List<Type> classes, List<BilingualText> problems) =>
    [
        .. classes.SelectMany(one => Describe(file, one, problems))
            .OrderBy(type => type.TypeName, StringComparer.Ordinal),
    ];

    /// <summary>Looks into the file without loading it: libraries and native code lie beside activities too.</summary>
    private static bool UsesSurface(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        if (!image.HasMetadata) return false;
        var reader = image.GetMetadataReader();
        return reader.IsAssembly && !ActivityLoadContext.IsHosts(reader.GetString(reader.GetAssemblyDefinition().Name))
            && reader.AssemblyReferences.Any(one => reader.GetString(reader.GetAssemblyReference(one).Name) == Surface);
    }

    /// <summary>
    /// The classes that describe themselves, of an assembly whose surface is this one and that has all it needs.
    /// </summary>
    private static List<Type> Classes(string file, Assembly assembly, ActivityLoadContext context)
    {
        var mark = assembly.GetCustomAttributesData()
            .FirstOrDefault(one => one.AttributeType == typeof(HoldsActivitiesAttribute));
        if (mark?.ConstructorArguments[0].Value is int version and not ActivitySurface.Version)
        {
            throw new Refusal(
                $"{file}：为活动接口第 {version} 版编译，本机是第 {ActivitySurface.Version} 版，请向作者索取相应的版本，或用本机的程序集重新编译",
                $"{file}: built for version {version} of the surface, this host has version {ActivitySurface.Version}; "
                    + "get the file that fits, or build it anew against this host's assemblies");
        }

        foreach (var missing in Missing(assembly, context))
        {
            throw new Refusal(
                $"{file}：缺少它需要的程序集“{missing}”，请把 {missing}.dll 放在同一文件夹中",
                $"{file}: the assembly \"{missing}\" that it needs is missing; put {missing}.dll into the same folder");
        }

        var classes = TypesOf(file, assembly).Where(DescribedActivities.IsOne).ToList();
        return (mark is null, classes.Count) switch
        {
            (true, > 0) => throw new Refusal(
                $"{file}：没有注明为哪一版活动接口编译，请在源代码中加上 [assembly: HoldsActivities(ActivitySurface.Version)]",
                $"{file}: does not say for which surface it was built; "
                    + "add [assembly: HoldsActivities(ActivitySurface.Version)] to its source"),
            (false, 0) => throw new Refusal(
                $"{file}：其中没有活动，请让活动类实现 {nameof(IDescribedActivity)}",
                $"{file}: there is no activity in it; "
                    + $"let the class of an activity implement {nameof(IDescribedActivity)}"),
            _ => classes,
        };
    }

    /// <summary>Names of assemblies that neither the host nor the folder has.</summary>
    private static IEnumerable<string> Missing(Assembly assembly, ActivityLoadContext context)
    {
        var known = new HashSet<string>();
        var ahead = new Queue<Assembly>([assembly]);
        while (ahead.TryDequeue(out var next))
        {
            foreach (var name in next.GetReferencedAssemblies()
                .Where(one => !ActivityLoadContext.IsHosts(one.Name!) && known.Add(one.Name!)))
            {
                Assembly? found = null;
                try
                {
                    found = context.LoadFromAssemblyName(name);
                }
                catch (FileNotFoundException)
                {
                    // Told below.
                }

                if (found is null) yield return name.Name!;
                else ahead.Enqueue(found);
            }
        }
    }

    private static Type[] TypesOf(string file, Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException broken)
        {
            var why = broken.LoaderExceptions.OfType<Exception>().FirstOrDefault()?.Message ?? broken.Message;
            throw new Refusal(
                $"{file}：与本机的程序集不合，请用本机的程序集重新编译（{why}）",
                $"{file}: does not fit this host's assemblies; build it anew against them ({why})");
        }
    }

    private static IEnumerable<ActivityType> Describe(string file, Type activity, List<BilingualText> problems)
    {
        ActivityType? type;
        try
        {
            type = DescribedActivities.TypeOf(activity);
        }
        catch (Exception thrown)
        {
            var why = (thrown is TypeInitializationException { InnerException: { } inner } ? inner : thrown).Message;
            problems.Add(new(
                $"{file}：活动类 {activity.FullName} 在说明自己时出错，请告知作者（{why}）",
                $"{file}: the class {activity.FullName} failed when asked to describe itself; "
                    + $"tell its author ({why})"));
            return [];
        }

        var found = DescriptorRules.Check(type?.Descriptor)
            .Select(what => new BilingualText(
                $"{file}：{activity.FullName}：{what.Zh}", $"{file}: {activity.FullName}: {what.En}")).ToList();
        problems.AddRange(found);
        return found.Count == 0 ? [type!] : [];
    }

    /// <summary>Why a file is not taken in.</summary>
    private sealed class Refusal(string zh, string en) : Exception(en)
    {
        public BilingualText Why { get; } = new(zh, en);
    }
}
