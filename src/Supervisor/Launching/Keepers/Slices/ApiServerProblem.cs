using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.RegularExpressions;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>What is wrong between the Supervisor and the API server, for people. The same trouble has the same words each time.</summary>
internal static partial class ApiServerProblem
{
    private const int LongestText = 300;
    private const int LongestRetryAfterSeconds = 60;

    /// <summary>Whether the version that was watched from is not known any more, so that a list is due.</summary>
    /// <param name="error">What was thrown.</param>
    public static bool IsExpired(Exception error) =>
        error is HttpOperationException { Response.StatusCode: HttpStatusCode.Gone } or KubernetesException { Status.Code: (int)HttpStatusCode.Gone };

    /// <summary>Whether what it sent could not be read.</summary>
    /// <param name="error">What was thrown.</param>
    public static bool IsUnreadable(Exception error) => error is JsonException or InvalidDataException or FormatException;

    /// <summary>How long it asks to be left alone; <c>null</c>: it does not say.</summary>
    /// <param name="error">What was thrown.</param>
    public static TimeSpan? RetryAfter(Exception error) =>
        error is HttpOperationException { Response.Headers: { } headers }
        && headers.TryGetValue("Retry-After", out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, LongestRetryAfterSeconds))
            : null;

    /// <summary>Says it in a sentence, without a full stop.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="address">Where the API server is.</param>
    /// <param name="service">What it was asked for.</param>
    public static string Of(Exception error, string address, ServiceName service) => error switch
    {
        ApiServerAccessException => error.Message.TrimEnd('.'),
        _ when IsExpired(error) => $"the API server {address} forgets at once what it has listed",
        HttpOperationException refused => Refusal(refused, address, service),
        KubernetesException told => $"the API server {address} ended the watch: {Shortened(told.Status?.Message ?? told.Message)}",
        TimeoutException or OperationCanceledException => $"the API server {address} does not answer in time",
        _ when IsUnreadable(error) => $"the API server {address} sent what is no endpoint slice; expected a server of the API of Kubernetes there",
        EndedAtOnceException => $"the API server {address} ends watches as soon as they have begun",
        _ when Inner<AuthenticationException>(error) is { } tls => $"the API server {address} cannot be trusted: {Shortened(tls.Message)}; expected a certificate for that host, signed by the CA of the cluster",
        _ when Inner<SocketException>(error) is { } socket => $"the API server {address} is not reached: {socket.Message}",
        _ => $"the connection to the API server {address} broke off: {Shortened(error.InnerException?.Message ?? error.Message)}",
    };

    private static string Refusal(HttpOperationException refused, string address, ServiceName service)
    {
        var status = refused.Response.StatusCode;
        var said = Message(refused.Response.Content);
        return status switch
        {
            HttpStatusCode.Forbidden =>
                $"the API server {address} does not allow it: {said}; expected a Role of the namespace {service.Namespace} with list and watch on endpointslices of discovery.k8s.io, bound to {CallerOf(said)}",
            HttpStatusCode.Unauthorized =>
                $"the API server {address} does not know who asks: {said}; expected a token or certificate of this cluster that has not expired",
            HttpStatusCode.NotFound =>
                $"the API server {address} has no discovery.k8s.io/v1: {said}; expected Kubernetes 1.21 or later there",
            _ => $"the API server {address} answered with {(int)status}: {said}",
        };
    }

    private static string Message(string? content)
    {
        try
        {
            if (!string.IsNullOrEmpty(content) && KubernetesJson.Deserialize<V1Status>(content) is { Message: { Length: > 0 } message })
            {
                return Shortened(message);
            }
        }
        catch (JsonException)
        {
            // Said by something between.
        }

        return string.IsNullOrWhiteSpace(content) ? "it says no more" : Shortened(content);
    }

    private static string CallerOf(string said) => UserPattern().Match(said) is { Success: true } match
        ? match.Groups[1].Value.Split(':') is ["system", "serviceaccount", var space, var name] ? $"the ServiceAccount {name} of {space}" : $"the user {match.Groups[1].Value}"
        : "whoever asks";

    private static string Shortened(string text)
    {
        var line = text.Trim().Split('\n', 2)[0].Trim().TrimEnd('.');
        return line.Length <= LongestText ? line : line[..LongestText] + "…";
    }

    private static T? Inner<T>(Exception? error)
        where T : Exception => error is null or T ? (T?)error : Inner<T>(error.InnerException);

    [GeneratedRegex("User \"([^\"]+)\"")]
    private static partial Regex UserPattern();
}
