using WorkerPool.Client.Encodings;
using WorkerPool.Client.Methods;
using WorkerPool.Client.Processes;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client;

/// <summary>Processes beside the workers, of local pools alone.</summary>
public sealed partial class Pool
{
    /// <summary>
    /// Runs a function once in a process of its own, which takes the place of no worker: Python's <c>Process</c>. Only a local pool
    /// has such processes. They end with it, whether they are done or not.
    /// </summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="item">The item; a tuple for a function of several parameters.</param>
    /// <param name="options">Options. Default: all defaults.</param>
    /// <param name="cancellationToken">Gives up the start. A process that has started goes on.</param>
    /// <typeparam name="TItem">Type of the item.</typeparam>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <returns>The process, once it runs.</returns>
    /// <exception cref="NotSupportedException">The pool is not a local one.</exception>
    /// <exception cref="PoolUnavailableException">The process cannot be started.</exception>
    public Task<PoolProcess<TResult>> StartProcessAsync<TItem, TResult>(
        string function, TItem item, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        StartProcess<TItem, TResult>(function, item, options, cancellationToken);

    private async Task<PoolProcess> StartProcessWithoutValue<TItem>(
        FunctionReference function, TItem item, ProcessOptions? options, CancellationToken cancellationToken) =>
        await StartProcess<TItem, object?>(function, item, options, cancellationToken).ConfigureAwait(false);

    private async Task<PoolProcess<TResult>> StartProcess<TItem, TResult>(
        FunctionReference function, TItem item, ProcessOptions? options, CancellationToken cancellationToken)
    {
        var bound = Bind(function);
        if (_processes is not { } processes)
        {
            throw new NotSupportedException(
                "Only a local pool has processes beside its workers, which are processes of this machine: LocalPool.StartAsync starts one.");
        }

        return await CallAsync(token => BeginAsync(token), cancellationToken).ConfigureAwait(false);

        async Task<PoolProcess<TResult>> BeginAsync(CancellationToken token)
        {
            var (set, info) = await _connection.Functions.FindAsync(bound, token).ConfigureAwait(false);
            if (info is null)
            {
                throw new UnknownFunctionException(ErrorReasons.UnknownFunction, $"The pool has no function \"{bound.Name}\".");
            }

            var encoder = EncodingChoice.ForItems<TItem>(info);
            var decoder = EncodingChoice.ForValues<TResult>(info, encoder.Encoding);
            if (EncodedItem.TryMake(encoder, item, 0, set.MaxItemBytes, out var bytes) is { } failure)
            {
                throw failure;
            }

            var order = new ProcessOrder(options?.Name, bound.Name, bound.Method, bytes, encoder.Encoding, decoder.Encoding);
            return new PoolProcess<TResult>(
                await processes.StartAsync(order, token).ConfigureAwait(false),
                end => end.Value is { } value ? DecodedValue.Of(decoder, 0, value) : throw new ItemFailedException(end.Error!),
                _time);
        }
    }
}
