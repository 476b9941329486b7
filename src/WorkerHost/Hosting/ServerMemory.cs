using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WorkerPool.WorkerHost.Hosting;

/// <summary>
/// Memory of a server whose connections are few and carry much: blocks of 32 KiB, so that a message of 64 KiB is received in a
/// few calls of the system. Those of the server's own pool have 4 KiB, for very many connections that carry little.
/// </summary>
internal static class ServerMemory
{
    /// <summary>Gives a server large blocks, which it takes before it knows whether there is something to receive.</summary>
    /// <param name="server">The server.</param>
    public static IWebHostBuilder UseLargeBlocks(this IWebHostBuilder server) => server
        .UseSockets(sockets => sockets.WaitForDataBeforeAllocatingBuffer = false)
        .ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IMemoryPoolFactory<byte>, LargeBlockFactory>()));

    private sealed class LargeBlockFactory : IMemoryPoolFactory<byte>
    {
        private readonly LargeBlockPool _pool = new();

        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => _pool;
    }

    private sealed class LargeBlockPool : MemoryPool<byte>
    {
        private const int BlockBytes = 32 << 10;
        private const int MostKept = 256;

        private readonly ConcurrentQueue<Block> _kept = [];
        private int _count;

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            if (!_kept.TryDequeue(out var block))
            {
                return new Block(this);
            }

            Interlocked.Decrement(ref _count);
            block.IsRented = true;
            return block;
        }

        // It lives as long as its process.
        protected override void Dispose(bool disposing)
        {
        }

        private void Return(Block block)
        {
            if (Interlocked.Increment(ref _count) <= MostKept)
            {
                _kept.Enqueue(block);
            }
            else
            {
                Interlocked.Decrement(ref _count);
            }
        }

        // Pinned from the start, so that receiving into it pins nothing.
        private sealed class Block(LargeBlockPool pool) : IMemoryOwner<byte>
        {
            private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

            public bool IsRented { get; set; } = true;

            public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(_bytes, 0, BlockBytes);

            public void Dispose()
            {
                if (IsRented)
                {
                    IsRented = false;
                    pool.Return(this);
                }
            }
        }
    }
}
