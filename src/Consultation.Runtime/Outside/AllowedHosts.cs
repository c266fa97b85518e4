namespace Consultation.Runtime.Outside;

/// <summary>
/// Which hosts workflows may send requests to. An entry is a host (<c>api.example.org</c>), a host with its port
/// (<c>10.0.0.5:8080</c>), all below a domain (<c>*.example.org</c>) or everything (<c>*</c>). An address inside the
/// network (this machine, the local net, a cloud's own services) is reached only by an entry without a star: who draws
/// workflows must not reach what only the host can reach. Immutable, thread-safe.
/// </summary>
internal sealed class AllowedHosts(IReadOnlyList<string> entries)
{
    /// <summary>Whether a request may be sent there at all.</summary>
    public bool Allow(Uri url) => Names(url) || entries.Any(entry => entry == "*"
        || (entry.StartsWith("*.", StringComparison.Ordinal)
            && NamesOf(url).Any(name => name.EndsWith(entry[1..], StringComparison.OrdinalIgnoreCase))));

    /// <summary>
    /// Whether the operator named this very host, so that an address inside the network is meant too.
    /// </summary>
    public bool Names(Uri url) => NamesOf(url).Any(name => entries.Any(entry =>
        entry.Equals(name, StringComparison.OrdinalIgnoreCase)
            || entry.Equals($"{name}:{url.Port}", StringComparison.OrdinalIgnoreCase)));

    private static string[] NamesOf(Uri url) => [url.Host.TrimEnd('.'), url.IdnHost.TrimEnd('.')];
}
