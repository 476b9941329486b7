using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using WorkerPool.Protocol.Errors;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Tests.Hosting;

namespace WorkerPool.WorkerHost.Tests.Functions;

public class FunctionLibraryTests
{
    [Theory]
    [InlineData(typeof(UnsoundMethods.Abstract), "which is abstract")]
    [InlineData(typeof(UnsoundMethods.Structure), "a struct")]
    [InlineData(typeof(UnsoundMethods.WithoutConstructor), "has no public constructor")]
    [InlineData(typeof(UnsoundMethods.Unsatisfied), "constructor takes numbers as IEnumerator`1, which nobody provides; register it in a public class that implements IWorkerServices")]
    [InlineData(typeof(UnsoundMethods.OpenClass<>), "open type parameters")]
    [InlineData(typeof(UnsoundMethods.TwoContexts), "more than one WorkerContext")]
    [InlineData(typeof(UnsoundMethods.Private), "is not public; make it so")]
    [InlineData(typeof(UnsoundMethods.Hidden), "is not public;")]
    [InlineData(typeof(UnsoundMethods.OpenMethod), "open type parameters")]
    [InlineData(typeof(UnsoundMethods.OpenType<>), "open type parameters")]
    [InlineData(typeof(UnsoundMethods.ByReference), "takes x by reference")]
    [InlineData(typeof(UnsoundMethods.Output), "takes x by reference")]
    [InlineData(typeof(UnsoundMethods.ByPointer), "takes x as Int32*")]
    [InlineData(typeof(UnsoundMethods.OverSpan), "takes x as ReadOnlySpan")]
    [InlineData(typeof(UnsoundMethods.ReturnsSpan), "returns ReadOnlySpan")]
    [InlineData(typeof(UnsoundMethods.TwoTokens), "more than one CancellationToken")]
    [InlineData(typeof(UnsoundMethods.AsyncVoid), "async void")]
    [InlineData(typeof(UnsoundMethods.MessageAmongOthers), "takes text as a protobuf message beside other parameters")]
    [InlineData(typeof(UnsoundMethods.EncodedAmongOthers), "takes item as EncodedItem beside other parameters")]
    [InlineData(typeof(UnsoundMethods.TakesTuple), "takes many as a tuple of more than seven elements")]
    [InlineData(typeof(UnsoundMethods.ReturnsTuple), "returns a tuple of more than seven elements")]
    [InlineData(typeof(UnsoundMethods.TakesDelegate), "takes x as Func<Int32>, a delegate, which JSON cannot carry; use data")]
    [InlineData(typeof(UnsoundMethods.ByFunctionPointer), "takes x as a function pointer")]
    [InlineData(typeof(UnsoundMethods.TakesGrid), "takes x as Int32[,], which JSON cannot carry; use an array of arrays")]
    [InlineData(typeof(UnsoundMethods.TakesListOfTypes), "takes x as List<Type> of Type, which JSON cannot carry; use its name")]
    [InlineData(typeof(UnsoundMethods.TakesAbstract), "takes x as Abstract, which is abstract, so that none can be made from JSON")]
    [InlineData(typeof(UnsoundMethods.TakesManyWays), "takes x as ManyWays, which has no constructor that can be chosen to make one from JSON; mark one with [JsonConstructor]")]
    [InlineData(typeof(UnsoundMethods.ReturnsStream), "returns Stream, which JSON cannot carry; use the bytes (byte[])")]
    [InlineData(typeof(UnsoundMethods.ReturnsTaskOfTask), "returns Task<Int32>, which JSON cannot carry; use the value itself")]
    [InlineData(typeof(UnsoundMethods.ReturnsValuesLater), "returns IAsyncEnumerable<Int32>, which JSON cannot carry; use a list")]
    [InlineData(typeof(UnsoundMethods.BlankName), "has the name \" \"")]
    public void A_method_that_cannot_be_a_function_is_refused_by_name(Type type, string problem)
    {
        var error = Assert.Throws<FunctionLibraryException>(() => FunctionLibrary.Find([type], "lib.dll"));
        Assert.Contains($"{type.FullName}.F in lib.dll", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_says_how_it_is_made_and_one_that_is_written_alone_are_taken() =>
        Assert.Equal(["made", "shown"], FunctionLibrary.Find([typeof(MakableTypes)], "lib.dll").Select(function => function.Name).Order());

    [Fact]
    public void Services_that_cannot_be_registered_are_refused_with_the_cause()
    {
        var error = Assert.Throws<FunctionLibraryException>(
            () => FunctionLibrary.Find([typeof(SampleObjects), typeof(SampleObjects.Failing)], "lib.dll"));
        Assert.Contains("lib.dll cannot be loaded", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{typeof(SampleObjects.Failing).FullName}, which registers its services, threw System.NotSupportedException: no services", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_are_not_registered_where_all_methods_are_static() =>
        Assert.NotEmpty(FunctionLibrary.Find([typeof(SampleMethods), typeof(SampleObjects.Failing)], "lib.dll"));

    [Fact]
    public void Services_of_a_class_that_cannot_be_made_are_refused()
    {
        var error = Assert.Throws<FunctionLibraryException>(
            () => FunctionLibrary.Find([typeof(SampleObjects), typeof(SampleObjects.Unmakable)], "lib.dll"));
        Assert.Contains("public constructor without parameters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_functions_of_one_name_are_refused_with_both_places()
    {
        var one = FunctionLibrary.Find([typeof(SampleMethods)], "one.dll");
        var two = FunctionLibrary.Find([typeof(SampleMethods)], "two.dll");
        var error = Assert.Throws<FunctionLibraryException>(() => new FunctionCatalogue([.. one, .. two]));
        Assert.Contains("SampleMethods.IntAddOne(Int32) in one.dll", error.Message, StringComparison.Ordinal);
        Assert.Contains("SampleMethods.IntAddOne(Int32) in two.dll", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_overloads_of_one_name_are_refused_with_both_places()
    {
        var functions = FunctionLibrary.Find([typeof(Overloads)], "lib.dll");
        var error = Assert.Throws<FunctionLibraryException>(() => new FunctionCatalogue(functions));
        Assert.Contains("Two functions have the name \"Twice\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("Twice(Int32) in lib.dll", error.Message, StringComparison.Ordinal);
        Assert.Contains("Twice(String) in lib.dll", error.Message, StringComparison.Ordinal);
        Assert.Contains("[WorkerFunction(\"name\")]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_a_built_in_function_is_refused()
    {
        var error = Assert.Throws<FunctionLibraryException>(() => FunctionCatalogue.Load([Fixtures.Path("DuplicateFunctions")]));
        Assert.Contains("\"square\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("the built-in functions", error.Message, StringComparison.Ordinal);
        Assert.Contains("DuplicateFunctions.dll", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_without_functions_is_refused()
    {
        var error = Assert.Throws<FunctionLibraryException>(() => FunctionLibrary.Load(Fixtures.Path("NoFunctions")));
        Assert.Contains("has no functions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_an_assembly_is_refused()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("text.dll");
        File.WriteAllText(path, "not an assembly");
        var error = Assert.Throws<FunctionLibraryException>(() => FunctionLibrary.Load(path));
        Assert.Contains($"{path} is not a .NET assembly", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_dependency_is_named()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("SampleFunctions.dll");
        File.Copy(Fixtures.Path("SampleFunctions"), path);
        var error = Assert.Throws<FunctionLibraryException>(() => FunctionLibrary.Load(path));
        Assert.Contains("needs SampleDependency", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_built_for_a_later_framework_says_for_which()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("NoFunctions.dll");
        File.WriteAllBytes(path, BuiltForVersion(File.ReadAllBytes(Fixtures.Path("SampleFunctions")), 99));
        var error = Assert.Throws<FunctionLibraryException>(() => FunctionLibrary.Load(path));
        Assert.Contains($"{path} was built for .NET 99, and this worker runs .NET {Environment.Version.Major}. Build it for net", error.Message, StringComparison.Ordinal);
    }

    // The same library as if it referred to another version of the framework.
    private static byte[] BuiltForVersion(byte[] library, ushort version)
    {
        using var file = new PEReader(new MemoryStream(library));
        var metadata = file.GetMetadataReader();
        var start = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef);
        foreach (var handle in metadata.AssemblyReferences)
        {
            if (metadata.GetString(metadata.GetAssemblyReference(handle).Name) == "System.Runtime")
            {
                var row = start + ((MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef));
                BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(row), version);
            }
        }

        return library;
    }

    [Fact]
    public async Task A_library_runs_in_a_worker_with_its_own_dependencies_and_the_hosts_protobuf()
    {
        await using var worker = await WorkerProcess.StartAsync(Fixtures.Path("SampleFunctions"));
        Assert.Equal("", worker.Handshake.Message);
        using var call = await worker.OpenAsync();
        await call.SendChunkAsync(1, "greet", ["\"you\"", "3"]);
        var answers = await call.AnswersAsync(2);
        Assert.Equal("\"Hello, you!\"", answers.Values[0]);
        Assert.Equal(ErrorReasons.ItemTypeMismatch, Assert.Single(answers.Errors).Reason);
        await call.SendChunkAsync(2, "wrap", ["\"text\""]);
        Assert.Equal("\"text\"", (await call.AnswersAsync(1)).Values[0]);

        // A function that waits for ever at the process's exit does not keep the worker.
        await call.SendChunkAsync(3, "never_exit", ["null"]);
        await call.AnswersAsync(1);
        await call.Stream.RequestStream.CompleteAsync();
        Assert.Equal(0, await worker.ExitCodeAsync());
    }
}

/// <summary>Two functions of one name in one class.</summary>
public static class Overloads
{
    [WorkerFunction]
    public static int Twice(int number) => number * 2;

    [WorkerFunction]
    public static string Twice(string text) => text + text;
}
