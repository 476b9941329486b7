namespace WorkerPool.Contract.Tests;

/// <summary>Methods of the tests' own program. The test library has functions of the same names, for pools at an address.</summary>
public static class OwnMethods
{
    public static int Thrice(int number) => number * 3;

    public static async Task<int> ThriceLater(int number)
    {
        await Task.Yield();
        return number * 3;
    }

    public static ValueTask<int> ThriceAtOnce(int number) => ValueTask.FromResult(number * 3);

    public static async Task<int> ThriceUnlessCancelled(int number, CancellationToken cancellation)
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        return number * 3;
    }

    [WorkerFunction("paint")]
    public static Painted Paint(Shape shape) => new(shape with { Sides = shape.Sides + 1 }, Colour.Red);

    public static string Join(string text, int number) => $"{text}{number}";

    public static async Task<string> JoinThree(string text, int number, bool flag)
    {
        await Task.Yield();
        return $"{text}{number}{flag}";
    }

    public static async Task<string> JoinLater(string text, int number)
    {
        await Task.Yield();
        return $"{text}{number}";
    }

    public static ValueTask<string> JoinAtOnce(string text, int number) => ValueTask.FromResult($"{text}{number}");

    public static int ByteAt(byte[] bytes, int index) => bytes[index];

    public static int Nothing() => 17;

    public static void Write(string path) => File.WriteAllText(path, path);

    public static Task WriteLater(string path) => File.WriteAllTextAsync(path, path);

    public static void WriteUnlessCancelled(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        File.WriteAllText(path, path);
    }

    public static Task WriteLaterUnlessCancelled(string path, CancellationToken cancellation) =>
        File.WriteAllTextAsync(path, path, cancellation);

    public static void WriteTwice(string path, int number) => File.WriteAllText(path, $"{path}{number}");

    public static Task Rest() => Task.CompletedTask;

    public static void Decline(int number) => throw new FormatException($"{number} is declined");

    public static int Refuse(int number) => throw new FormatException($"{number} is refused");

    public static byte[] Backwards(byte[] bytes) => [.. bytes.Reverse()];

    public static int Otherwise(int number) => number;

    public static int NobodyHasThis(int number) => number;

    public static T Same<T>(T value) => value;

    public static string Any(object value) => $"{value}";

    public static int ProcessOf(int number) => Environment.ProcessId;

    public sealed record Shape(string Name, int Sides);

    public sealed record Painted(Shape Shape, Colour Colour);

    public enum Colour
    {
        None,
        Red,
    }
}
