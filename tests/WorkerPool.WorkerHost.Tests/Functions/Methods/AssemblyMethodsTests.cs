using System.Reflection;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;
using WorkerPool.WorkerHost.Functions.Methods;

namespace WorkerPool.WorkerHost.Tests.Functions.Methods;

/// <summary>Methods are found in the assembly they are in, and only there.</summary>
public sealed class AssemblyMethodsTests
{
    private static readonly MethodInfo Own = typeof(Targets).GetMethod(nameof(Targets.Twice))!;

    private readonly AssemblyMethods _methods = new();

    [Fact]
    public void A_method_is_found_once_and_kept()
    {
        var function = _methods.Find("Tests.Twice", Reference(Own));

        Assert.Equal("Tests.Twice", function.Name);
        Assert.Equal("Tests.Twice(number: integer) -> integer", function.Description.Signature);
        Assert.Same(function, _methods.Find("Tests.Twice", Reference(Own)));
    }

    [Fact]
    public void Another_build_of_the_assembly_is_refused()
    {
        var other = Reference(Own);
        other.Assembly.ModuleVersionId = Guid.Empty.ToString();
        var error = Assert.Throws<FunctionLibraryException>(() => _methods.Find("Tests.Twice", other));

        Assert.Equal("FUNCTION_CHANGED", error.Reason);
        Assert.Equal(
            $"Tests.Twice is not the method any more that the program began with: {other.Assembly.Path} was built again since. Start the program anew.",
            error.Message);
    }

    [Fact]
    public void A_token_that_is_none_of_a_method_is_refused()
    {
        var other = Reference(Own);
        other.Assembly.MetadataToken = 0x06FFFFFF;

        Assert.Equal("FUNCTION_CHANGED", Assert.Throws<FunctionLibraryException>(() => _methods.Find("Tests.Twice", other)).Reason);
    }

    [Fact]
    public void An_assembly_that_is_gone_is_said()
    {
        var other = Reference(Own);
        other.Assembly.Path = "/nowhere/Program.dll";

        Assert.Equal(
            "Tests.Twice is in /nowhere/Program.dll, which is not there any more. Build the program again and start it anew.",
            Assert.Throws<FunctionLibraryException>(() => _methods.Find("Tests.Twice", other)).Message);
    }

    [Fact]
    public void A_method_that_cannot_be_a_function_is_said()
    {
        var unsound = Reference(typeof(Targets).GetMethod(nameof(Targets.TakesByReference))!);

        Assert.StartsWith(
            "Tests.M takes number by reference", Assert.Throws<FunctionLibraryException>(() => _methods.Find("Tests.M", unsound)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_without_an_assembly_is_said() => Assert.Equal(
        "Tests.M came without the assembly that it is in: it is of another process.",
        Assert.Throws<FunctionLibraryException>(() => _methods.Find("Tests.M", new CallerMethod { DelegateId = 1 })).Message);

    private static CallerMethod Reference(MethodInfo method) => new()
    {
        Assembly = new AssemblyMethod
        {
            Path = method.Module.Assembly.Location,
            Root = method.Module.Assembly.Location,
            ModuleVersionId = method.Module.ModuleVersionId.ToString(),
            MetadataToken = (uint)method.MetadataToken,
        },
    };

    private static class Targets
    {
        public static int Twice(int number) => number * 2;

        public static void TakesByReference(ref int number) => number++;
    }
}
