using System.Diagnostics;
using OpenTelemetry;

namespace Consultation.Server.Telemetry;

/// <summary>
/// Takes out of each span what tells about people: the path of a request, which may be a decision link, becomes the
/// template of its route, and queries, callers' addresses and browsers are dropped. Stands before every exporter.
/// </summary>
internal sealed class AddressCleaner : BaseProcessor<Activity>
{
    private const string Path = "url.path";

    private static readonly string[] Dropped =
    [
        "url.query", "url.full", "http.url", "http.target", "client.address", "client.port", "network.peer.address",
        "network.peer.port", "net.peer.ip", "http.client_ip", "user_agent.original", "http.user_agent", "enduser.id",
    ];

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(Path) is not null) data.SetTag(Path, data.GetTagItem("http.route") ?? "");
        foreach (var name in Dropped)
        {
            if (data.GetTagItem(name) is not null) data.SetTag(name, null);
        }
    }
}
