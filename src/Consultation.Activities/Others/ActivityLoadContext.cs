using System.Reflection;
using System.Runtime.Loader;

namespace Consultation.Activities.Others;

/// <summary>
/// Loads the assemblies of one folder. What the host has, it gives; so types of the surface are the same on both sides.
/// The rest comes from the folder, whose libraries nobody else sees.
/// </summary>
internal sealed class ActivityLoadContext(string folder) : AssemblyLoadContext(Path.GetFileName(folder))
{
    private static readonly HashSet<string> HostHas =
    [
        .. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Select(path => Path.GetFileNameWithoutExtension(path)),
    ];

    private static readonly AssemblyLoadContext Host = GetLoadContext(typeof(ActivityLoadContext).Assembly)!;

    private readonly Dictionary<string, AssemblyDependencyResolver> _resolvers = [];

    /// <summary>Whether the host gives the assembly, so that a copy in the folder is not looked at.</summary>
    public static bool IsHosts(string assembly) => HostHas.Contains(assembly);

    /// <summary>
    /// Loads one file of the folder, with the list of what it needs where there is one (*.deps.json).
    /// </summary>
    public Assembly Open(string file)
    {
        var needs = Path.ChangeExtension(file, ".deps.json");
        if (File.Exists(needs)) _resolvers.TryAdd(file, new AssemblyDependencyResolver(file));
        return LoadFromAssemblyPath(file);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // By name alone: which version of the surface fits is for its own number to say.
        if (IsHosts(assemblyName.Name!)) return Host.LoadFromAssemblyName(new AssemblyName(assemblyName.Name!));
        var path = _resolvers.Values.Select(resolver => resolver.ResolveAssemblyToPath(assemblyName))
            .FirstOrDefault(found => found is not null)
            ?? Path.Combine(folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolvers.Values.Select(resolver => resolver.ResolveUnmanagedDllToPath(unmanagedDllName))
            .FirstOrDefault(found => found is not null)
            is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
