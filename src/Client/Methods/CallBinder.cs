using System.Collections.Concurrent;
using Google.Protobuf;

namespace WorkerPool.Client.Methods;

/// <summary>Makes the methods of a job's calls known to its pool, each once, and keeps them alive as long as the job needs them.</summary>
/// <param name="methods">How the pool's workers come by methods.</param>
internal sealed class CallBinder(ICallerMethods methods)
{
    private readonly ConcurrentDictionary<Delegate, (string Function, byte[]? Method)> _bound = new();

    /// <summary>A call as a worker understands it.</summary>
    /// <param name="call">The call.</param>
    /// <exception cref="InvalidRequestException">The pool cannot run its method.</exception>
    public Call Bind(Call call)
    {
        if (call.Delegate is not { } method)
        {
            return call;
        }

        var (function, place) = _bound.GetOrAdd(method, Bind);
        return call with { Function = function, Method = place };
    }

    private (string Function, byte[]? Method) Bind(Delegate method)
    {
        var reference = methods.Bind(method);
        return (reference.Name, reference.Method?.ToByteArray());
    }
}
