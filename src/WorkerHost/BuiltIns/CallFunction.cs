using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.BuiltIns;

/// <summary>The function that runs another one, which each item names: so that one job can run several.</summary>
internal static class CallFunction
{
    /// <summary>Its name.</summary>
    public const string Name = "call";

    /// <summary>The function of a catalogue.</summary>
    /// <param name="catalogue">Where it finds the others.</param>
    /// <param name="takesMethods">Whether items may name methods of the caller's program, which make it load files. Default: no.</param>
    public static WorkerFunction Of(FunctionCatalogue catalogue, bool takesMethods = false)
    {
        var description = new Function
        {
            Name = Name,
            Signature = $"{Name}(function: string, item: any = null) -> any",
            Encoding = Encoding.Json,
            ValueEncoding = Encoding.Json,
            ValueType = "any",
            Origin = FunctionOrigin.BuiltIn,
            Summary = "Runs the function that its item names on an item.",
        };
        description.Parameters.Add(new Parameter { Name = "function", Type = "string", Encoding = Encoding.Json });
        description.Parameters.Add(new Parameter { Name = "item", Type = "any", Optional = true, Encoding = Encoding.Json });
        return new WorkerFunction(description, "the built-in functions", () => new MixedCall(catalogue, takesMethods));
    }
}
