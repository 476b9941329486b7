using WorkerPool.V1;

namespace WorkerPool.Supervisor.Dispatch;

/// <summary>
/// The arguments that all items of a job have in common, as bytes: held once, in the pieces they came in, and sent from there
/// to each worker that takes part. Pure; one thread.
/// </summary>
/// <param name="arguments">What they are, in the order of their bytes.</param>
internal sealed class SharedArguments(IReadOnlyList<SharedArgument> arguments)
{
    /// <summary>Pieces are not to be smaller than this on the whole, in bytes: each costs something.</summary>
    private const int NominalPieceBytes = 64 << 10;

    private List<ReadOnlyMemory<byte>> _pieces = [];
    private long _came;

    /// <summary>What they are, in the order of their bytes.</summary>
    public IReadOnlyList<SharedArgument> Arguments => arguments;

    /// <summary>Bytes of all together.</summary>
    public long ByteCount { get; } = arguments.Sum(argument => (long)argument.Size);

    /// <summary>Bytes that have not come.</summary>
    public long MissingBytes => ByteCount - _came;

    /// <summary>Whether all bytes have come.</summary>
    public bool IsComplete => _came == ByteCount;

    /// <summary>The bytes that have come, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces => _pieces;

    /// <summary>Takes the next bytes.</summary>
    /// <param name="piece">The bytes; kept, not copied.</param>
    /// <returns>What is wrong with them, as a sentence; <c>null</c> if nothing is.</returns>
    public string? Add(ReadOnlyMemory<byte> piece)
    {
        if (piece.IsEmpty)
        {
            return "A piece of the shared arguments is empty.";
        }

        if (piece.Length > ByteCount - _came)
        {
            return $"The shared arguments have {ByteCount} bytes, as the start says, and more came.";
        }

        if (_pieces.Count >= arguments.Count + (ByteCount / NominalPieceBytes))
        {
            return $"The shared arguments came in too many pieces; expected one an argument and one more for every {NominalPieceBytes} bytes.";
        }

        _pieces.Add(piece);
        _came += piece.Length;
        return null;
    }

    /// <summary>Lets go of the bytes: the job is over.</summary>
    public void Release() => _pieces = [];
}
