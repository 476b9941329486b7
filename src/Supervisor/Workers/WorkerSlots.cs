using WorkerPool.Supervisor.Launching;

namespace WorkerPool.Supervisor.Workers;

/// <summary>The slots of a pool: as many as it is to have, and those that are ending. Safe for several threads.</summary>
internal sealed class WorkerSlots
{
    private const string RecycleReason = "it was recycled by an operator";

    private readonly SlotContext _context;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, WorkerSlot> _slots = [];
    private readonly Dictionary<int, Task> _ending = [];
    private Task<Recycling> _recycling = Task.FromResult(new Recycling(0, []));

    /// <summary>Makes slots; each launches its worker at once.</summary>
    /// <param name="count">How many. Range: 1 and up.</param>
    /// <param name="context">What they share.</param>
    public WorkerSlots(int count, SlotContext context)
    {
        _context = context;
        Resize(count, TimeSpan.Zero);
    }

    /// <summary>How many there are to be.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _slots.Count - _ending.Count;
            }
        }
    }

    /// <summary>The slots as they are now, by number; those that are ending among them.</summary>
    public IReadOnlyList<SlotSnapshot> Snapshots()
    {
        lock (_lock)
        {
            return [.. _slots.Values.Select(slot => slot.Snapshot())];
        }
    }

    /// <summary>How the workers of a slot ended, the last first; empty where there is no such slot.</summary>
    /// <param name="number">Number of the slot.</param>
    public IReadOnlyList<EndedWorker> EndsOf(int number)
    {
        lock (_lock)
        {
            return _slots.GetValueOrDefault(number)?.Ends.ToList() ?? [];
        }
    }

    /// <summary>The workers that take part now.</summary>
    public IReadOnlyList<ILaunchedWorker> Launched()
    {
        lock (_lock)
        {
            return [.. _slots.Values.Select(slot => slot.Launched).OfType<ILaunchedWorker>()];
        }
    }

    /// <summary>Changes how many there are to be: new ones launch at once; those without a worker end, then the highest after their items.</summary>
    /// <param name="count">How many. Range: 1 and up.</param>
    /// <param name="grace">How long an ending worker may take.</param>
    public void Resize(int count, TimeSpan grace)
    {
        lock (_lock)
        {
            foreach (var number in _slots.Keys.Except(_ending.Keys).OrderByDescending(number => _slots[number].IsFilled).ThenBy(number => number).Skip(count).ToList())
            {
                _ending[number] = EndAsync(_slots[number], grace);
            }

            for (var number = 1; _slots.Count - _ending.Count < count; number++)
            {
                if (!_slots.ContainsKey(number))
                {
                    _slots[number] = new WorkerSlot(number, _context);
                }
            }
        }
    }

    /// <summary>Replaces the worker of a slot.</summary>
    /// <param name="number">Number of the slot.</param>
    /// <param name="grace">How long the worker may take to end.</param>
    /// <returns>Whether there is such a slot with a worker.</returns>
    public bool Recycle(int number, TimeSpan grace)
    {
        lock (_lock)
        {
            return !_ending.ContainsKey(number) && _slots.GetValueOrDefault(number)?.Recycle(RecycleReason, grace) is not null;
        }
    }

    /// <summary>Replaces the workers of all slots, one after the other, and the spares before them. A second time follows the first.</summary>
    /// <param name="grace">How long each worker may take to end.</param>
    public Task<Recycling> RecycleAllAsync(TimeSpan grace)
    {
        lock (_lock)
        {
            return _recycling = RecycleAllAsync(_recycling, grace);
        }
    }

    /// <summary>Ends all slots and waits for the end of their workers.</summary>
    /// <param name="grace">How long a worker may take.</param>
    public async Task StopAsync(TimeSpan grace)
    {
        List<Task> ending;
        lock (_lock)
        {
            ending = [.. _slots.Values.Select(slot => slot.StopAsync("the pool shut down", grace)), .. _ending.Values];
        }

        await Task.WhenAll(ending);
    }

    private async Task<Recycling> RecycleAllAsync(Task before, TimeSpan grace)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        _context.Spares.Renew();
        List<int> numbers;
        lock (_lock)
        {
            numbers = [.. _slots.Keys];
        }

        var replaced = 0;
        var kept = new List<string>();
        foreach (var number in numbers)
        {
            Task<bool>? replacement;
            lock (_lock)
            {
                replacement = _ending.ContainsKey(number) ? null : _slots.GetValueOrDefault(number)?.Recycle(RecycleReason, grace);
            }

            if (replacement is null)
            {
                // Nothing is there, or it comes anew, or goes anyway.
                continue;
            }

            if (await replacement)
            {
                replaced++;
            }
            else
            {
                kept.Add(new WorkerIdentity(number, 0).Name);
            }
        }

        return new Recycling(replaced, kept);
    }

    private async Task EndAsync(WorkerSlot slot, TimeSpan grace)
    {
        await Task.Yield();
        await slot.StopAsync("the pool was made smaller", grace);
        lock (_lock)
        {
            _slots.Remove(slot.Number);
            _ending.Remove(slot.Number);
        }
    }
}

/// <summary>What came of replacing all workers.</summary>
/// <param name="Replaced">How many were.</param>
/// <param name="Kept">Names of those that stayed, because no successor could be started.</param>
internal sealed record Recycling(int Replaced, IReadOnlyList<string> Kept);
