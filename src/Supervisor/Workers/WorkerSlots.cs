namespace WorkerPool.Supervisor.Workers;

/// <summary>The slots of a pool: as many as it is to have, and those that are ending. Safe for several threads.</summary>
internal sealed class WorkerSlots
{
    private readonly SlotContext _context;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, WorkerSlot> _slots = [];
    private readonly Dictionary<int, Task> _ending = [];

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

    /// <summary>Changes how many there are to be: new ones launch at once, the highest end after their items.</summary>
    /// <param name="count">How many. Range: 1 and up.</param>
    /// <param name="grace">How long an ending worker may take.</param>
    public void Resize(int count, TimeSpan grace)
    {
        lock (_lock)
        {
            foreach (var number in _slots.Keys.Except(_ending.Keys).Order().Skip(count).ToList())
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
        WorkerSlot? slot;
        lock (_lock)
        {
            slot = _ending.ContainsKey(number) ? null : _slots.GetValueOrDefault(number);
        }

        return slot?.Recycle("it was recycled by an operator", grace) ?? false;
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
