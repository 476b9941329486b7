using Google.Protobuf.WellKnownTypes;
using WorkerPool.Client.Encodings;

namespace WorkerPool.Client;

/// <summary>Options of one map or apply. Immutable: use <c>with</c> to vary one.</summary>
public sealed record MapOptions
{
    /// <summary>The most retries an item can be given.</summary>
    public const int MaxRetriesLimit = 100;

    /// <summary>The longest <see cref="Label"/>, in characters.</summary>
    public const int LabelLimit = 256;

    /// <summary>The largest <see cref="Weight"/>.</summary>
    public const double WeightLimit = 1000;

    internal static MapOptions Default { get; } = new();

    /// <summary>
    /// Items a worker is given at a time. Range: 1 and up. Default: <c>null</c>, the pool chooses and adapts. An apply
    /// does not use it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? ChunkSize
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "ChunkSize has to be 1 or more; null lets the pool choose.");
    }

    /// <summary>The longest an item may run. Range: above zero. Default: <c>null</c>, no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public TimeSpan? ItemTimeout
    {
        get;
        init => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "ItemTimeout has to be above zero; null sets no limit.");
    }

    /// <summary>
    /// How often an item whose function threw, or whose program failed, is tried again. Range: 0 (default) to <see cref="MaxRetriesLimit"/>.
    /// Crashes of workers are retried by the pool's own limit whatever this says.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int MaxRetries
    {
        get;
        init => field = value is >= 0 and <= MaxRetriesLimit
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"MaxRetries has to be between 0 and {MaxRetriesLimit}.");
    }

    /// <summary>
    /// What a map of outcomes does when an item fails. Default: <see cref="OnItemError.Continue"/>. Maps of plain results
    /// always stop.
    /// </summary>
    public OnItemError OnItemError { get; init; }

    /// <summary>
    /// The most workers that run the job's items at once. Range: 1 and up. Default: <c>null</c>, no limit. An apply does
    /// not use it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? MaxWorkers
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "MaxWorkers has to be 1 or more; null sets no limit.");
    }

    /// <summary>
    /// The job's share of worker time in proportion to other jobs'. Range: above 0, up to <see cref="WeightLimit"/>.
    /// Default: 1. An apply does not use it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public double Weight
    {
        get;
        init => field = value is > 0 and <= WeightLimit
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"Weight has to be above 0 and up to {WeightLimit}.");
    } = 1;

    /// <summary>A name for people to know the job by. Up to <see cref="LabelLimit"/> characters. Default: empty.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public string Label
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.Length <= LabelLimit
                ? value
                : throw new ArgumentException($"Label has {value.Length} characters, at most {LabelLimit} are taken.", nameof(value));
        }
    } = "";

    /// <summary>
    /// Arguments that all items have in common, by name of the function's parameter: sent once to each worker that takes part,
    /// decoded there once, and not with each item. The items fill the other parameters as if these were not there: a single one
    /// that is left takes the item itself. <c>byte[]</c> and other bytes travel raw, to parameters that are bytes. Default: none.
    /// An apply does not use it.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Shared
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = new Dictionary<string, object?>();

    /// <summary>
    /// Name of a function that each worker runs before its first item of the job, and so does each that takes the place of one.
    /// If it throws, the job fails with <c>INITIALIZER_FAILED</c>. Default: <c>null</c>, none. An apply does not use it.
    /// </summary>
    public string? Initializer { get; init; }

    /// <summary>Arguments of <see cref="Initializer"/>: an array (by position) or an object (by name). Default: <c>null</c>, none.</summary>
    public object? InitializerArguments { get; init; }

    /// <summary>The longest <see cref="Initializer"/> may run. Range: above zero. Default: <c>null</c>, as long as a worker of the
    /// pool may take to start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public TimeSpan? InitializerTimeout
    {
        get;
        init => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "InitializerTimeout has to be above zero; null leaves it to the pool.");
    }

    /// <summary>
    /// Is told how the job is, as the pool sees it: how many items were answered, which run, and how far these say they are. First when
    /// it is open, then whenever that has changed, at most twice a second, and at its end; not in parallel. By throwing it ends the job.
    /// Default: <c>null</c>, nobody. An apply does not use it.
    /// </summary>
    public IProgress<JobStatus>? Progress { get; init; }

    internal V1.MapOptions ToWire(bool ordered, bool stop) => new()
    {
        Order = ordered ? V1.Order.Input : V1.Order.Completion,
        ChunkSize = ChunkSize ?? 0,
        ItemTimeout = ItemTimeout is { } timeout ? Duration.FromTimeSpan(timeout) : null,
        MaxRetries = MaxRetries,
        OnItemError = stop ? V1.OnItemError.Stop : V1.OnItemError.Continue,
        Label = Label,
        MaxWorkers = MaxWorkers ?? 0,
        Weight = Weight,
        Initializer = Initializer is null
            ? null
            : new V1.Initializer
            {
                Function = Initializer,
                JsonArguments = ArgumentText.Of(InitializerArguments),
                Timeout = InitializerTimeout is { } limit ? Duration.FromTimeSpan(limit) : null,
            },
    };
}
