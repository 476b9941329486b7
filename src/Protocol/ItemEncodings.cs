using WorkerPool.V1;

namespace WorkerPool.Protocol;

/// <summary>Which encoding items have beside JSON.</summary>
public static class ItemEncodings
{
    /// <summary>The function's own encoding of items, where some of its parameters are shared and items fill the others.</summary>
    /// <param name="function">The function.</param>
    /// <param name="isShared">Whether a parameter of a name is shared.</param>
    /// <returns>The encoding; unspecified for any.</returns>
    public static Encoding Of(Function function, Func<string, bool> isShared)
    {
        var left = function.Parameters.Where(parameter => !isShared(parameter.Name)).ToList();
        return left.Count == function.Parameters.Count ? function.Encoding
            : left.Count switch
            {
                0 => Encoding.Unspecified,
                1 => left[0].Encoding,
                _ => Encoding.Json,
            };
    }
}
