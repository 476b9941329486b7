using CsCheck;
using k8s.Models;
using WorkerPool.Supervisor.Launching.Keepers.Slices;

namespace WorkerPool.Supervisor.Tests.Launching.Slices;

/// <summary>The keepers that endpoint slices make.</summary>
public sealed class ServiceEndpointsTests
{
    private readonly ServiceEndpoints _endpoints = new("keeper", "https");

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(true, null, null, true)]
    [InlineData(true, true, false, true)]
    [InlineData(false, null, null, false)]
    [InlineData(false, true, true, false)]
    [InlineData(null, true, true, false)]
    [InlineData(true, true, true, false)]
    [InlineData(true, false, null, true)]
    public void An_endpoint_is_a_keeper_that_is_ready_and_does_not_go(bool? ready, bool? serving, bool? terminating, bool isKeeper)
    {
        var endpoint = Endpoint("10.0.0.1");
        endpoint.Conditions = new V1EndpointConditions { Ready = ready, Serving = serving, Terminating = terminating };
        _endpoints.Put(Slice("a", endpoint));
        Assert.Equal(isKeeper ? ["https://10.0.0.1:50060/"] : [], Keepers());
        Assert.Equal(isKeeper ? "" : "none of its 1 endpoints is ready", _endpoints.Lack);
    }

    [Fact]
    public void Nothing_said_of_an_endpoint_means_that_it_is_ready()
    {
        _endpoints.Put(Slice("a", Endpoint("10.0.0.1")));
        Assert.Equal(["https://10.0.0.1:50060/"], Keepers());
    }

    [Fact]
    public void The_same_endpoint_in_two_slices_is_one_keeper_until_it_is_in_none()
    {
        _endpoints.Replace([Slice("a", Endpoint("10.0.0.1"), Endpoint("10.0.0.2")), Slice("b", Endpoint("10.0.0.2"))]);
        Assert.Equal(["https://10.0.0.1:50060/", "https://10.0.0.2:50060/"], Keepers());
        _endpoints.Remove(Slice("a"));
        Assert.Equal(["https://10.0.0.2:50060/"], Keepers());
        _endpoints.Remove(Slice("b"));
        _endpoints.Remove(Slice("b"));
        Assert.Empty(Keepers());
    }

    [Fact]
    public void A_pod_with_addresses_of_both_kinds_is_one_keeper_and_keeps_its_address_while_it_has_it()
    {
        var (four, six) = (Endpoint("10.0.0.1", "pod-1"), Endpoint("fd00::1", "pod-1"));
        _endpoints.Put(Slice("six", six));
        Assert.Equal(["https://[fd00::1]:50060/"], Keepers());
        _endpoints.Put(Slice("four", four));
        Assert.Equal(["https://[fd00::1]:50060/"], Keepers());
        _endpoints.Remove(Slice("six"));
        Assert.Equal(["https://10.0.0.1:50060/"], Keepers());

        var listed = new ServiceEndpoints("keeper", "http");
        listed.Replace([Slice("six", six), Slice("four", four)]);
        Assert.Equal(["http://10.0.0.1:50060/"], listed.Keepers.Select(keeper => $"{keeper}"));
    }

    [Fact]
    public void Names_and_what_cannot_be_read_are_no_addresses()
    {
        _endpoints.Put(Slice("a", "FQDN", Endpoint("keeper.example")));
        _endpoints.Put(Slice("b", "IPv4", Endpoint("keeper.example"), new V1Endpoint { Addresses = [] }, new V1Endpoint(), Endpoint("10.0.0.1")));
        Assert.Equal(["https://10.0.0.1:50060/"], Keepers());
    }

    [Theory]
    [InlineData("other", null, "none of its ports is called keeper: it has health, other")]
    [InlineData("keeper", "UDP", "none of its ports is called keeper: it has health, keeper")]
    [InlineData(null, null, "none of its ports is called keeper: it has health, one without a name")]
    [InlineData("keeper", null, "")]
    [InlineData("keeper", "TCP", "")]
    public void The_port_is_the_one_of_its_name(string? name, string? protocol, string lack)
    {
        var slice = Slice("a", Endpoint("10.0.0.1"));
        slice.Ports = [new Discoveryv1EndpointPort { Name = "health", Port = 1, Protocol = "TCP" }, new Discoveryv1EndpointPort { Name = name, Port = 50060, Protocol = protocol }];
        _endpoints.Put(slice);
        Assert.Equal(lack.Length == 0, Keepers().Contains("https://10.0.0.1:50060/"));
        Assert.Equal(lack, _endpoints.Lack);
    }

    [Fact]
    public void A_port_by_number_is_taken_as_it_stands()
    {
        var endpoints = new ServiceEndpoints("7000", "http");
        var slice = Slice("a", Endpoint("10.0.0.1"));
        slice.Ports = null;
        endpoints.Replace([slice, Slice("b", Endpoint("10.0.0.2"))]);
        Assert.Equal(["http://10.0.0.1:7000/", "http://10.0.0.2:7000/"], endpoints.Keepers.Select(keeper => $"{keeper}").Order());
    }

    [Fact]
    public void Why_there_are_none_is_said()
    {
        Assert.Equal("it has no endpoint slices: expected a service of this name, with a selector", _endpoints.Lack);
        _endpoints.Put(new V1EndpointSlice { Metadata = new V1ObjectMeta { Name = "a" }, AddressType = "IPv4" });
        Assert.Equal("it has no endpoints: no pod is selected", _endpoints.Lack);
    }

    // Slices are listed, put and removed in any order; after each step the keepers are those of a model that knows nothing of steps.
    [Fact]
    public void Keepers_are_those_of_the_slices_that_there_are_whatever_happened_before()
    {
        var endpoint = Gen.Select(Gen.Int[1, 6], Gen.Int[0, 3], Gen.Bool, (host, ready, hasPod) => (Address: $"10.0.0.{host}", IsReady: ready > 0, HasPod: hasPod));
        var slice = Gen.Select(Gen.Int[0, 3], endpoint.Array[0, 4], (name, content) => (Name: $"slice-{name}", Content: content));
        var step = Gen.Select(Gen.Int[0, 9], slice.Array[1, 4]);
        step.Array[1, 30].Sample(steps =>
        {
            var endpoints = new ServiceEndpoints("keeper", "https");
            var model = new Dictionary<string, (string Address, bool IsReady, bool HasPod)[]>();
            foreach (var (kind, slices) in steps)
            {
                switch (kind)
                {
                    case 0:
                        model = slices.GroupBy(given => given.Name).ToDictionary(given => given.Key, given => given.Last().Content);
                        endpoints.Replace(slices.Select(given => Made(given.Name, given.Content)));
                        break;
                    case < 3:
                        model.Remove(slices[0].Name);
                        endpoints.Remove(Made(slices[0].Name, []));
                        break;
                    default:
                        model[slices[0].Name] = slices[0].Content;
                        endpoints.Put(Made(slices[0].Name, slices[0].Content));
                        break;
                }

                var expected = model.Values.SelectMany(content => content).Where(found => found.IsReady).Select(found => $"https://{found.Address}:50060/").Distinct().Order();
                Assert.Equal(expected, endpoints.Keepers.Select(keeper => $"{keeper}").Order());
                Assert.Equal(endpoints.Keepers.Count == 0, endpoints.Lack.Length > 0);
            }
        });

        static V1EndpointSlice Made(string name, (string Address, bool IsReady, bool HasPod)[] content) => Slice(name, [.. content.Select(given =>
        {
            var endpoint = Endpoint(given.Address, given.HasPod ? $"pod of {given.Address}" : null);
            endpoint.Conditions = new V1EndpointConditions { Ready = given.IsReady };
            return endpoint;
        })]);
    }

    // Pods with addresses of both kinds: each that has a ready address is one keeper, at one of those, and does not move without need.
    [Fact]
    public void A_pod_is_one_keeper_at_an_address_that_it_has()
    {
        var slice = Gen.Select(Gen.Bool, Gen.Int[0, 2], Gen.Int[1, 3].Array[0, 3], (isSix, name, pods) => (IsSix: isSix, Name: $"{name}-{isSix}", Pods: pods.Distinct().ToArray()));
        slice.Array[1, 30].Sample(slices =>
        {
            var endpoints = new ServiceEndpoints("keeper", "https");
            var model = new Dictionary<string, (bool IsSix, int[] Pods)>();
            HashSet<Uri> before = [];
            foreach (var (isSix, name, pods) in slices)
            {
                model[name] = (isSix, pods);
                endpoints.Put(Slice(name, [.. pods.Select(pod => Endpoint(AddressOf(isSix, pod), $"{pod}"))]));
                var known = model.Values.SelectMany(content => content.Pods.Select(pod => (Pod: pod, Keeper: new UriBuilder("https", AddressOf(content.IsSix, pod), 50060).Uri))).ToLookup(found => found.Pod, found => found.Keeper);
                Assert.Equal(known.Count, endpoints.Keepers.Count);
                Assert.All(known, pod =>
                {
                    var keeper = Assert.Single(pod.Distinct(), endpoints.Keepers.Contains);
                    Assert.True(before.Contains(keeper) || !pod.Any(before.Contains), $"{keeper} moved");
                });
                before = [.. endpoints.Keepers];
            }
        });

        static string AddressOf(bool isSix, int pod) => isSix ? $"fd00::{pod}" : $"10.0.0.{pod}";
    }

    private static V1Endpoint Endpoint(string address, string? pod = null) =>
        new() { Addresses = [address], TargetRef = pod is null ? null : new V1ObjectReference { Kind = "Pod", Uid = pod } };

    private static V1EndpointSlice Slice(string name, params V1Endpoint[] endpoints) =>
        Slice(name, endpoints.Any(endpoint => endpoint.Addresses?.FirstOrDefault()?.Contains(':') == true) ? "IPv6" : "IPv4", endpoints);

    private static V1EndpointSlice Slice(string name, string kind, params V1Endpoint[] endpoints) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        AddressType = kind,
        Endpoints = endpoints,
        Ports = [new Discoveryv1EndpointPort { Name = "keeper", Port = 50060, Protocol = "TCP" }],
    };

    private IEnumerable<string> Keepers() => _endpoints.Keepers.Select(keeper => $"{keeper}").Order(StringComparer.Ordinal);
}
