using WorkerPool.Client.Encodings;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client.Mapping;

/// <summary>What a job was asked to do.</summary>
/// <param name="Function">What to run.</param>
/// <param name="Items">Sends its items.</param>
/// <param name="DecoderFor">Chooses how values are read, from the function, if known, and the encoding of the items.</param>
/// <param name="Options">The caller's options.</param>
/// <param name="Ordered">Whether results come in the order of the input.</param>
/// <param name="Stop">Whether the first failure ends the job.</param>
/// <param name="Throw">Whether a failure is thrown instead of delivered.</param>
/// <param name="IsApply">Whether its items are single calls.</param>
/// <param name="Collects">Whether no result is used before all are there.</param>
internal sealed record JobRequest<TResult>(
    FunctionReference Function,
    ItemSender Items,
    Func<FunctionInfo?, V1.Encoding, ValueDecoder<TResult>> DecoderFor,
    MapOptions Options,
    bool Ordered,
    bool Stop,
    bool Throw,
    bool IsApply = false,
    bool Collects = false);
