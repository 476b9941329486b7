using WorkerPool.Client.Methods;

namespace WorkerPool.Client.Calls;

/// <summary>What single calls have in common that can share a job.</summary>
/// <param name="Function">What they run. A method among others of the same is one and the same.</param>
/// <param name="Encoding">Encoding of the items.</param>
/// <param name="ValueEncoding">Encoding of the values.</param>
/// <param name="ItemTimeout">The longest an item may run; <c>null</c> for no limit.</param>
/// <param name="MaxRetries">How often an item whose function threw is tried again.</param>
internal sealed record CallKind(
    FunctionReference Function, V1.Encoding Encoding, V1.Encoding ValueEncoding, TimeSpan? ItemTimeout, int MaxRetries);
