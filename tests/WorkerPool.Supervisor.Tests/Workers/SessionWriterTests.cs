using Google.Protobuf;
using Grpc.Core;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Workers;
using WorkerPool.Worker.V1;

namespace WorkerPool.Supervisor.Tests.Workers;

public class SessionWriterTests
{
    [ThreadStatic]
    private static bool _isFlushing;

    private readonly HeldStream _stream = new();
    private readonly List<string> _failures = [];
    private readonly SessionWriter _writer;

    public SessionWriterTests() => _writer = new SessionWriter(_stream, memory: null, _failures.Add);

    [Fact]
    public void What_was_added_is_written_by_the_flush_and_chunks_go_together_behind_what_is_to_be_known_before_them()
    {
        _writer.Add(new Chunks { Setups = { new JobSetup { Job = 1 } }, Forgotten = { 7 } });
        _writer.Add(Chunk(1));
        _writer.Add(new Chunks { Setups = { new JobSetup { Job = 2 } } });
        _writer.Add(Chunk(2));
        Assert.Empty(_stream.Written);
        FlushHere();
        Assert.Equal([true], _stream.WasHere);
        var chunks = Assert.Single(_stream.Written).Chunks;
        Assert.Equal([1UL, 2UL], chunks.Setups.Select(setup => setup.Job));
        Assert.Equal([1UL, 2UL], chunks.Chunks_.Select(chunk => chunk.Lease));
        Assert.Equal([7UL], chunks.Forgotten);
    }

    [Fact]
    public async Task What_is_flushed_while_a_write_is_under_way_follows_it_in_order()
    {
        Flush(Chunk(1));
        Flush(Chunk(2));
        Flush(new SessionRequest { Cancel = new CancelJob { Job = 9 } });
        Flush(Chunk(3));
        Assert.Single(_stream.Written);
        _stream.Release();
        await _stream.CountAsync(2);
        _stream.Release();
        await _stream.CountAsync(3);
        _stream.Release();
        await _stream.CountAsync(4);
        Assert.Equal(
            ["chunk 2", "cancel 9", "chunk 3"],
            _stream.Written.Skip(1).Select(request => request.Cancel is { } cancel ? $"cancel {cancel.Job}" : $"chunk {request.Chunks.Chunks_.Single().Lease}"));
    }

    [Fact]
    public async Task Much_is_written_by_another_thread_in_messages_of_bounded_size()
    {
        for (var lease = 1UL; lease <= 3; lease++)
        {
            _writer.Add(Chunk(lease, bytes: 700_000));
        }

        FlushHere();
        await _stream.CountAsync(1);
        _stream.Release();
        await _stream.CountAsync(2);
        Assert.DoesNotContain(true, _stream.WasHere);
        Assert.Equal([2, 1], _stream.Written.Select(request => request.Chunks.Chunks_.Count));
    }

    [Fact]
    public async Task A_session_that_breaks_off_ends_the_writing_and_is_nobody_s_fault()
    {
        Flush(Chunk(1));
        _stream.Break(new InvalidOperationException("the call is over"));
        await _writer.EndAsync();
        Flush(Chunk(2));
        Assert.Single(_stream.Written);
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task What_cannot_be_laid_out_is_a_failure()
    {
        Flush(Chunk(1));
        _stream.Break(new NotSupportedException("no such thing"));
        await _writer.EndAsync();
        Assert.Contains("no such thing", Assert.Single(_failures));
    }

    [Fact]
    public async Task The_end_waits_for_the_write_under_way_and_drops_what_waits()
    {
        Flush(Chunk(1));
        Flush(Chunk(2));
        var ended = _writer.EndAsync();
        Assert.False(ended.IsCompleted);
        _stream.Release();
        await ended;
        Assert.Single(_stream.Written);
    }

    private static Chunk Chunk(ulong lease, int bytes = 1) => new()
    {
        Lease = lease,
        Segments = { PackedRun.Create([(uint)bytes], new byte[bytes]).ToMessage() },
    };

    private void FlushHere()
    {
        _isFlushing = true;
        _writer.Flush();
        _isFlushing = false;
    }

    private void Flush(IMessage message)
    {
        _writer.Add(message);
        _writer.Flush();
    }

    /// <summary>A stream whose writes complete when they are let.</summary>
    private sealed class HeldStream : IAsyncStreamWriter<SessionRequest>
    {
        private readonly Lock _gate = new();
        private readonly SemaphoreSlim _came = new(0);
        private TaskCompletionSource _write = new();

        public List<SessionRequest> Written { get; } = [];

        /// <summary>For each of them, whether the flush was under way on the thread that wrote it.</summary>
        public List<bool> WasHere { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(SessionRequest message)
        {
            lock (_gate)
            {
                Written.Add(message);
                WasHere.Add(_isFlushing);
                _write = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _came.Release();
                return _write.Task;
            }
        }

        public void Release() => Taken().SetResult();

        public void Break(Exception error) => Taken().SetException(error);

        public async Task CountAsync(int count)
        {
            while (Written.Count < count)
            {
                Assert.True(await _came.WaitAsync(TimeSpan.FromSeconds(20)), $"{Written.Count} of {count} messages were written");
            }
        }

        private TaskCompletionSource Taken()
        {
            lock (_gate)
            {
                return _write;
            }
        }
    }
}
