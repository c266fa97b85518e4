using System.Collections;
using System.Reflection;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Mail.Outgoing;

namespace Consultation.Storage.Mapping;

/// <summary>
/// Which classes of Cases and Mail are rows, by their shape: a public class (not a record) that carries its
/// organisation's id is a table; a class with an id in a list of such a class is a child table; every other list,
/// dictionary or record is JSON text. So a new property needs no mapping.
/// </summary>
internal static class DomainTypes
{
    /// <summary>The tables.</summary>
    public static readonly IReadOnlyList<Type> Entities =
    [
        .. new[] { typeof(Case).Assembly, typeof(OutgoingMail).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(IsEntity)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>The id types.</summary>
    public static readonly IReadOnlyList<Type> Ids =
    [
        .. Entities.Select(type => type.Assembly).Distinct()
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(IdConverter<int>.IsId),
    ];

    /// <summary>Types of properties that are kept as JSON text.</summary>
    public static readonly IReadOnlyList<Type> JsonTypes =
    [
        .. Entities.Concat(Entities.SelectMany(ChildLists).Select(ChildOf))
            .SelectMany(Stored)
            .Select(property => property.PropertyType)
            .Where(IsJson)
            .Distinct(),
    ];

    /// <summary>Lists of an entity that are child tables.</summary>
    public static IEnumerable<PropertyInfo> ChildLists(Type entity) =>
        Stored(entity).Where(property => IsList(property.PropertyType) && HasId(ChildOf(property)));

    /// <summary>The class of a list's items.</summary>
    public static Type ChildOf(PropertyInfo list) => list.PropertyType.GetGenericArguments()[0];

    /// <summary>The table of a type: its name in the plural.</summary>
    public static string TableOf(Type type) => type.Name switch
    {
        nameof(Person) => "People",
        [.., 's'] => type.Name,
        [.., not ('a' or 'e' or 'o' or 'u'), 'y'] => $"{type.Name[..^1]}ies",
        _ => $"{type.Name}s",
    };

    private static bool IsEntity(Type type) =>
        type is { IsClass: true, IsAbstract: false } && !IsRecord(type)
        && (type == typeof(Organisation)
            || type.GetProperty("OrganisationId") is { SetMethod: not null } property
            && (property.PropertyType == typeof(OrganisationId) || property.PropertyType == typeof(Guid)));

    private static IEnumerable<PropertyInfo> Stored(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is not null);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);

    private static bool HasId(Type type) =>
        type.IsClass && type != typeof(string) && !IsRecord(type) && type.GetProperty("Id") is not null;

    private static bool IsJson(Type type) =>
        type.IsClass && type != typeof(string) && type != typeof(byte[])
        && (!typeof(IEnumerable).IsAssignableFrom(type) ? IsRecord(type) : !IsList(type)
            || !HasId(type.GetGenericArguments()[0]));
}
