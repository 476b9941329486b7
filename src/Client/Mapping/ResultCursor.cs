using WorkerPool.Protocol.Packing;

namespace WorkerPool.Client.Mapping;

/// <summary>Goes through the results of a run, one at a time.</summary>
internal sealed class ResultCursor
{
    private PackedRun _run = PackedRun.Empty;
    private PackedRun.Enumerator _values = PackedRun.Empty.GetEnumerator();
    private IReadOnlyList<V1.ItemError> _errors = [];
    private int _nextError;
    private ulong _nextIndex;

    /// <summary>Index of the current result.</summary>
    public ulong Index { get; private set; }

    /// <summary>Bytes of the current value; empty for an error.</summary>
    public ReadOnlyMemory<byte> Value => _values.Current;

    /// <summary>The current error, or <c>null</c>.</summary>
    public V1.ItemError? Error { get; private set; }

    /// <summary>Begins a run. The one before has been gone through.</summary>
    public void Start(ReceivedRun run)
    {
        _run = run.Values;
        _values = _run.GetEnumerator();
        _errors = run.Errors;
        _nextError = 0;
        _nextIndex = run.First;
    }

    /// <summary>The run has been gone through, and nobody uses the bytes of its values any more.</summary>
    public void Release()
    {
        _run.Release();
        _run = PackedRun.Empty;
    }

    /// <summary>Moves to the next result, if there is one.</summary>
    public bool MoveNext()
    {
        if (!_values.MoveNext())
        {
            return false;
        }

        Index = _nextIndex++;
        Error = _nextError < _errors.Count && _errors[_nextError].Index == Index ? _errors[_nextError++] : null;
        return true;
    }
}
