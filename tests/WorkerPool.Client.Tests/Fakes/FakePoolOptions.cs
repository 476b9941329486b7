namespace WorkerPool.Client.Tests.Fakes;

/// <summary>How a fake pool behaves.</summary>
public sealed class FakePoolOptions
{
    public ulong WindowItems { get; init; } = 1000;

    public ulong WindowBytes { get; init; } = 1 << 20;

    public uint MaxItemBytes { get; init; } = 1 << 20;

    /// <summary>How much is said to be worth sending at the start of a stream. Default: nothing is said.</summary>
    public V1.Lookahead? Lookahead { get; init; }

    /// <summary>How much is said to be worth sending with each message of results. Default: nothing is said.</summary>
    public V1.Lookahead? LaterLookahead { get; init; }

    /// <summary>Which items fail.</summary>
    public Func<ulong, bool> Fails { get; init; } = _ => false;

    /// <summary>The value of an item. Default: the item.</summary>
    public Func<ReadOnlyMemory<byte>, byte[]> Run { get; init; } = item => item.ToArray();

    /// <summary>Changes the summary before it is sent.</summary>
    public Action<V1.MapSummary> Summarize { get; init; } = _ => { };

    /// <summary>Changes a batch of results before it is sent.</summary>
    public Func<V1.ResultBatch, IEnumerable<V1.ResultBatch>> Send { get; init; } = batch => [batch];

    /// <summary>The most items that are answered in one message.</summary>
    public int AnswerItems { get; init; } = int.MaxValue;

    /// <summary>Brings the messages that answer a batch into another order, where order does not count.</summary>
    public Action<List<V1.ResultBatch>>? Shuffle { get; init; }

    /// <summary>What items are said to be charged with.</summary>
    public List<V1.SpentAttempts> Spent { get; init; } = [];

    /// <summary>The window in items of later streams of a job. Default: that of the first.</summary>
    public ulong? LaterWindowItems { get; init; }

    /// <summary>At which moments the stream is cut.</summary>
    public Func<FakeMoment, bool> Cuts { get; init; } = NoCuts;

    /// <summary>Which applies are cut, counted from 1.</summary>
    public Func<int, bool> CutsApply { get; init; } = _ => false;

    /// <summary>Throws to refuse a stream.</summary>
    public Action<V1.MapStart> Refuse { get; init; } = _ => { };

    internal static Func<FakeMoment, bool> NoCuts { get; } = _ => false;

    /// <summary>Items are answered while this is set.</summary>
    public TaskCompletionSource Answering { get; init; } = Done();

    public List<V1.Function> Functions { get; init; } = [new() { Name = "echo", Signature = "echo(item: any) -> any" }];

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
