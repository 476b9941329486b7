namespace WorkerPool.TestSupport;

/// <summary>Spoils messages as they travel: bits turned, bytes lost, doubled, put in, cut off, or all of them made up.</summary>
/// <param name="chance">Decides.</param>
public sealed class Mangler(Random chance)
{
    private const int MostEdits = 4;
    private const int MostMadeUp = 200;

    /// <summary>A message, spoilt.</summary>
    /// <param name="message">The message as it was.</param>
    public byte[] Mangle(ReadOnlySpan<byte> message)
    {
        if (chance.Next(20) == 0)
        {
            var madeUp = new byte[chance.Next(MostMadeUp)];
            chance.NextBytes(madeUp);
            return madeUp;
        }

        List<byte> bytes = [.. message];
        for (var edits = 1 + chance.Next(MostEdits); edits > 0 && bytes.Count > 0; edits--)
        {
            Edit(bytes);
        }

        return [.. bytes];
    }

    private void Edit(List<byte> bytes)
    {
        var position = chance.Next(bytes.Count);
        var length = Math.Min(1 + chance.Next(8), bytes.Count - position);
        switch (chance.Next(6))
        {
            case 0:
                bytes[position] ^= (byte)(1 << chance.Next(8));
                break;
            case 1:
                bytes[position] = (byte)chance.Next(256);
                break;
            case 2:
                bytes.RemoveRange(position, length);
                break;
            case 3:
                bytes.InsertRange(position, bytes.GetRange(position, length));
                break;
            case 4:
                bytes.Insert(position, (byte)chance.Next(256));
                break;
            default:
                bytes.RemoveRange(position, bytes.Count - position);
                break;
        }
    }
}
