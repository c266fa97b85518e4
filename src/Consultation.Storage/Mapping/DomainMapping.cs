using System.Linq.Expressions;
using System.Reflection;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Mapping;

/// <summary>Keys, child tables, tenant filters and the usual indexes of the domain's tables.</summary>
internal static class DomainMapping
{
    /// <summary>What stands beside the organisation in a key, in this order, of those that a class has.</summary>
    private static readonly string[][] Keys = [["Id"], ["Key", "Year", "Language"], ["Date"]];

    /// <summary>References by which rows are usually looked for.</summary>
    private static readonly string[] References = ["CaseId", "TrackedItemId", "InstanceId", "TaskId"];

    /// <summary>
    /// Rows that every step writes and that are only read case by case; further indexes would be most of what they
    /// take.
    /// </summary>
    private static readonly Type[] ReadByCase = [typeof(HistoryEntry), typeof(CaseRecord)];

    public static void Map(ModelBuilder model, ConsultationDb db)
    {
        foreach (var type in DomainTypes.Entities)
        {
            var entity = model.Entity(type).ToTable(DomainTypes.TableOf(type));
            MapKey(entity, type);
            foreach (var list in DomainTypes.ChildLists(type)) MapChildren(entity, list);
            if (type.GetProperty("Revision") is { SetMethod: not null })
            {
                entity.Property("Revision").IsConcurrencyToken();
            }
            foreach (var reference in References)
            {
                if (ReadByCase.Contains(type) && reference != "CaseId") continue;
                if (type.GetProperty(reference) is { SetMethod: not null })
                {
                    entity.HasIndex("OrganisationId", reference);
                }
            }

            entity.HasQueryFilter(TenantFilter(type, type == typeof(Organisation) ? "Id" : "OrganisationId", db));
        }
    }

    /// <summary>
    /// Takes away indexes that another one, or the key, begins with. Called when the model is complete.
    /// </summary>
    public static void DropNeedlessIndexes(ModelBuilder model)
    {
        foreach (var type in model.Model.GetEntityTypes())
        {
            var wider = type.GetKeys().Select(key => key.Properties)
                .Concat(type.GetIndexes().Select(index => index.Properties)).ToList();
            foreach (var index in type.GetIndexes().Where(index => !index.IsUnique).ToList())
            {
                if (wider.Exists(one => one.Count > index.Properties.Count
                    && one.Take(index.Properties.Count).SequenceEqual(index.Properties)))
                    type.RemoveIndex(index);
            }
        }
    }

    /// <summary>Everything when the context is not scoped, otherwise the rows of its organisation.</summary>
    public static LambdaExpression TenantFilter(Type type, string property, ConsultationDb db)
    {
        var row = Expression.Parameter(type, "row");
        var owner = Expression.Property(row, property);
        Expression scope = Expression.Property(Expression.Constant(db), nameof(ConsultationDb.Organisation));
        if (owner.Type == typeof(Guid))
        {
            scope = Expression.Property(Expression.Constant(db), nameof(ConsultationDb.OrganisationValue));
        }
        var isOpen = Expression.Not(Expression.Property(Expression.Constant(db), nameof(ConsultationDb.IsScoped)));
        return Expression.Lambda(
            Expression.OrElse(isOpen, Expression.Equal(owner, Expression.Convert(scope, owner.Type))), row);
    }

    private static void MapKey(EntityTypeBuilder entity, Type type)
    {
        if (type == typeof(Organisation))
        {
            entity.HasKey("Id");
            entity.Property("Id").ValueGeneratedNever();
            return;
        }

        var own = Keys.Select(key => key.Where(name => type.GetProperty(name) is { SetMethod: not null }).ToArray())
            .FirstOrDefault(key => key.Length > 0);
        if (own is null) return;
        entity.HasKey(["OrganisationId", .. own]);
        foreach (var name in own) entity.Property(name).ValueGeneratedNever();
        entity.Property("OrganisationId").ValueGeneratedNever();
    }

    private static void MapChildren(EntityTypeBuilder entity, PropertyInfo list)
    {
        var child = DomainTypes.ChildOf(list);
        var ownerId = $"{entity.Metadata.ClrType.Name}Id";
        entity.OwnsMany(child, list.Name, owned =>
        {
            owned.ToTable(DomainTypes.TableOf(child));
            owned.Property(typeof(OrganisationId) == entity.Metadata.ClrType.GetProperty("OrganisationId")!.PropertyType
                ? typeof(OrganisationId) : typeof(Guid), "OrganisationId");
            owned.Property(entity.Metadata.ClrType.GetProperty("Id")!.PropertyType, ownerId);
            owned.WithOwner().HasForeignKey("OrganisationId", ownerId);
            owned.HasKey("OrganisationId", ownerId, "Id");
            owned.Property("Id").ValueGeneratedNever();
            if (child.GetProperty("PersonId") is not null) owned.HasIndex("OrganisationId", "PersonId");
        });
    }
}
