using WorkerPool.WorkerHost.Functions.Describing;

namespace WorkerPool.WorkerHost.Tests.Functions.Describing;

/// <summary>The names of methods in XML documentation, as the compiler writes them.</summary>
public sealed class DocumentationNameTests
{
    [Theory]
    [InlineData(nameof(Nothing), "()")]
    [InlineData(nameof(Simple), "(System.Int32,System.String)")]
    [InlineData(nameof(Arrays), "(System.Byte[],System.Int32[0:,0:],System.String[][])")]
    [InlineData(nameof(Generics), "(System.Collections.Generic.IReadOnlyDictionary{System.String,System.Nullable{System.Decimal}})")]
    [InlineData(nameof(Tuples), "(System.ValueTuple{System.Int32,System.String})")]
    [InlineData(nameof(Nested), "(WorkerPool.WorkerHost.Tests.Functions.Describing.DocumentationNameTests.Outer{System.Int32}.Inner{System.String})")]
    public void A_method_has_the_compilers_name(string method, string parameters) => Assert.Equal(
        $"M:{typeof(DocumentationNameTests).FullName}.{method}{(parameters == "()" ? "" : parameters)}",
        DocumentationName.Of(typeof(DocumentationNameTests).GetMethod(method, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!));

    internal static void Nothing()
    {
    }

    internal static void Simple(int number, string text) => GC.KeepAlive((number, text));

    internal static void Arrays(byte[] bytes, int[,] table, string[][] texts) => GC.KeepAlive((bytes, table, texts));

    internal static void Generics(IReadOnlyDictionary<string, decimal?> prices) => GC.KeepAlive(prices);

    internal static void Tuples((int Number, string Text) pair) => GC.KeepAlive(pair);

    internal static void Nested(Outer<int>.Inner<string> inner) => GC.KeepAlive(inner);

    internal sealed class Outer<T>
    {
        internal sealed class Inner<TOther>
        {
            public (T? One, TOther? Other) Both { get; init; }
        }
    }
}
