using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Consultation.Storage.Mapping;

/// <summary>An id type (a record struct over one <see cref="Guid"/>) as that Guid.</summary>
internal sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(ToGuid, FromGuid)
    where TId : struct
{
    private static readonly Expression<Func<TId, Guid>> ToGuid = MakeToGuid();
    private static readonly Expression<Func<Guid, TId>> FromGuid = MakeFromGuid();

    /// <summary>Whether a type has the shape of an id.</summary>
    public static bool IsId(Type type) =>
        type is { IsValueType: true, IsEnum: false } && type.GetProperty("Value")?.PropertyType == typeof(Guid)
        && type.GetConstructor([typeof(Guid)]) is not null;

    private static Expression<Func<TId, Guid>> MakeToGuid()
    {
        var id = Expression.Parameter(typeof(TId), "id");
        return Expression.Lambda<Func<TId, Guid>>(Expression.Property(id, "Value"), id);
    }

    private static Expression<Func<Guid, TId>> MakeFromGuid()
    {
        var value = Expression.Parameter(typeof(Guid), "value");
        return Expression.Lambda<Func<Guid, TId>>(
            Expression.New(typeof(TId).GetConstructor([typeof(Guid)])!, value), value);
    }
}
