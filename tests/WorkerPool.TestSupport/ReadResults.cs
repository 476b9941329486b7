using WorkerPool.Protocol.Packing;
using WorkerPool.V1;

namespace WorkerPool.TestSupport;

/// <summary>Unpacks results.</summary>
internal static class ReadResults
{
    /// <summary>The results of one message, as they stand in it: JSON text, or an error.</summary>
    /// <exception cref="InvalidDataException">Sizes and bytes do not fit.</exception>
    public static IEnumerable<(ulong Index, string? Value, ItemError? Error)> From(ResultBatches results)
    {
        foreach (var batch in results.Batches)
        {
            if (!PackedRun.TryRead(batch.Values, out var values, out var problem))
            {
                throw new InvalidDataException(problem);
            }

            var errors = batch.Errors.ToDictionary(error => error.Index);
            var index = batch.FirstIndex;
            foreach (var value in values)
            {
                var error = errors.GetValueOrDefault(index);
                yield return (index++, error is null ? System.Text.Encoding.UTF8.GetString(value.Span) : null, error);
            }
        }
    }
}
