namespace WorkerPool.Client.Mapping;

/// <summary>The outcomes of a job, kept by index however they come. Safe for several threads.</summary>
/// <param name="total">Items there are, where that is known.</param>
internal sealed class OutcomeBuffer<TResult>(int? total)
{
    private const int FirstCapacity = 16;

    private readonly Lock _lock = new();
    private Outcome<TResult>[] _outcomes = new Outcome<TResult>[total ?? FirstCapacity];
    private bool[] _isThere = new bool[total ?? FirstCapacity];
    private int _succeeded;
    private int _failed;

    /// <summary>How many there are.</summary>
    public JobProgress Progress
    {
        get
        {
            lock (_lock)
            {
                return new JobProgress(_succeeded, _failed, total);
            }
        }
    }

    /// <summary>Of the failures there are, the one with the lowest index.</summary>
    public ItemFailedException? FirstFailure
    {
        get
        {
            lock (_lock)
            {
                return _failed == 0 ? null : There().First(outcome => !outcome.Succeeded).Error;
            }
        }
    }

    /// <summary>Takes an outcome; each index comes once.</summary>
    public void Add(in Outcome<TResult> outcome)
    {
        lock (_lock)
        {
            var index = checked((int)outcome.Index);
            if (index >= _outcomes.Length)
            {
                var capacity = Math.Max(index + 1, (int)Math.Min(Array.MaxLength, _outcomes.Length * 2L));
                Array.Resize(ref _outcomes, capacity);
                Array.Resize(ref _isThere, capacity);
            }

            _outcomes[index] = outcome;
            _isThere[index] = true;
            _ = outcome.Succeeded ? _succeeded++ : _failed++;
        }
    }

    /// <summary>Those there are, by index.</summary>
    public IReadOnlyList<Outcome<TResult>> ToList()
    {
        lock (_lock)
        {
            return [.. There()];
        }
    }

    /// <summary>The values, by index. None of those there are has failed.</summary>
    public TResult[] ToValues()
    {
        lock (_lock)
        {
            return [.. There().Select(outcome => outcome.Value)];
        }
    }

    private IEnumerable<Outcome<TResult>> There()
    {
        for (var index = 0; index < _outcomes.Length; index++)
        {
            if (_isThere[index])
            {
                yield return _outcomes[index];
            }
        }
    }
}
