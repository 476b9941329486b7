using WorkerPool.Supervisor.Dispatch;

namespace WorkerPool.Supervisor.Jobs;

/// <summary>What the items of a job that have no answer were charged with. Few ever are. Pure; one thread.</summary>
internal sealed class ItemCharges
{
    private readonly Dictionary<ulong, SpentTries> _spent = [];

    /// <summary>What an item was charged with.</summary>
    /// <param name="index">Its index.</param>
    public SpentTries this[ulong index]
    {
        get => _spent.GetValueOrDefault(index);
        set => _spent[index] = value;
    }

    /// <summary>Forgets items that were answered.</summary>
    /// <param name="firstIndex">Index of the first.</param>
    /// <param name="count">How many.</param>
    public void Forget(ulong firstIndex, int count)
    {
        if (_spent.Count > 0)
        {
            Remove(firstIndex, count);
        }
    }

    private void Remove(ulong firstIndex, int count)
    {
        foreach (var index in _spent.Keys.Where(index => index >= firstIndex && index - firstIndex < (ulong)count).ToList())
        {
            _spent.Remove(index);
        }
    }
}
