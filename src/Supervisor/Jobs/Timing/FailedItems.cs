using WorkerPool.V1;

namespace WorkerPool.Supervisor.Jobs.Timing;

/// <summary>The first failed items of a job, within bounds: of items, of each text, and of all texts together. Pure; one thread.</summary>
internal sealed class FailedItems
{
    /// <summary>How many are kept.</summary>
    public const int Most = 20;

    /// <summary>Characters of one text.</summary>
    public const int MostOfText = 4000;

    /// <summary>Characters of all texts: what fails next is kept with its message alone.</summary>
    public const int MostOfAll = 32_000;

    private readonly List<ItemError> _kept = [];
    private int _characters;

    /// <summary>They, in the order in which they were answered.</summary>
    public IReadOnlyList<ItemError> Kept => [.. _kept];

    /// <summary>Takes note of failed items, as far as there is room.</summary>
    /// <param name="errors">Their errors; not kept themselves.</param>
    public void Add(IReadOnlyList<ItemError> errors)
    {
        foreach (var error in errors)
        {
            if (_kept.Count == Most)
            {
                return;
            }

            _kept.Add(Cut(error));
        }
    }

    private ItemError Cut(ItemError error)
    {
        var isShort = _characters >= MostOfAll;
        var cut = new ItemError
        {
            Index = error.Index,
            Reason = Cut(error.Reason),
            Type = Cut(error.Type),
            Message = Cut(error.Message),
            StackTrace = isShort ? "" : Cut(error.StackTrace),
            Attempts = error.Attempts,
        };
        foreach (var (name, value) in error.Metadata)
        {
            if (!isShort)
            {
                cut.Metadata[Cut(name)] = Cut(value);
            }
        }

        _characters += cut.Message.Length + cut.StackTrace.Length + cut.Metadata.Sum(pair => pair.Key.Length + pair.Value.Length);
        return cut;
    }

    private static string Cut(string text) => text.Length <= MostOfText ? text : text[..MostOfText] + "…";
}
