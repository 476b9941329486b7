using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;

namespace WorkerPool.WorkerHost.Tests.Functions;

#pragma warning disable CA1000 // A static method of a generic type is one of the things that must be refused.
/// <summary>Each type in here holds one method that cannot be a function.</summary>
public static class UnsoundMethods
{
    public abstract class Abstract
    {
        [WorkerFunction]
        public int F(int x) => x;
    }

    public readonly struct Structure
    {
        [WorkerFunction]
        public int F(int x) => x;
    }

    public sealed class WithoutConstructor
    {
        private WithoutConstructor()
        {
        }

        [WorkerFunction]
        public int F(int x) => x;
    }

    public sealed class Unsatisfied(IEnumerator<int> numbers)
    {
        [WorkerFunction]
        public int F(int x) => x + numbers.Current;
    }

    public sealed class OpenClass<T>
    {
        [WorkerFunction]
        public T F(T x) => x;
    }

    public static class TwoContexts
    {
        [WorkerFunction]
        public static int F(int x, WorkerContext a, WorkerContext b) => x;
    }

    public static class Private
    {
        [WorkerFunction]
        private static int F(int x) => x;
    }

    internal static class Hidden
    {
        [WorkerFunction]
        public static int F(int x) => x;
    }

    public static class OpenMethod
    {
        [WorkerFunction]
        public static T F<T>(T x) => x;
    }

    public static class OpenType<T>
    {
        [WorkerFunction]
        public static int F(int x) => x;
    }

    public static class ByReference
    {
        [WorkerFunction]
        public static void F(ref int x) => x++;
    }

    public static class Output
    {
        [WorkerFunction]
        public static void F(out int x) => x = 1;
    }

    public static unsafe class ByPointer
    {
        [WorkerFunction]
        public static int F(int* x) => *x;
    }

    public static class OverSpan
    {
        [WorkerFunction]
        public static int F(ReadOnlySpan<byte> x) => x.Length;
    }

    public static class ReturnsSpan
    {
        [WorkerFunction]
        public static ReadOnlySpan<byte> F(byte[] x) => x;
    }

    public static class TwoTokens
    {
        [WorkerFunction]
        public static int F(int x, CancellationToken a, CancellationToken b) => x;
    }

    public static class AsyncVoid
    {
        [WorkerFunction]
        public static async void F(int x) => await Task.Yield();
    }

    public static class MessageAmongOthers
    {
        [WorkerFunction]
        public static int F(StringValue text, int x) => x;
    }

    public static class EncodedAmongOthers
    {
        [WorkerFunction]
        public static int F(EncodedItem item, int x) => x;
    }

    public static class TakesTuple
    {
        [WorkerFunction]
        public static int F((int, int, int, int, int, int, int, int) many) => many.Item1;
    }

    public static class ReturnsTuple
    {
        [WorkerFunction]
        public static (int, int, int, int, int, int, int, int) F(int x) => (x, x, x, x, x, x, x, x);
    }

    public static class TakesDelegate
    {
        [WorkerFunction]
        public static int F(Func<int> x) => x();
    }

    public static unsafe class ByFunctionPointer
    {
        [WorkerFunction]
        public static int F(delegate*<int> x) => x();
    }

    public static class TakesGrid
    {
        [WorkerFunction]
        public static int F(int[,] x) => x.Length;
    }

    public static class TakesListOfTypes
    {
        [WorkerFunction]
        public static int F(List<System.Type> x) => x.Count;
    }

    public static class TakesAbstract
    {
        [WorkerFunction]
        public static int F(Abstract x) => x.F(1);
    }

    public static class TakesManyWays
    {
        [WorkerFunction]
        public static int F(ManyWays x) => x.Length;
    }

    public sealed class ManyWays
    {
        public ManyWays(int length) => Length = length;

        public ManyWays(string text) => Length = text.Length;

        public int Length { get; }
    }

    public static class ReturnsStream
    {
        [WorkerFunction]
        public static Stream F(int x) => new MemoryStream(x);
    }

    public static class ReturnsTaskOfTask
    {
        [WorkerFunction]
        public static Task<Task<int>> F(int x) => Task.FromResult(Task.FromResult(x));
    }

    public static class ReturnsValuesLater
    {
        [WorkerFunction]
        public static async IAsyncEnumerable<int> F(int x)
        {
            await Task.Yield();
            yield return x;
        }
    }

    public static class BlankName
    {
        [WorkerFunction(" ")]
        public static int F(int x) => x;
    }
}

/// <summary>What System.Text.Json carries, though it is abstract, or has several constructors.</summary>
public static class MakableTypes
{
    [WorkerFunction("made")]
    public static int Made(Shape shape, Length length) => shape.Sides + length.Metres;

    [WorkerFunction("shown")]
    public static IFormattable Shown(int number) => number;

    [JsonDerivedType(typeof(Square), "square")]
    public abstract record Shape(int Sides);

    public sealed record Square() : Shape(4);

    public sealed class Length
    {
        [JsonConstructor]
        public Length(int metres) => Metres = metres;

        public Length(string text) => Metres = text.Length;

        public int Metres { get; }
    }
}
