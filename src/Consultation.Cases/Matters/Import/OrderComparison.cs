namespace Consultation.Cases.Matters.Import;

/// <summary>What orders would do to the matters known: new, changed, unchanged (O20). Pure.</summary>
public sealed record OrderComparison(
    IReadOnlyList<HotlineOrder> New, IReadOnlyList<(HotlineOrder Order, Matter Matter)> Changed, int Unchanged)
{
    /// <summary>
    /// Compares by order number. A matter that has left the pool is never changed any more: it counts as unchanged.
    /// </summary>
    public static OrderComparison Of(IEnumerable<HotlineOrder> orders, IReadOnlyDictionary<string, Matter> known)
    {
        var fresh = new List<HotlineOrder>();
        var changed = new List<(HotlineOrder, Matter)>();
        var unchanged = 0;
        foreach (var order in orders)
        {
            if (!known.TryGetValue(order.OrderNumber, out var matter))
            {
                fresh.Add(order);
            }
            else if (matter.State == MatterState.Pooled && Differs(order, matter))
            {
                changed.Add((order, matter));
            }
            else
            {
                unchanged++;
            }
        }

        return new(fresh, changed, unchanged);
    }

    /// <summary>Writes an order's content into the matter known under its number.</summary>
    public static void Apply(HotlineOrder order, Matter matter)
    {
        matter.Title = order.Title;
        matter.Text = order.Text;
        matter.Place = order.Place;
        matter.OrderCategory = order.Category;
        matter.ProposerName = order.Caller;
        matter.ProposerPhone = order.Phone;
    }

    /// <summary>A matter of a new order.</summary>
    public static Matter Create(HotlineOrder order, OrganisationId organisation, string number, DateTimeOffset now) =>
        new()
        {
            OrganisationId = organisation,
            Id = MatterId.New(),
            Number = number,
            Source = MatterSource.Hotline,
            Title = order.Title,
            Text = order.Text,
            Place = order.Place,
            ProposerName = order.Caller,
            ProposerPhone = order.Phone,
            OrderNumber = order.OrderNumber,
            OrderCategory = order.Category,
            RaisedAt = order.RaisedAt ?? now,
            ReceivedAt = now,
        };

    private static bool Differs(HotlineOrder order, Matter matter) =>
        (order.Title, order.Text, order.Place, order.Category, order.Caller, order.Phone)
        != (matter.Title, matter.Text, matter.Place, matter.OrderCategory, matter.ProposerName, matter.ProposerPhone);
}
