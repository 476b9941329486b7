using Google.Protobuf.WellKnownTypes;
using WorkerPool;

public static class Encodings
{
    #region encodings
    [WorkerFunction("reverse", Summary = "The bytes, last first.")]
    public static byte[] Reverse(ReadOnlyMemory<byte> data)
    {
        var reversed = data.ToArray();
        Array.Reverse(reversed);
        return reversed;
    }

    [WorkerFunction("twice", Summary = "A duration, twice as long.")]
    public static Duration Twice(Duration duration) => Duration.FromTimeSpan(duration.ToTimeSpan() * 2);
    #endregion
}
