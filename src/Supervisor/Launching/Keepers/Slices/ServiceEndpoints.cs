using System.Globalization;
using System.Net;
using System.Net.Sockets;
using k8s.Models;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>
/// The endpoint slices of a service, as far as they are known, and the keepers that they make: one for each endpoint that is ready and does
/// not go. An endpoint may be in several slices, and a pod have addresses of both kinds: it is one keeper, whose address stays as long as
/// it is among them.
/// </summary>
/// <param name="port">The keepers' port: the name that it has in the slices, or a number, which is taken as it stands.</param>
/// <param name="scheme">How keepers are spoken to: http or https.</param>
internal sealed class ServiceEndpoints(string port, string scheme)
{
    private const string Tcp = "TCP";
    private readonly int? _number = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    private readonly Dictionary<string, V1EndpointSlice> _slices = new(StringComparer.Ordinal);
    private Dictionary<string, Uri> _chosen = new(StringComparer.Ordinal);

    /// <summary>The keepers.</summary>
    public IReadOnlySet<Uri> Keepers => _chosen.Values.ToHashSet();

    /// <summary>Why there are no keepers, for people; empty where there are any.</summary>
    public string Lack
    {
        get
        {
            if (_chosen.Count > 0)
            {
                return "";
            }

            if (_slices.Count == 0)
            {
                return "it has no endpoint slices: expected a service of this name, with a selector";
            }

            // A service without pods has a slice without endpoints and without ports.
            var filled = _slices.Values.Where(slice => slice.Endpoints is { Count: > 0 }).ToList();
            if (filled.Count == 0)
            {
                return "it has no endpoints: no pod is selected";
            }

            var reached = filled.Where(slice => PortOf(slice) is not null).ToList();
            return reached.Count == 0
                ? $"none of its ports is called {port}: it has {PortsOf(filled)}"
                : $"none of its {reached.Sum(slice => slice.Endpoints.Count)} endpoints is ready";
        }
    }

    /// <summary>These are all slices that there are.</summary>
    /// <param name="slices">The slices.</param>
    public void Replace(IEnumerable<V1EndpointSlice> slices)
    {
        _slices.Clear();
        foreach (var slice in slices)
        {
            _slices[NameOf(slice)] = slice;
        }

        Choose();
    }

    /// <summary>A slice is new, or has changed.</summary>
    /// <param name="slice">The slice.</param>
    public void Put(V1EndpointSlice slice)
    {
        _slices[NameOf(slice)] = slice;
        Choose();
    }

    /// <summary>A slice is gone.</summary>
    /// <param name="slice">The slice.</param>
    public void Remove(V1EndpointSlice slice)
    {
        _slices.Remove(NameOf(slice));
        Choose();
    }

    private static string NameOf(V1EndpointSlice slice) => slice.Metadata?.Name ?? "";

    // Of further addresses of an endpoint nothing is said to be the same.
    private static IPAddress? AddressOf(V1EndpointSlice slice, V1Endpoint endpoint) =>
        slice.AddressType is "IPv4" or "IPv6" && IPAddress.TryParse(endpoint.Addresses?.FirstOrDefault(), out var address) ? address : null;

    private static bool IsReady(V1Endpoint endpoint) =>
        endpoint.Conditions is not { } conditions || (conditions.Ready != false && conditions.Terminating != true);

    private static string PortsOf(IEnumerable<V1EndpointSlice> slices)
    {
        var ports = slices.SelectMany(slice => slice.Ports ?? []).Select(known => string.IsNullOrEmpty(known.Name) ? "one without a name" : known.Name).Distinct();
        return string.Join(", ", ports.Order(StringComparer.Ordinal)) is { Length: > 0 } names ? names : "none";
    }

    private int? PortOf(V1EndpointSlice slice) =>
        _number ?? slice.Ports?.FirstOrDefault(known => known.Name == port && known.Protocol is null or Tcp)?.Port;

    private void Choose()
    {
        var known =
            from slice in _slices.Values
            let number = PortOf(slice)
            where number is not null
            from endpoint in slice.Endpoints ?? []
            let address = AddressOf(slice, endpoint)
            where address is not null && IsReady(endpoint)
            let keeper = new UriBuilder(scheme, address.ToString(), number.Value).Uri
            group (Keeper: keeper, address.AddressFamily) by string.IsNullOrEmpty(endpoint.TargetRef?.Uid) ? keeper.Authority : endpoint.TargetRef.Uid;
        _chosen = known.ToDictionary(
            same => same.Key,
            same => _chosen.TryGetValue(same.Key, out var before) && same.Any(found => found.Keeper == before)
                ? before
                : same.OrderBy(found => found.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).ThenBy(found => found.Keeper.Authority, StringComparer.Ordinal).First().Keeper,
            StringComparer.Ordinal);
    }
}
