namespace Consultation.Engine.Definitions;

/// <summary>The activity types that definitions may use. Immutable.</summary>
public sealed class ActivityCatalog
{
    private readonly Dictionary<string, List<ActivityType>> _byName = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">Two types have the same name and version.</exception>
    public ActivityCatalog(IEnumerable<ActivityType> types)
    {
        Types = [.. types];
        foreach (var type in Types)
        {
            if (!_byName.TryGetValue(type.TypeName, out var versions)) _byName[type.TypeName] = versions = [];
            if (versions.Exists(v => v.Version == type.Version))
                throw new ArgumentException($"Activity type {type.TypeName} version {type.Version} is listed twice.");
            versions.Add(type);
            versions.Sort((a, b) => b.Version.CompareTo(a.Version));
        }
    }

    public IReadOnlyList<ActivityType> Types { get; }

    /// <summary>
    /// The type of that version; without such a version the newest one, as Elsa does; null if the name is unknown.
    /// </summary>
    public ActivityType? Find(string typeName, int version)
    {
        if (!_byName.TryGetValue(typeName, out var versions)) return null;
        return versions.Find(v => v.Version == version) ?? versions[0];
    }
}
