using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace WorkerPool.Processes.Memory;

/// <summary>
/// Memory that two processes of one machine map, for messages that are too large to be carried by their stream without being copied
/// again and again: a ring for each direction. It has no name in any file system and goes with the last process that maps it.
/// </summary>
/// <remarks>
/// Layout: at byte 0 how far the ring of the one that opens has been read, at byte 64 that of the one that makes it (<see cref="MessageRing"/>),
/// each 8 bytes in the machine's order; from byte 4096 on the ring that its maker writes, then the one that its opener writes. What nobody
/// has written into takes no memory. Its size cannot be changed by either: what is mapped stays there.
/// </remarks>
public sealed partial class MessageMemory : IDisposable
{
    /// <summary>What a ring holds, in bytes.</summary>
    public const int RingBytes = 8 << 20;

    private const int HeaderBytes = 4096;
    private const int CounterBytes = 64;
    private const long TotalBytes = HeaderBytes + (2L * RingBytes);

    private const uint CloseOnExec = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int AgainstAnyChangeOfSize = 1 | 2 | 4;

    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;

    private MessageMemory(SafeFileHandle file, bool isMaker)
    {
        _file = file;
        _mapping = MemoryMappedFile.CreateFromFile(
            file, null, TotalBytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor(0, TotalBytes);
        var memory = _view.SafeMemoryMappedViewHandle;
        var ofMaker = new MessageRing(memory, counter: CounterBytes, start: HeaderBytes, RingBytes);
        var ofOpener = new MessageRing(memory, counter: 0, start: HeaderBytes + RingBytes, RingBytes);
        (Out, In) = isMaker ? (ofMaker, ofOpener) : (ofOpener, ofMaker);
    }

    /// <summary>The ring that this process writes.</summary>
    public MessageRing Out { get; }

    /// <summary>The ring that this process reads.</summary>
    public MessageRing In { get; }

    /// <summary>Where the other process opens it, until <see cref="Close"/>.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_file.DangerousGetHandle()}";

    /// <summary>Makes one.</summary>
    /// <returns><c>null</c> where the system has none to give: nothing depends on it.</returns>
    public static MessageMemory? TryCreate() => Try(static () =>
    {
        var file = new SafeFileHandle(MakeFile("workerpool", CloseOnExec | AllowSealing), ownsHandle: true);
        if (!file.IsInvalid)
        {
            RandomAccess.SetLength(file, TotalBytes);
            if (Control(file, AddSeals, AgainstAnyChangeOfSize) == 0)
            {
                return new MessageMemory(file, isMaker: true);
            }
        }

        file.Dispose();
        return null;
    });

    /// <summary>Opens what another process has made.</summary>
    /// <param name="path">Its <see cref="Path"/>.</param>
    /// <returns><c>null</c> where that cannot be done: nothing depends on it.</returns>
    public static MessageMemory? TryOpen(string path) => Try(() =>
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (RandomAccess.GetLength(file) == TotalBytes)
        {
            return new MessageMemory(file, isMaker: false);
        }

        file.Dispose();
        return null;
    });

    /// <summary>Nobody is to open it any more. What is mapped stays.</summary>
    public void Close()
    {
        _mapping.Dispose();
        _file.Dispose();
    }

    /// <summary>Lets go of it. A message that is being written or read still is to its end.</summary>
    public void Dispose()
    {
        _view.Dispose();
        Close();
    }

    private static MessageMemory? Try(Func<MessageMemory?> make)
    {
        try
        {
            return make();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or EntryPointNotFoundException
            or DllNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint MakeFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeFileHandle file, int command, int argument);
}
