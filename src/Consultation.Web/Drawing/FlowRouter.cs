using Consultation.Storage.Reading.Flowcharts;

namespace Consultation.Web.Drawing;

/// <summary>A point of a drawing.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>
/// Finds a way for each connection: horizontal and vertical pieces only, round the other nodes where that is possible,
/// with few bends. Pure.
/// </summary>
internal sealed class FlowRouter(IReadOnlyList<FlowNode> nodes)
{
    private const double Gap = 22;
    private const double Clearance = 4;
    private const double CrossingCost = 1000;
    private const double BendCost = 30;

    /// <summary>The corners of the way from one node to another, both ends included.</summary>
    public IReadOnlyList<Spot> Route(FlowNode from, FlowNode to)
    {
        IReadOnlyList<Spot> best = [];
        var bestCost = double.MaxValue;
        foreach (var way in Ways(from, to))
        {
            var cost = Cost(way, from, to);
            if (cost < bestCost)
            {
                (best, bestCost) = (way, cost);
            }
        }

        return best;
    }

    /// <summary>How many other nodes a way runs through.</summary>
    public int Crossings(IReadOnlyList<Spot> way, FlowNode from, FlowNode to)
    {
        var count = 0;
        for (var index = 1; index < way.Count; index++)
        {
            foreach (var node in nodes)
            {
                // A way may touch its own ends only with its first and last piece.
                var own = node == from && index == 1 || node == to && index == way.Count - 1;
                count += !own && Hits(way[index - 1], way[index], node) ? 1 : 0;
            }
        }

        return count;
    }

    private static IEnumerable<List<Spot>> Ways(FlowNode from, FlowNode to)
    {
        Spot right = new(from.X + from.Width, MiddleY(from)), left = new(to.X, MiddleY(to));
        Spot bottom = new(MiddleX(from), from.Y + from.Height), top = new(MiddleX(from), from.Y);
        Spot over = new(MiddleX(to), to.Y), under = new(MiddleX(to), to.Y + to.Height);
        double lower = Math.Max(bottom.Y, under.Y) + Gap, upper = Math.Min(top.Y, over.Y) - Gap;

        if (left.X > right.X)
        {
            foreach (var x in new[] { left.X - Gap, right.X + Gap, (left.X + right.X) / 2 })
            {
                yield return Tidy(right, new(x, right.Y), new(x, left.Y), left);
            }
        }

        yield return Tidy(bottom, new(bottom.X, left.Y), left);
        yield return Tidy(top, new(top.X, left.Y), left);
        yield return Tidy(right, new(over.X, right.Y), over.Y > right.Y ? over : under);
        if (over.Y > bottom.Y)
        {
            foreach (var y in new[] { (over.Y + bottom.Y) / 2, over.Y - Gap, bottom.Y + Gap })
            {
                yield return Tidy(bottom, new(bottom.X, y), new(over.X, y), over);
                yield return Tidy(right, new(right.X + Gap, right.Y), new(right.X + Gap, y), new(over.X, y), over);
                yield return Tidy(right, new(right.X + Gap, right.Y), new(right.X + Gap, y), new(left.X - Gap, y),
                    new(left.X - Gap, left.Y), left);
            }
        }

        if (under.Y < top.Y)
        {
            foreach (var y in new[] { (under.Y + top.Y) / 2, top.Y - Gap, under.Y + Gap })
            {
                yield return Tidy(top, new(top.X, y), new(under.X, y), under);
                yield return Tidy(right, new(right.X + Gap, right.Y), new(right.X + Gap, y), new(left.X - Gap, y),
                    new(left.X - Gap, left.Y), left);
            }
        }

        yield return Tidy(bottom, new(bottom.X, lower), new(under.X, lower), under);
        yield return Tidy(top, new(top.X, upper), new(over.X, upper), over);
        foreach (var y in new[] { bottom.Y + Gap, top.Y - Gap, under.Y + Gap, over.Y - Gap, lower, upper })
        {
            yield return Tidy(right, new(right.X + Gap, right.Y), new(right.X + Gap, y), new(left.X - Gap, y),
                new(left.X - Gap, left.Y), left);
            yield return Tidy(bottom, new(bottom.X, y), new(left.X - Gap, y), new(left.X - Gap, left.Y), left);
            yield return Tidy(top, new(top.X, y), new(left.X - Gap, y), new(left.X - Gap, left.Y), left);
        }
    }

    private double Cost(List<Spot> way, FlowNode from, FlowNode to)
    {
        double length = 0;
        for (var index = 1; index < way.Count; index++)
        {
            length += Math.Abs(way[index].X - way[index - 1].X) + Math.Abs(way[index].Y - way[index - 1].Y);
        }

        return Crossings(way, from, to) * CrossingCost + (way.Count - 2) * BendCost + length / 4;
    }

    private static bool Hits(Spot a, Spot b, FlowNode node) =>
        Math.Max(a.X, b.X) > node.X - Clearance && Math.Min(a.X, b.X) < node.X + node.Width + Clearance
        && Math.Max(a.Y, b.Y) > node.Y - Clearance && Math.Min(a.Y, b.Y) < node.Y + node.Height + Clearance;

    private static double MiddleX(FlowNode node) => node.X + node.Width / 2;

    private static double MiddleY(FlowNode node) => node.Y + node.Height / 2;

    /// <summary>Leaves out corners that are none.</summary>
    private static List<Spot> Tidy(params ReadOnlySpan<Spot> spots)
    {
        var way = new List<Spot>();
        foreach (var spot in spots)
        {
            if (way.Count > 0 && way[^1] == spot)
            {
                continue;
            }

            if (way.Count > 1
                && (way[^1].X == way[^2].X && spot.X == way[^1].X || way[^1].Y == way[^2].Y && spot.Y == way[^1].Y))
            {
                way.RemoveAt(way.Count - 1);
            }

            way.Add(spot);
        }

        return way;
    }
}
