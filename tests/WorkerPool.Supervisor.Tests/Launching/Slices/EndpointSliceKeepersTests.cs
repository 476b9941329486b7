using System.Net;
using WorkerPool.Supervisor.Launching.Keepers.Slices;
using WorkerPool.TestSupport;
using WorkerPool.TestSupport.Kubernetes;

namespace WorkerPool.Supervisor.Tests.Launching.Slices;

/// <summary>Keepers by endpoint slices, at an API server that does all that API servers do: over real sockets.</summary>
public sealed class EndpointSliceKeepersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slices_are_listed_once_and_their_changes_watched_from_there()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        server.Put("others", "others-a", ApiServerStandIn.Slice(50060, "10.9.9.9"));
        var version = server.Version;
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await service.FindsAsync("10.0.0.1:50060");
        await WatchedAsync(server, 1);

        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1", "10.0.0.2"));
        await service.FindsAsync("10.0.0.1:50060 10.0.0.2:50060");
        server.Put("workers", "workers-b", ApiServerStandIn.Slice(50061, "fd00::1"));
        await service.FindsAsync("10.0.0.1:50060 10.0.0.2:50060 [fd00::1]:50061");
        server.Delete("workers-a");
        await service.FindsAsync("[fd00::1]:50061");
        server.Put("others", "others-a", ApiServerStandIn.Slice(50060, "10.9.9.8"));
        server.Delete("workers-b");
        await service.FindsAsync("");

        Assert.Equal("the service workers in the namespace spaces (it has no endpoint slices: expected a service of this name, with a selector)", service.Source);
        var list = Assert.Single(server.Lists);
        var watch = Assert.Single(server.Watches);
        Assert.All(new[] { list, watch }, request => Assert.Equal(("spaces", "kubernetes.io/service-name=workers"), (request.Namespace, request["labelSelector"])));
        Assert.Equal(("500", "", ""), (list["limit"], list["resourceVersion"], list["allowWatchBookmarks"]));
        Assert.Equal((version, "true", "120"), (watch["resourceVersion"], watch["allowWatchBookmarks"], watch["timeoutSeconds"]));
        Assert.Empty(service.Log.Entries);
    }

    [Fact]
    public async Task A_list_of_several_pages_is_read_to_its_end_and_told_once()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.PageSize = 2;
        foreach (var number in Enumerable.Range(1, 5))
        {
            server.Put("workers", $"workers-{number}", ApiServerStandIn.Slice(50060, $"10.0.0.{number}"));
        }

        await using var service = new FollowedService(FollowedService.To(server.Address));
        await service.FindsAsync("10.0.0.1:50060 10.0.0.2:50060 10.0.0.3:50060 10.0.0.4:50060 10.0.0.5:50060");
        Assert.Single(service.Found);
        Assert.Equal([true, false, false], server.Lists.Select(list => list["continue"].Length == 0));
        Assert.All(server.Lists, list => Assert.Equal("kubernetes.io/service-name=workers", list["labelSelector"]));
    }

    [Fact]
    public async Task A_watch_that_ends_is_made_again_from_the_last_event_or_bookmark()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await WatchedAsync(server, 1);
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        await service.FindsAsync("10.0.0.1:50060");
        var afterEvent = server.Version;
        server.Send("", WatchEnd.Ended);
        await WatchedAsync(server, 2);
        server.Bookmark();
        var afterBookmark = server.Version;
        server.Send("", WatchEnd.Ended);
        await WatchedAsync(server, 3);
        Assert.Equal([afterEvent, afterBookmark], server.Watches.Skip(1).Select(watch => watch["resourceVersion"]));

        // What happened between two watches is in the second one.
        server.Put("workers", "workers-b", ApiServerStandIn.Slice(50060, "10.0.0.2"));
        await service.FindsAsync("10.0.0.1:50060 10.0.0.2:50060");
        Assert.Single(server.Lists);
        Assert.Empty(service.Log.Entries);
    }

    [Theory]
    [InlineData("{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"EndpointSli", WatchEnd.Cut)]
    [InlineData("{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"EndpointSli", WatchEnd.Ended)]
    [InlineData("", WatchEnd.Cut)]
    public async Task A_watch_that_breaks_off_within_an_event_goes_on_with_nothing_lost(string half, WatchEnd end)
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await WatchedAsync(server, 1);
        server.Put("workers", "workers-b", ApiServerStandIn.Slice(50060, "10.0.0.2"));
        await service.FindsAsync("10.0.0.1:50060 10.0.0.2:50060");
        var last = server.Version;
        server.Send(half, end);
        await WatchedAsync(server, 2);
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.3"));
        await service.FindsAsync("10.0.0.2:50060 10.0.0.3:50060");
        Assert.Equal(last, server.Watches[1]["resourceVersion"]);
        Assert.Single(server.Lists);
        Assert.DoesNotContain(service.Found.Skip(2), found => !found.Contains("10.0.0.2", StringComparison.Ordinal));
        Assert.Empty(service.Log.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_version_that_is_gone_leads_to_a_list_from_which_it_goes_on(bool byStatus)
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.TellsGoneByStatus = byStatus;
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        server.Put("workers", "workers-b", ApiServerStandIn.Slice(50060, "10.0.0.2"));
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await WatchedAsync(server, 1);

        // Changes are missed: a slice is gone, another is new.
        server.IsSilent = true;
        server.Send("", WatchEnd.Cut);
        await WatchedAsync(server, 2);
        server.Delete("workers-a");
        server.Put("workers", "workers-c", ApiServerStandIn.Slice(50060, "10.0.0.3"));
        server.Forget();
        server.IsSilent = false;
        await server.GoAsync();
        await server.ComeAsync();
        await service.FindsAsync("10.0.0.2:50060 10.0.0.3:50060");
        Assert.Equal(["10.0.0.1:50060 10.0.0.2:50060", "10.0.0.2:50060 10.0.0.3:50060"], service.Found);
        Assert.Equal(2, server.Lists.Count);
        await Eventually.AskAsync(() => Task.FromResult(server.Watches[^1]["resourceVersion"]), version => version == server.Version);
    }

    [Fact]
    public async Task An_event_that_says_gone_leads_to_a_list_too()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await WatchedAsync(server, 1);
        server.SendGone();
        await Eventually.AskAsync(() => Task.FromResult(server.Lists.Count), count => count == 2);
        await WatchedAsync(server, 2);
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        await service.FindsAsync("10.0.0.1:50060");
        Assert.Empty(service.Log.Entries);
    }

    [Fact]
    public async Task A_watch_that_falls_silent_is_made_again_over_another_connection()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.IsSilent = true;
        var limits = FollowedService.Quick with { Watch = TimeSpan.FromSeconds(1), WatchGrace = TimeSpan.FromMilliseconds(200) };
        await using var service = new FollowedService(FollowedService.To(server.Address), limits);
        await WatchedAsync(server, 1);
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        server.IsSilent = false;
        await service.FindsAsync("10.0.0.1:50060");
        Assert.Equal("1", server.Watches[0]["timeoutSeconds"]);
        Assert.Single(server.Lists);
        Assert.Empty(service.Log.Entries);
    }

    [Fact]
    public async Task While_the_API_server_is_away_those_that_were_found_stay_and_it_is_told_once()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await WatchedAsync(server, 1);
        await server.GoAsync();
        await Eventually.AskAsync(() => Task.FromResult(service.Source), source => source.Contains("is not reached: Connection refused", StringComparison.Ordinal));
        await server.ComeAsync();
        server.Put("workers", "workers-b", ApiServerStandIn.Slice(50060, "10.0.0.2"));
        await service.FindsAsync("10.0.0.1:50060 10.0.0.2:50060");
        Assert.Equal(["10.0.0.1:50060", "10.0.0.1:50060 10.0.0.2:50060"], service.Found);
        Assert.Single(server.Lists);

        // The connection broke off; after that none was made.
        Assert.Distinct(service.Log.Entries);
        Assert.InRange(service.Log.Entries.Count, 2, 3);
        Assert.Equal(1024, service.Log.Entries[^1].Id);
        Assert.Equal("the service workers in the namespace spaces", service.Source);
    }

    [Fact]
    public async Task Failures_are_waited_out_and_each_kind_is_told_once()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        server.Fail(4, HttpStatusCode.InternalServerError);
        server.Fail(2, HttpStatusCode.TooManyRequests, retryAfter: "0.5");
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await service.FindsAsync("10.0.0.1:50060");
        await Eventually.AskAsync(() => Task.FromResult(service.Log.Entries.Count), count => count == 3);
        Assert.Equal([1023, 1023, 1024], service.Log.Entries.Select(entry => entry.Id));
        Assert.Contains("answered with 500: etcdserver: request timed out.", service.Log.Entries[0].Text, StringComparison.Ordinal);
        Assert.Contains("answered with 429", service.Log.Entries[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_asked_again_when_it_said_so()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.Fail(1, HttpStatusCode.ServiceUnavailable, retryAfter: "1");
        var start = TimeProvider.System.GetTimestamp();
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await service.FindsAsync("");
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.9));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("watch")]
    public async Task A_right_that_is_missing_is_named_once_and_used_as_soon_as_it_is_granted(string verb)
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.Forbid(verb);
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await Eventually.AskAsync(() => Task.FromResult(server.Requests.Count(request => request.Verb == verb)), count => count >= 4);
        var told = Assert.Single(service.Log.Entries);
        Assert.Contains($"cannot {verb} resource \"endpointslices\" in API group \"discovery.k8s.io\" in the namespace \"spaces\"", told.Text, StringComparison.Ordinal);
        Assert.Contains("expected a Role of the namespace spaces with list and watch on endpointslices of discovery.k8s.io, bound to the ServiceAccount workerpool-supervisor of spaces", told.Text, StringComparison.Ordinal);
        Assert.Contains($"cannot {verb}", service.Source, StringComparison.Ordinal);

        server.Grant();
        await Eventually.AskAsync(() => Task.FromResult(service.Log.Entries.Count), count => count == 2);
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        await service.FindsAsync("10.0.0.1:50060");
        Assert.Equal(1024, service.Log.Entries[1].Id);
    }

    [Fact]
    public async Task Watches_that_end_at_once_are_not_made_again_at_once()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.EndsAtOnce = true;
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await Eventually.AskAsync(() => Task.FromResult(service.Source), source => source.Contains("ends watches as soon as they have begun", StringComparison.Ordinal));
        server.EndsAtOnce = false;
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        await service.FindsAsync("10.0.0.1:50060");
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_got_over_by_a_list()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.1"));
        await using var service = new FollowedService(FollowedService.To(server.Address));
        await WatchedAsync(server, 1);
        var strange = ApiServerStandIn.Slice(50060, "10.0.0.2");
        strange["endpoints"] = "many";
        server.Put("workers", "workers-a", strange);
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(50060, "10.0.0.3"));
        await service.FindsAsync("10.0.0.3:50060");
        Assert.Equal(["10.0.0.1:50060", "10.0.0.3:50060"], service.Found);
        Assert.Contains("sent what is no endpoint slice", service.Log.Entries[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_API_server_is_told()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        await using var service = new FollowedService(new FollowedService.GivenAccess(() => new k8s.KubernetesClientConfiguration { Host = $"{server.Address}/elsewhere", Namespace = "spaces" }));
        await Eventually.AskAsync(() => Task.FromResult(service.Source), source => source.Contains("has no discovery.k8s.io/v1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_watch_ends_without_a_word()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        var limits = FollowedService.Quick with { Watch = TimeSpan.FromSeconds(1) };
        await using var service = new FollowedService(FollowedService.To(server.Address), limits);
        await WatchedAsync(server, 3);
        Assert.Single(server.Lists);
        Assert.Empty(service.Log.Entries);
    }

    [Fact]
    public async Task The_port_may_be_a_number_and_the_namespace_be_given()
    {
        await using var server = await ApiServerStandIn.StartAsync();
        server.Put("workers", "workers-a", ApiServerStandIn.Slice(1, "10.0.0.1"));
        await using var service = new FollowedService(FollowedService.To(server.Address), service: "texts/workers", port: "50060");
        await service.FindsAsync("10.0.0.1:50060");
        Assert.Equal("texts", server.Lists[0].Namespace);
        Assert.Equal("the service workers in the namespace texts", service.Source);
    }

    private static async Task WatchedAsync(ApiServerStandIn server, int count)
    {
        await Eventually.AskAsync(() => Task.FromResult(server.Watches.Count), watches => watches >= count);
    }
}
