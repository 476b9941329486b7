using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace WorkerPool.TestSupport.Kubernetes;

/// <summary>What the API server answers.</summary>
public sealed partial class ApiServerStandIn
{
    private const string ListKind = "EndpointSliceList";

    private async Task AnswerAsync(HttpContext context)
    {
        var shown = context.Request.Headers.Authorization.ToString();
        var request = new ApiServerRequest(
            context.Request.RouteValues["space"]!.ToString()!,
            context.Request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString()),
            shown.StartsWith("Bearer ", StringComparison.Ordinal) ? shown["Bearer ".Length..] : null,
            context.Request.Protocol);
        if (Refusal(request, context) is { } refusal)
        {
            await SayAsync(context, (HttpStatusCode)refusal["code"]!.GetValue<int>(), refusal);
        }
        else if (request.Verb == "list")
        {
            await SayAsync(context, HttpStatusCode.OK, List(request));
        }
        else
        {
            await WatchAsync(context, request);
        }
    }

    private JsonObject? Refusal(ApiServerRequest request, HttpContext context)
    {
        lock (_lock)
        {
            _requests.Add(request);
            if (_failures.TryDequeue(out var failure))
            {
                if (failure.RetryAfter.Length > 0)
                {
                    context.Response.Headers.RetryAfter = failure.RetryAfter;
                }

                return Status(failure.Status, "InternalError", "etcdserver: request timed out");
            }

            if (Token is not null && request.Token != Token)
            {
                return Status(HttpStatusCode.Unauthorized, "Unauthorized", "Unauthorized");
            }

            var isGone = request.Verb == "watch" && long.Parse(request["resourceVersion"], CultureInfo.InvariantCulture) < _oldest;
            return _forbidden.Contains(request.Verb)
                ? Status(
                    HttpStatusCode.Forbidden,
                    "Forbidden",
                    $"endpointslices.discovery.k8s.io is forbidden: User \"system:serviceaccount:{request.Namespace}:workerpool-supervisor\" cannot {request.Verb} resource \"endpointslices\" in API group \"discovery.k8s.io\" in the namespace \"{request.Namespace}\"")
                : isGone && TellsGoneByStatus ? Gone() : null;
        }
    }

    private static string ServiceOf(ApiServerRequest request) => request["labelSelector"].Split('=') is ["kubernetes.io/service-name", var service]
        ? service
        : throw new InvalidOperationException($"the selector is \"{request["labelSelector"]}\"");

    private JsonObject List(ApiServerRequest request)
    {
        lock (_lock)
        {
            var size = Math.Min(PageSize, int.TryParse(request["limit"], out var limit) ? limit : int.MaxValue);
            var after = request["continue"] is { Length: > 0 } token ? Encoding.UTF8.GetString(Convert.FromBase64String(token)) : "";
            var rest = _slices.Where(slice =>
                string.CompareOrdinal(slice.Key, after) > 0 && slice.Value["metadata"]!["labels"]!["kubernetes.io/service-name"]!.GetValue<string>() == ServiceOf(request)).ToList();
            var metadata = new JsonObject { ["resourceVersion"] = Text(_version) };
            if (rest.Count > size)
            {
                metadata["continue"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(rest[size - 1].Key));
                metadata["remainingItemCount"] = rest.Count - size;
            }

            // Items of a list have no kind of their own.
            var items = rest.Take(size).Select(slice =>
            {
                var item = (JsonObject)slice.Value.DeepClone();
                item.Remove("kind");
                item.Remove("apiVersion");
                return item;
            });
            return new JsonObject { ["kind"] = ListKind, ["apiVersion"] = ApiVersion, ["metadata"] = metadata, ["items"] = new JsonArray([.. items]) };
        }
    }

    private async Task WatchAsync(HttpContext context, ApiServerRequest request)
    {
        var watch = new OpenWatch(ServiceOf(request), request["allowWatchBookmarks"] == "true");
        var isSilent = IsSilent;
        lock (_lock)
        {
            var version = long.Parse(request["resourceVersion"], CultureInfo.InvariantCulture);
            if (version < _oldest)
            {
                watch.Send(Line("ERROR", Gone()), WatchEnd.Ended);
            }
            else if (EndsAtOnce)
            {
                watch.Send("", WatchEnd.Ended);
            }
            else if (!isSilent)
            {
                _history.Where(event_ => event_.Version > version && event_.Service == ServiceOf(request)).ToList().ForEach(event_ => watch.Send(event_.Line));
                _watches.Add(watch);
            }
        }

        using var limit = new CancellationTokenSource(
            isSilent ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(int.Parse(request["timeoutSeconds"], CultureInfo.InvariantCulture)));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted, _away.Token);
        context.Response.ContentType = "application/json;stream=watch";
        try
        {
            await context.Response.Body.FlushAsync(ended.Token);
            await foreach (var (text, end) in watch.Texts.ReadAllAsync(ended.Token))
            {
                await context.Response.WriteAsync(text, ended.Token);
                await context.Response.Body.FlushAsync(ended.Token);
                if (end == WatchEnd.Cut)
                {
                    context.Abort();
                }

                if (end != WatchEnd.None)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Its time is over, it is left, or the server goes.
            if (_away.IsCancellationRequested)
            {
                context.Abort();
            }
        }
        finally
        {
            lock (_lock)
            {
                _watches.Remove(watch);
            }
        }
    }

    private static async Task SayAsync(HttpContext context, HttpStatusCode status, JsonObject content)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(content.ToJsonString(), context.RequestAborted);
    }
}
