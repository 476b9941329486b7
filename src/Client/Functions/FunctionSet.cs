namespace WorkerPool.Client.Functions;

/// <summary>What a pool said of its functions and limits.</summary>
internal sealed record FunctionSet(IReadOnlyList<FunctionInfo> Functions, long MaxItemBytes)
{
    public IReadOnlyDictionary<string, FunctionInfo> ByName { get; } = Functions.ToDictionary(f => f.Name);

    public static FunctionSet From(V1.ListFunctionsResponse response) =>
        new([.. response.Functions.Select(FunctionInfo.From)], response.MaxItemBytes == 0 ? long.MaxValue : response.MaxItemBytes);
}
