using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.Client.Calls;
using WorkerPool.Client.Encodings;
using WorkerPool.Client.Methods;
using WorkerPool.Protocol.Errors;

namespace WorkerPool.Client;

/// <summary>Single calls.</summary>
public sealed partial class Pool
{
    /// <summary>Runs a function on one item.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="item">The item; a tuple for a function of several parameters.</param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">
    /// Cancels the call, and the item where it runs. Calls without one that are made at the same time share messages as the
    /// items of a map do, and cost as little; a call with one has an exchange of its own, so that its end is nobody else's.
    /// </param>
    /// <typeparam name="TItem">Type of the item.</typeparam>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <exception cref="ItemFailedException">The function threw, or the item has no value for another reason.</exception>
    public Task<TResult> ApplyAsync<TItem, TResult>(
        string function, TItem item, MapOptions? options = null, CancellationToken cancellationToken = default) =>
        CallItemAsync<TItem, TResult>(function, item, options, cancellationToken);

    /// <summary>Runs a function on arguments, given by position.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="arguments">
    /// The arguments: an array for a function of several parameters, the item itself for a function of one, nothing for a
    /// function of none.
    /// </param>
    /// <param name="options">Timeout and retries; the rest is not used. Default: all defaults.</param>
    /// <param name="cancellationToken">
    /// Cancels the call, and the item where it runs. Calls without one that are made at the same time share messages as the
    /// items of a map do, and cost as little; a call with one has an exchange of its own, so that its end is nobody else's.
    /// </param>
    /// <typeparam name="TResult">Type of the value.</typeparam>
    /// <exception cref="ItemFailedException">The function threw, or the item has no value for another reason.</exception>
    /// <exception cref="InvalidRequestException">The function takes fewer arguments, among others.</exception>
    public async Task<TResult> ApplyAsync<TResult>(
        string function, IReadOnlyList<object?> arguments, MapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var bound = Bind(function);
        return await CallAsync(
            token => ApplyArgumentsAsync<TResult>(
                bound, arguments, options ?? MapOptions.Default, !cancellationToken.CanBeCanceled, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the functions the pool's workers have loaded, by name.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<FunctionInfo>> ListFunctionsAsync(CancellationToken cancellationToken = default) => CallAsync(
        async token => (await _connection.Functions.RefreshAsync(token).ConfigureAwait(false)).Functions, cancellationToken);

    /// <summary>
    /// Lists the functions as <see cref="ListFunctionsAsync"/> does, with all that is known of them: what their authors wrote in XML
    /// documentation beside the libraries, and JSON schemas. A worker finds that out, which takes it a moment.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<FunctionInfo>> DescribeFunctionsAsync(CancellationToken cancellationToken = default) =>
        DescribeAsync("", cancellationToken);

    /// <summary>One function with all that is known of it.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="UnknownFunctionException">The pool has none of that name; the message names near ones.</exception>
    public async Task<FunctionInfo> DescribeFunctionAsync(string function, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        return (await DescribeAsync(function, cancellationToken).ConfigureAwait(false))[0];
    }

    private Task<IReadOnlyList<FunctionInfo>> DescribeAsync(string function, CancellationToken cancellationToken) => CallAsync(
        async token => (await _connection.ListAsync(new V1.ListFunctionsRequest { Function = function, Details = true }, token)
            .ConfigureAwait(false)).Functions,
        cancellationToken);

    private async Task<TResult> CallItemAsync<TItem, TResult>(
        FunctionReference function, TItem item, MapOptions? options, CancellationToken cancellationToken)
    {
        var bound = Bind(function);
        return await CallAsync(
            token => ApplyItemAsync<TItem, TResult>(
                bound, item, options ?? MapOptions.Default, !cancellationToken.CanBeCanceled, token),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var running = _work.Begin(() => new SingleCall<T>(call, cancellationToken));
        try
        {
            return await running.RunAsync().ConfigureAwait(false);
        }
        catch (Exception) when (running.IsTerminated)
        {
            throw PoolClosedException.Terminated();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Grpc.Core.RpcException e)
        {
            throw _connection.Explain(e);
        }
    }

    private async Task<TResult> ApplyArgumentsAsync<TResult>(
        FunctionReference function, IReadOnlyList<object?> arguments, MapOptions options, bool isShared, CancellationToken cancellationToken)
    {
        var (_, info) = await _connection.Functions.FindAsync(function, cancellationToken).ConfigureAwait(false);
        if (info is not null && arguments.Count > info.Parameters.Count)
        {
            throw new InvalidRequestException(
                ErrorReasons.InvalidArgument, $"{info.Signature} takes {info.Parameters.Count} arguments; {arguments.Count} were given.");
        }

        var isWhole = info is null ? arguments.Count == 1 : info.Parameters.Count == 1 && arguments.Count == 1;
        return isWhole && arguments[0] is byte[] bytes
            ? await ApplyItemAsync<byte[], TResult>(function, bytes, options, isShared, cancellationToken).ConfigureAwait(false)
            : await ApplyItemAsync<object?, TResult>(
                function, isWhole ? arguments[0] : arguments.Count == 0 ? null : arguments, options, isShared, cancellationToken)
                .ConfigureAwait(false);
    }

    private async Task<TResult> ApplyItemAsync<TItem, TResult>(
        FunctionReference function, TItem item, MapOptions options, bool isShared, CancellationToken cancellationToken)
    {
        var (set, info) = await _connection.Functions.FindAsync(function, cancellationToken).ConfigureAwait(false);
        var encoder = EncodingChoice.ForItems<TItem>(info);
        var decoder = EncodingChoice.ForValues<TResult>(info, encoder.Encoding);
        if (EncodedItem.TryMake(encoder, item, 0, set.MaxItemBytes, out var bytes) is { } failure)
        {
            throw failure;
        }

        var kind = new CallKind(function, encoder.Encoding, decoder.Encoding, options.ItemTimeout, options.MaxRetries);
        var value = isShared
            ? await _sharedJobs.CallAsync(kind, bytes, () => ApplyAloneAsync(kind, bytes, cancellationToken)).ConfigureAwait(false)
            : await ApplyAloneAsync(kind, bytes, cancellationToken).ConfigureAwait(false);
        return DecodedValue.Of(decoder, 0, value);
    }

    private async Task<ReadOnlyMemory<byte>> ApplyAloneAsync(CallKind kind, ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
    {
        var request = new V1.ApplyRequest
        {
            Function = kind.Function.Name,
            Method = kind.Function.Method,
            Data = UnsafeByteOperations.UnsafeWrap(item),
            Encoding = kind.Encoding,
            ValueEncoding = kind.ValueEncoding,
            ItemTimeout = kind.ItemTimeout is { } timeout ? Duration.FromTimeSpan(timeout) : null,
            MaxRetries = kind.MaxRetries,
        };
        var response = await _connection.CallAsync(
            channels => channels.Calls.ApplyAsync(request, cancellationToken: cancellationToken), isRepeatable: true, cancellationToken)
            .ConfigureAwait(false);
        return response.OutcomeCase switch
        {
            V1.ApplyResponse.OutcomeOneofCase.Data => response.Data.Memory,
            V1.ApplyResponse.OutcomeOneofCase.Error => throw new ItemFailedException(response.Error),
            var other => throw Mapping.JobStream.Violation($"an apply of bytes was answered with {other}"),
        };
    }
}
