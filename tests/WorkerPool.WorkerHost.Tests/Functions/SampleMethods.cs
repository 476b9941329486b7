using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace WorkerPool.WorkerHost.Tests.Functions;

public sealed record Point(int X, int Y);

public enum Colour
{
    Red,
    Green,
}

public sealed class RudeException : Exception
{
    public override string Message => throw new InvalidOperationException("no message for you");

    public override string? StackTrace => throw new InvalidOperationException("no trace for you");
}

public sealed class Unwritable
{
    public int Value => throw new InvalidOperationException("not today");
}

/// <summary>One of every kind.</summary>
public static class SampleMethods
{
    [WorkerFunction("int_add_one")]
    public static int IntAddOne(int x) => x + 1;

    [WorkerFunction("upper")]
    public static string Upper(string text) => text.ToUpperInvariant();

    [WorkerFunction("upper_or_null")]
    public static string? UpperOrNull(string? text) => text?.ToUpperInvariant();

    [WorkerFunction("sum")]
    public static double Sum(double[] numbers) => numbers.Sum();

    [WorkerFunction("swap")]
    public static Point Swap(Point point) => new(point.Y, point.X);

    [WorkerFunction("nothing")]
    public static void Nothing(int x) => _ = x;

    [WorkerFunction("task")]
    public static async Task TaskOnly(int x) => await Task.Yield();

    [WorkerFunction("task_of")]
    public static async Task<int> TaskOf(int x)
    {
        await Task.Yield();
        return x * 2;
    }

    [WorkerFunction("value_task")]
    public static async ValueTask ValueTaskOnly(int x) => await Task.Yield();

    [WorkerFunction("value_task_of")]
    public static ValueTask<int> ValueTaskOf(int x) => new(x * 3);

    [WorkerFunction("null_task")]
    public static Task? NullTask(int x) => null;

    [WorkerFunction("constant")]
    public static int Constant() => 42;

    [WorkerFunction("reverse")]
    public static byte[] Reverse(byte[] data) => [.. data.Reverse()];

    [WorkerFunction("tail")]
    public static ReadOnlyMemory<byte> Tail(ReadOnlyMemory<byte> data) => data[1..];

    [WorkerFunction("no_bytes")]
    public static byte[]? NoBytes(byte[] data) => null;

    [WorkerFunction("shout")]
    public static StringValue Shout(StringValue text) => new() { Value = text.Value + "!" };

    [WorkerFunction("as_raw")]
    public static EncodedItem AsRaw(EncodedItem item) => item with { Encoding = ItemEncoding.Raw };

    [WorkerFunction("bad_json")]
    public static EncodedItem BadJson(EncodedItem item) => new(ItemEncoding.Json, new byte[] { (byte)'{' });

    [WorkerFunction("range")]
    public static string Range(int from, int to = 10, Colour colour = Colour.Green, string? name = null) =>
        $"{from}..{to} {colour} {name ?? "-"}";

    // The token stands in the middle to show that it may stand anywhere.
    [WorkerFunction("minus")]
#pragma warning disable CA1068
    public static int Minus(int minuend, CancellationToken token, int subtrahend) =>
        token.IsCancellationRequested ? 0 : minuend - subtrahend;
#pragma warning restore CA1068

    [WorkerFunction("payload")]
    public static int Payload(byte[] data, int more) => data.Length + more;

    [WorkerFunction("kind")]
    public static string Kind(JsonElement item) => item.ValueKind.ToString();

    [WorkerFunction("aggregate")]
    public static async Task Aggregate(int x)
    {
        await Task.Yield();
        throw new AggregateException(new FormatException("only one"));
    }

    [WorkerFunction("rude")]
    public static int Rude(int x) => throw new RudeException();

    [WorkerFunction("long_message")]
    public static int LongMessage(int x) => throw new InvalidOperationException(new string('é', 20_000));

    [WorkerFunction("half_a_character")]
    public static int HalfACharacter(int x) => throw new InvalidOperationException("half \ud83d of it");

    [WorkerFunction("unwritable")]
    public static Unwritable MakeUnwritable(int x) => new();

    [WorkerFunction("not_a_number")]
    public static double NotANumber(int x) => double.NaN;

    [WorkerFunction("big")]
    public static string Big(int length) => new('x', length);
}
