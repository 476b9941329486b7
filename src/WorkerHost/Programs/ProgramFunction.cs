using System.Globalization;
using WorkerPool.Processes.Programs;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Programs;

/// <summary>Makes a function of a program, so that nothing else has to know that it is one.</summary>
internal static class ProgramFunction
{
    /// <summary>The function of a program.</summary>
    /// <param name="program">The program.</param>
    public static WorkerFunction Of(ProgramDeclaration program)
    {
        var elements = ItemArguments.ElementCount(program);
        var names = elements == 0 ? ["item"] : Enumerable.Range(1, elements).Select(n => $"item{n.ToString(CultureInfo.InvariantCulture)}").ToArray();
        var description = new Function
        {
            Name = program.Name,
            Signature = $"{program.Name}({string.Join(", ", names.Select(name => $"{name}: any"))}) -> {ValueWord(program.Output)}",
            Encoding = program.Input == ProgramInput.Stdin ? Encoding.Unspecified : Encoding.Json,
            ValueEncoding = program.Output == ProgramOutput.Bytes ? Encoding.Raw : Encoding.Json,
            ValueType = ValueWord(program.Output),
            Summary = program.Summary,
            Origin = FunctionOrigin.Program,
        };
        description.Parameters.Add(names.Select(name => new Parameter { Name = name, Type = "any" }));
        return new WorkerFunction(description, $"the program {program.Path}", () => new ProgramCall(program));
    }

    private static string ValueWord(ProgramOutput output) => output switch
    {
        ProgramOutput.Text => "string",
        ProgramOutput.Bytes => "bytes",
        _ => "any",
    };
}
