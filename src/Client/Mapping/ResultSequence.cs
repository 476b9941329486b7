namespace WorkerPool.Client.Mapping;

/// <summary>The plain results of a map; each enumeration is a job of its own.</summary>
internal sealed class ResultSequence<TResult>(Func<CancellationToken, MapCall<TResult>> begin) : IAsyncEnumerable<TResult>
{
    public IAsyncEnumerator<TResult> GetAsyncEnumerator(CancellationToken cancellationToken = default) => begin(cancellationToken);
}
