using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Consultation.Cases.History;
using Consultation.Storage.Reading.Flowcharts;
using Consultation.Web.Texts;

namespace Consultation.Web.Drawing;

/// <summary>Words and links that a drawn flowchart needs.</summary>
internal sealed record FlowchartWords
{
    /// <summary>What the picture shows, for screen readers.</summary>
    public required string Title { get; init; }

    /// <summary>Name of a node's mark, said with the node.</summary>
    public required Func<NodeMark, string> Mark { get; init; }

    /// <summary>Name of the port that a connection leaves by, or null to leave it unsaid.</summary>
    public required Func<FlowEdge, string?> Port { get; init; }

    /// <summary>Name of a port in the language of the request; what goes without saying is left unsaid.</summary>
    public static string? PortName(string port) => Named(port, port);

    /// <summary>The same; a port that the desk has no shorter word for is called as its activity calls it.</summary>
    public static string? PortName(FlowEdge edge) => Named(edge.Port, edge.Name?.For(DeskTexts.Language) ?? edge.Port);

    /// <summary>Where a click on a node leads, or null.</summary>
    public Func<FlowNode, string?> Link { get; init; } = _ => null;

    private static string? Named(string port, string otherwise) =>
        DeskTexts.Find($"port.{port}", DeskTexts.Language) ?? (port is "Done" or "In" ? null : otherwise);
}

/// <summary>
/// Draws a flowchart as SVG: nodes where the designer put them, the present place marked, done nodes ticked. Pure.
/// </summary>
internal static class FlowchartSvg
{
    private const double Margin = 30;
    private const double FontSize = 20;
    private const double SmallestFont = 11;
    private const double Corner = 9;

    /// <summary>Drawn size per unit of the designer; the page scrolls sideways where it is wider.</summary>
    private const double Scale = 0.66;

    /// <summary>
    /// The ways of a picture's edges, in their order; finding them takes ten times as long as all the rest of the
    /// drawing.
    /// </summary>
    private static readonly ConditionalWeakTable<FlowchartPicture, IReadOnlyList<IReadOnlyList<Spot>>> Ways = [];

