using Grpc.Core;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Supervisor.Security;

/// <summary>Whether a known caller may make a call, whichever way it comes: by its role, and by how often it calls.</summary>
internal static class CallerRules
{
    /// <summary>Why a call is refused; <c>null</c> if it is not.</summary>
    /// <param name="path">Path of its method.</param>
    /// <param name="caller">Who makes it.</param>
    /// <param name="rates">How often callers call.</param>
    public static RpcException? Refusal(string path, Caller caller, RequestRates rates)
    {
        if (RpcRules.Of(path).Role is { } needed && caller.Role < needed)
        {
            return RpcErrors.Create(
                StatusCode.PermissionDenied,
                ErrorReasons.RoleTooLow,
                $"{path[(path.LastIndexOf('/') + 1)..]} takes the role {Name(needed)}; \"{caller.Name}\" has the role {Name(caller.Role)}.",
                [new("needed", Name(needed)), new("actual", Name(caller.Role))]);
        }

        return rates.MayCall(caller, out var retryAfter)
            ? null
            : RpcErrors.Create(
                StatusCode.ResourceExhausted,
                ErrorReasons.TooManyRequests,
                $"\"{caller.Name}\" makes more than the {caller.Limits.RequestsPerSecond} requests a second that it may. Wait a moment between calls, or map many items in one.",
                retryAfter: retryAfter);
    }

    private static string Name(Role role) => role.ToString().ToLowerInvariant();
}
