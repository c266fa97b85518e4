using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Consultation.Storage.Sqlite;

/// <summary>
/// A <see cref="Guid"/> as 16 bytes in the order of its text, so that ids sort by the time they were made. SQLite has
/// no type for it, and the provider's text of 36 letters would stand in every key and every index.
/// </summary>
internal sealed class GuidBytes()
    : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));

/// <summary>An id type (a record struct over one <see cref="Guid"/>) in the same way.</summary>
internal sealed class IdBytes<TId>() : ValueConverter<TId, byte[]>(ToBytes, FromBytes)
    where TId : struct
{
    private static readonly Expression<Func<TId, byte[]>> ToBytes = MakeToBytes();
    private static readonly Expression<Func<byte[], TId>> FromBytes = MakeFromBytes();

    private static Expression<Func<TId, byte[]>> MakeToBytes()
    {
        var id = Expression.Parameter(typeof(TId), "id");
        var bytes = Expression.Call(
            Expression.Property(id, "Value"), typeof(Guid).GetMethod(nameof(Guid.ToByteArray), [typeof(bool)])!,
            Expression.Constant(true));
        return Expression.Lambda<Func<TId, byte[]>>(bytes, id);
    }

    private static Expression<Func<byte[], TId>> MakeFromBytes()
    {
        var bytes = Expression.Parameter(typeof(byte[]), "bytes");
        Expression<Func<byte[], Guid>> read = source => new Guid(source, true);
        return Expression.Lambda<Func<byte[], TId>>(
            Expression.New(typeof(TId).GetConstructor([typeof(Guid)])!, Expression.Invoke(read, bytes)), bytes);
    }
}