    /// <summary>The picture as one SVG element; "" when there is nothing to draw.</summary>
    /// <param name="picture">What to draw.</param>
    /// <param name="marks">How far the run has come, by node id; a node without a mark lies ahead.</param>
    /// <param name="language">"zh" or "en".</param>
    /// <param name="words">Words and links.</param>
    public static string Draw(
        FlowchartPicture picture, IReadOnlyDictionary<string, NodeMark> marks, string language, FlowchartWords words)
    {
        if (picture.Nodes.Count == 0)
        {
            return "";
        }

        double left = picture.Nodes.Min(node => node.X) - Margin, top = picture.Nodes.Min(node => node.Y) - Margin;
        var width = picture.Nodes.Max(node => node.X + node.Width) + Margin - left;
        var height = picture.Nodes.Max(node => node.Y + node.Height) + Margin - top;
        var svg = new SvgText();
        svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "flow"),
            // A picture with links in it is a group: what is inside a picture is hidden from those who do not see.
            ("role", picture.Nodes.Any(node => words.Link(node) is not null) ? "group" : "img"),
            ("aria-label", words.Title),
            ("viewBox",
                $"{SvgText.Number(left)} {SvgText.Number(top)} {SvgText.Number(width)} {SvgText.Number(height)}"),
            ("width", Math.Round(width * Scale)), ("height", Math.Round(height * Scale)));
        svg.Raw(
            """<defs><marker id="flow-arrow" viewBox="0 0 10 10" refX="9" refY="5" """
                + """markerWidth="7" markerHeight="7" orient="auto-start-reverse">"""
                + """<path d="M0 0L10 5L0 10z"/></marker></defs>""");

        var ways = Ways.GetValue(picture, Routed);
        NodeMark MarkOf(string id) => marks.GetValueOrDefault(id, NodeMark.Ahead);
        var labels = new StringBuilder();
        var labelled = new Dictionary<Spot, int>();
        foreach (var (edge, way) in picture.Edges.Zip(ways))
        {
            var walked = MarkOf(edge.From) == NodeMark.Done && MarkOf(edge.To) != NodeMark.Ahead;
            svg.Empty("path", ("class", walked ? "flow-edge walked" : "flow-edge"), ("d", Path(way)),
                ("marker-end", "url(#flow-arrow)"));
            if (words.Port(edge) is { } port)
            {
                // Ports that leave at the same spot stand one above the other.
                var place = labelled.GetValueOrDefault(way[0]);
                labelled[way[0]] = place + 1;
                labels.Append(PortLabel(port, way, place));
            }
        }

        foreach (var node in picture.Nodes)
        {
            Draw(svg, node, MarkOf(node.Id), language, words);
        }

        return svg.Raw(labels.ToString()).Close("svg").ToString();
    }

    private static IReadOnlyList<IReadOnlyList<Spot>> Routed(FlowchartPicture picture)
    {
        var byId = picture.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var router = new FlowRouter(picture.Nodes);
        return [.. picture.Edges.Select(edge => router.Route(byId[edge.From], byId[edge.To]))];
    }

    private static void Draw(SvgText svg, FlowNode node, NodeMark mark, string language, FlowchartWords words)
    {
        var label = node.Label.For(language);
        var link = words.Link(node);
        svg.Open("g", ("id", "node-" + node.Id),
            ("class", string.Create(CultureInfo.InvariantCulture,
                $"flow-node flow-{node.Shape.ToString().ToLowerInvariant()} is-{mark.ToString().ToLowerInvariant()}")));
        if (link is not null)
        {
            svg.Open("a", ("href", link));
        }

        svg.Said("title",
            string.Join(
                " · ", new[] { label, words.Mark(mark), SourceRows.Describe(node.Rows).For(DeskTexts.Language) }.Where(
                    part => part.Length > 0)));
        Outline(svg, node);
        var usable = node.Shape switch
        {
            NodeShape.Choice => node.Width - 56,
            NodeShape.Terminal => node.Width - 26,
            _ => node.Width - 30,
        };
        var (size, lines) = SvgText.Fit(label, usable, node.Height - 8, FontSize, SmallestFont);
        var first = node.Y + node.Height / 2 - (lines.Count - 1) * size * 0.6 + size * 0.35;
        for (var index = 0; index < lines.Count; index++)
        {
            svg.Said("text", lines[index], ("x", node.X + node.Width / 2), ("y", first + index * size * 1.2),
                ("text-anchor", "middle"), ("font-size", size));
        }

        Badge(svg, node, mark);
        svg.Raw(link is null ? "</g>" : "</a></g>");
    }

    private static void Outline(SvgText svg, FlowNode node)
    {
        double x = node.X, y = node.Y, w = node.Width, h = node.Height;
        switch (node.Shape)
        {
            case NodeShape.Choice:
                svg.Empty("path", ("class", "flow-box"), ("d", string.Create(CultureInfo.InvariantCulture,
                    $"M{x + 22} {y}H{x + w - 22}L{x + w} {y + h / 2}L{x + w - 22} {y + h}H{x + 22}L{x} {y + h / 2}Z")));
                break;
            case NodeShape.Terminal:
                svg.Empty("rect", ("class", "flow-box"), ("x", x), ("y", y), ("width", w), ("height", h),
                    ("rx", h / 2));
                break;
            default:
                svg.Empty("rect", ("class", "flow-box"), ("x", x), ("y", y), ("width", w), ("height", h), ("rx", 8.0));
                if (node.Shape is NodeShape.Gate or NodeShape.Part)
                {
                    svg.Empty("rect", ("class", "flow-inner"), ("x", x + 5), ("y", y + 5), ("width", w - 10),
                        ("height", h - 10), ("rx", 5.0));
                }
                else if (node.Shape == NodeShape.Milestone)
                {
                    svg.Empty("rect", ("class", "flow-band"), ("x", x), ("y", y), ("width", 10.0), ("height", h),
                        ("rx", 4.0));
                }

                break;
        }
    }

    private static void Badge(SvgText svg, FlowNode node, NodeMark mark)
    {
        if (mark == NodeMark.Ahead)
        {
            return;
        }

        double x = node.X + node.Width - 4, y = node.Y + 4;
        svg.Empty("circle", ("class", "flow-badge"), ("cx", x), ("cy", y), ("r", 11.0));
        svg.Empty("path", ("class", "flow-badge-sign"), ("d", mark switch
        {
            NodeMark.Done => FormattableString.Invariant($"M{x - 5} {y}l4 4l6 -8"),
            NodeMark.Failed => FormattableString.Invariant($"M{x} {y - 6}v7m0 4v1"),
            _ => FormattableString.Invariant($"M{x - 3} {y - 5}l7 5l-7 5z"),
        }));
    }

    private static string PortLabel(string port, IReadOnlyList<Spot> way, int place)
    {
        Spot from = way[0], next = way[1];
        var down = from.X == next.X;
        var x = down ? from.X + 6 : from.X + 8;
        var y = (down ? from.Y + (next.Y > from.Y ? 19 : -8) : from.Y - 6) - (place * 17);
        return new SvgText().Said("text", port, ("class", "flow-port"), ("x", x), ("y", y), ("font-size", 15.0))
            .ToString();
    }

    /// <summary>The way as a path with rounded corners.</summary>
    internal static string Path(IReadOnlyList<Spot> way)
    {
        var path = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"M{SvgText.Number(way[0].X)} {SvgText.Number(way[0].Y)}");
        for (var index = 1; index < way.Count; index++)
        {
            var spot = way[index];
            if (index == way.Count - 1)
            {
                path.Append(CultureInfo.InvariantCulture, $"L{SvgText.Number(spot.X)} {SvgText.Number(spot.Y)}");
                break;
            }

            Spot before = Towards(spot, way[index - 1]), after = Towards(spot, way[index + 1]);
            path.Append(CultureInfo.InvariantCulture,
                $"L{SvgText.Number(before.X)} {SvgText.Number(before.Y)}Q{SvgText.Number(spot.X)} "
                    + $"{SvgText.Number(spot.Y)} {SvgText.Number(after.X)} {SvgText.Number(after.Y)}");
        }

        return path.ToString();
    }

    private static Spot Towards(Spot from, Spot to)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y;
        var length = Math.Abs(dx) + Math.Abs(dy);
        var reach = length == 0 ? 0 : Math.Min(Corner, length / 2) / length;
        return new(from.X + dx * reach, from.Y + dy * reach);
    }
}
