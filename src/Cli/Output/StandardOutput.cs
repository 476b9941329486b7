namespace WorkerPool.Cli.Output;

/// <summary>Descriptor 1 as a stream.</summary>
/// <param name="ending">Gives up a write that waits for its reader.</param>
internal sealed class StandardOutput(CancellationToken ending) : Stream
{
    /// <summary>Columns of the terminal; <c>null</c> where it is none, and lines may be of any length.</summary>
    public static int? Columns => Console.IsOutputRedirected || Console.WindowWidth < 1 ? null : Console.WindowWidth;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Descriptor.Write(Descriptor.StandardOutput, buffer, ending);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
