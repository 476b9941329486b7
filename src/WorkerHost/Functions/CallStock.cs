namespace WorkerPool.WorkerHost.Functions;

/// <summary>
/// The calls of a function that nobody uses: each holds the state of one running item, so each runner takes one of its own.
/// Made when they are first needed. Safe for several threads.
/// </summary>
/// <param name="make">Makes one.</param>
internal sealed class CallStock(Func<FunctionCall> make)
{
    private readonly Lock _gate = new();
    private readonly Stack<FunctionCall> _calls = [];

    /// <summary>Takes one.</summary>
    /// <exception cref="NotSupportedException">System.Text.Json cannot write what the function returns.</exception>
    /// <exception cref="ItemRefusedException">The constructor of its class threw, or a shared argument is not what its parameter takes.</exception>
    public FunctionCall Take()
    {
        lock (_gate)
        {
            if (_calls.TryPop(out var call))
            {
                return call;
            }
        }

        return make();
    }

    /// <summary>Gives one back.</summary>
    /// <param name="call">The call, cleared.</param>
    public void Return(FunctionCall call)
    {
        lock (_gate)
        {
            _calls.Push(call);
        }
    }
}
