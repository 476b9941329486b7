namespace WorkerPool.TestSupport;

/// <summary>A connection on which something goes wrong.</summary>
/// <param name="inner">The connection.</param>
/// <param name="fault">What goes wrong.</param>
public sealed class FaultyStream(Stream inner, LinkFault fault) : Stream
{
    private readonly TaskCompletionSource _never = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;
    private volatile bool _isStalled;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        if (!fault.ToWorker)
        {
            return await PassAsync(count, cancellationToken);
        }

        await StallAsync(cancellationToken);
        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var passed = buffer.Length;
        if (fault.ToWorker)
        {
            passed = await PassAsync(buffer.Length, cancellationToken);
        }
        else
        {
            await StallAsync(cancellationToken);
        }

        await inner.WriteAsync(buffer[..passed], cancellationToken);
        if (passed < buffer.Length)
        {
            await CutAsync();
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _never.TrySetCanceled();
        inner.Dispose();
        base.Dispose(disposing);
    }

    // How many of so many bytes come through.
    private async ValueTask<int> PassAsync(int count, CancellationToken cancellation)
    {
        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, TimeProvider.System, cancellation);
        }

        _count += count;
        if (fault.CutAtByte is { } cut && _count > cut)
        {
            var passed = (int)Math.Max(0, count - (_count - cut));
            if (passed > 0)
            {
                return passed;
            }

            await CutAsync();
        }

        _isStalled |= fault.StallAtByte is { } stall && _count > stall;
        await StallAsync(cancellation);
        return count;
    }

    private async ValueTask CutAsync()
    {
        await inner.DisposeAsync();
        throw new IOException("The connection was cut.");
    }

    private Task StallAsync(CancellationToken cancellation) => _isStalled ? _never.Task.WaitAsync(cancellation) : Task.CompletedTask;
}
