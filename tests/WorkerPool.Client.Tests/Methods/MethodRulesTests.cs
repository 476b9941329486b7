using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using WorkerPool.Client.Methods;

namespace WorkerPool.Client.Tests.Methods;

/// <summary>What can be given to a pool as a method, what it is called, and how it is referred to.</summary>
public sealed class MethodRulesTests
{
    [Fact]
    public void Methods_are_called_after_their_type_lambdas_after_where_they_stand()
    {
        static int Local(int number) => number;

        Assert.Equal("MethodRulesTests.Next", Name(Next));
        Assert.Equal("MethodRulesTests.Local", Name(Local));
        Assert.Equal("MethodRulesTests.Methods_are_called_after_their_type_lambdas_after_where_they_stand lambda", Name(static x => x));
        Assert.Equal("Math.Abs", Name(Math.Abs));
    }

    [Fact]
    public void What_is_not_one_method_of_the_programs_code_is_refused()
    {
        var several = (Func<int, int>)Delegate.Combine((Func<int, int>)Next, (Func<int, int>)Next);
        Assert.Contains("is one of several methods in one delegate", Refusal(several), StringComparison.Ordinal);

        var dynamic = new DynamicMethod("made", typeof(int), [typeof(int)]);
        dynamic.GetILGenerator().Emit(OpCodes.Ldarg_0);
        dynamic.GetILGenerator().Emit(OpCodes.Ret);
        Assert.Contains("was made while the program runs", Refusal(dynamic.CreateDelegate<Func<int, int>>()), StringComparison.Ordinal);

        Expression<Func<int, int>> expression = x => x + 1;
        Assert.Contains("was made while the program runs", Refusal(expression.Compile()), StringComparison.Ordinal);

        Func<int, string> bound = "text".Extended;
        Assert.Contains("MethodTargets.Extended is bound to its first argument", Refusal(bound), StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_without_a_value_is_refused_where_values_are_asked_for()
    {
        Func<int, Task> method = static x => Task.CompletedTask;
        Assert.StartsWith(
            "MethodRulesTests.A_task_without_a_value_is_refused_where_values_are_asked_for lambda gives a Task without a value, and this "
            + "call gives values. Let it return something; MapAsync, ",
            Assert.Throws<InvalidRequestException>(() => FunctionReference.To(method)).Message,
            StringComparison.Ordinal);

        Assert.Same(method, FunctionReference.WithoutValue(method).Delegate);
    }

    [Fact]
    public void A_reference_names_assembly_build_token_and_type_arguments()
    {
        var method = ((Func<int, int>)MethodTargets.Generic<string>.Same<int>).Method;
        var place = MethodReference.To(method).Assembly;

        Assert.Equal(typeof(MethodRulesTests).Assembly.Location, place.Path);
        Assert.Equal(Assembly.GetEntryAssembly()!.Location, place.Root);
        Assert.Equal(typeof(MethodRulesTests).Module.ModuleVersionId.ToString(), place.ModuleVersionId);
        Assert.Equal((uint)method.MetadataToken, place.MetadataToken);
        Assert.Equal([typeof(string).AssemblyQualifiedName], place.TypeArguments);
        Assert.Equal([typeof(int).AssemblyQualifiedName], place.MethodArguments);
    }

    [Fact]
    public void An_assembly_without_a_file_is_refused()
    {
        var assembly = Assembly.Load(File.ReadAllBytes(typeof(MethodRulesTests).Assembly.Location));
        var method = assembly.GetType(typeof(MethodTargets).FullName!)!.GetMethod(nameof(MethodTargets.Extended))!;

        Assert.Contains(
            "MethodTargets.Extended is in WorkerPool.Client.Tests, which is not in a file of its own",
            Assert.Throws<InvalidRequestException>(() => MethodReference.To(method)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_of_an_outer_scope_are_named_too()
    {
        var outer = 1;
        foreach (var inner in new[] { 2 })
        {
            Func<int, int> both = x => x + outer + inner;
            var error = Assert.Throws<InvalidRequestException>(() => MethodRules.CheckCaptures(both));

            Assert.Contains("captures inner and outer, which exist in this process alone", error.Message, StringComparison.Ordinal);
        }
    }

    private static int Next(int number) => number + 1;

    private static string Name(Func<int, int> method) => MethodName.Of(method.Method);

    private static string Refusal(Delegate method) => Assert.Throws<InvalidRequestException>(() => MethodRules.Check(method)).Message;
}

/// <summary>Methods to refer to.</summary>
internal static class MethodTargets
{
    public static string Extended(this string text, int number) => $"{text}{number}";

    public static class Generic<TType>
    {
        public static TMethod Same<TMethod>(TMethod value) => value;
    }
}
