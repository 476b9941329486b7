using System.Runtime.CompilerServices;
using WorkerPool.Client.Methods;
using WorkerPool.V1;

namespace WorkerPool.InProcess;

/// <summary>
/// The methods that calls on one pool were given, by number. It keeps none alive: a call keeps its own as long as it runs, so a
/// program may make as many lambdas as it likes. Safe for several threads.
/// </summary>
internal sealed class DelegateTable : ICallerMethods
{
    private const int FirstSweep = 1024;

    private readonly Lock _lock = new();
    private readonly ConditionalWeakTable<Delegate, StrongBox<ulong>> _numbers = [];
    private readonly Dictionary<ulong, WeakReference<Delegate>> _delegates = [];
    private ulong _last;
    private int _nextSweep = FirstSweep;

    /// <inheritdoc/>
    public FunctionReference Bind(Delegate method)
    {
        MethodRules.Check(method);
        return FunctionReference.WithoutValue(method) with { Method = new CallerMethod { DelegateId = NumberOf(method) } };
    }

    /// <summary>The method of a number; <c>null</c> if no call that runs has it.</summary>
    /// <param name="number">The number.</param>
    public Delegate? Find(ulong number)
    {
        lock (_lock)
        {
            return _delegates.TryGetValue(number, out var known) && known.TryGetTarget(out var method) ? method : null;
        }
    }

    private ulong NumberOf(Delegate method)
    {
        lock (_lock)
        {
            if (_numbers.TryGetValue(method, out var known))
            {
                return known.Value;
            }

            Sweep();
            _numbers.Add(method, new StrongBox<ulong>(++_last));
            _delegates.Add(_last, new WeakReference<Delegate>(method));
            return _last;
        }
    }

    private void Sweep()
    {
        if (_delegates.Count < _nextSweep)
        {
            return;
        }

        foreach (var (number, method) in _delegates)
        {
            if (!method.TryGetTarget(out _))
            {
                _delegates.Remove(number);
            }
        }

        _nextSweep = Math.Max(FirstSweep, _delegates.Count * 2);
    }
}
