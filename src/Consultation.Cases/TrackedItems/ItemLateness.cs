using System.Linq.Expressions;

namespace Consultation.Cases.TrackedItems;

/// <summary>How late an item is; its colour on the board.</summary>
public enum ItemLateness
{
    /// <summary>In time.</summary>
    OnTime,
    /// <summary>Due within a week.</summary>
    DueSoon,
    /// <summary>Past its day.</summary>
    Late,
    /// <summary>Stalled (O6).</summary>
    Stalled,
    /// <summary>Done or given up.</summary>
    Done,
    /// <summary>Without a day.</summary>
    NoDate,
    /// <summary>Its case is suspended: nothing falls due meanwhile (O14).</summary>
    Suspended,
}

/// <summary>
/// Says how late an item is. One expression: compiled for an item at hand, and put into queries, where the database
/// computes it.
/// </summary>
public static class ItemLatenessRule
{
    /// <summary>Days before the end from which on an item is due soon.</summary>
    public const int SoonDays = 7;

    private static readonly Expression<Func<TrackedItemState, DateOnly?, bool, DateOnly, DateOnly, ItemLateness>> Rule =
        (state, dueOn, suspended, today, soon) =>
            state == TrackedItemState.Done || state == TrackedItemState.Abandoned ? ItemLateness.Done
            : suspended ? ItemLateness.Suspended
            : state == TrackedItemState.Stalled ? ItemLateness.Stalled
            : dueOn == null ? ItemLateness.NoDate
            : dueOn < today ? ItemLateness.Late
            : dueOn <= soon ? ItemLateness.DueSoon
            : ItemLateness.OnTime;

    private static readonly Func<TrackedItemState, DateOnly?, bool, DateOnly, DateOnly, ItemLateness> InMemory =
        Rule.Compile();

    /// <summary>
    /// The lateness of an item on a day; while its case is suspended nothing is late, near or stalled.
    /// </summary>
    public static ItemLateness Of(TrackedItemState state, DateOnly? dueOn, bool suspended, DateOnly today) =>
        InMemory(state, dueOn, suspended, today, today.AddDays(SoonDays));

    /// <summary>An expression over an item and its lateness, as one over the item alone, for a query.</summary>
    /// <param name="suspended">Ids of the suspended cases.</param>
    /// <param name="today">The day.</param>
    /// <param name="shape">What is wanted of the two.</param>
    public static Expression<Func<TrackedItem, T>> Query<T>(
        IQueryable<CaseId> suspended, DateOnly today, Expression<Func<TrackedItem, ItemLateness, T>> shape)
    {
        var soon = today.AddDays(SoonDays);
        Expression<Func<TrackedItem, TrackedItemState>> state = item => item.State;
        Expression<Func<TrackedItem, DateOnly?>> dueOn = item => item.DueOn;
        Expression<Func<TrackedItem, bool>> rests = item => suspended.Contains(item.CaseId);
        // As variables, not as values: a database then plans the statement once for all days.
        Expression<Func<DateOnly>> day = () => today, lastSoon = () => soon;
        var subject = shape.Parameters[0];
        var lateness = Put(
            Rule.Body,
            (Rule.Parameters[0], On(state, subject)), (Rule.Parameters[1], On(dueOn, subject)),
            (Rule.Parameters[2], On(rests, subject)),
            (Rule.Parameters[3], day.Body), (Rule.Parameters[4], lastSoon.Body));
        return Expression.Lambda<Func<TrackedItem, T>>(Put(shape.Body, (shape.Parameters[1], lateness)), subject);
    }

    private static Expression On<T>(Expression<Func<TrackedItem, T>> part, ParameterExpression subject) =>
        Put(part.Body, (part.Parameters[0], subject));

    private static Expression Put(Expression body, params (ParameterExpression Parameter, Expression Value)[] values) =>
        new Substitution(values.ToDictionary(pair => pair.Parameter, pair => pair.Value)).Visit(body);

    private sealed class Substitution(Dictionary<ParameterExpression, Expression> values) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) =>
            values.GetValueOrDefault(node) ?? node;
    }
}
