using WorkerPool.Client;

namespace WorkerPool.Cli.Input;

/// <summary>The items of a map, and how many they are where that is known.</summary>
internal sealed class MapInput
{
    private readonly IEnumerable<JsonText>? _texts;
    private readonly IEnumerable<long>? _numbers;

    private MapInput(IEnumerable<JsonText>? texts, IEnumerable<long>? numbers, long? count)
    {
        _texts = texts;
        _numbers = numbers;
        Count = count;
    }

    /// <summary>How many items there are; <c>null</c> if not known.</summary>
    public long? Count { get; }

    public static MapInput OfWords(JsonText[] items) => new(items, null, items.Length);

    /// <summary>The numbers of a range. One too long to be counted is passed on without its count.</summary>
    public static MapInput OfRange(ItemRange range) => range.Length <= int.MaxValue
        ? new(null, range, range.Count)
        : new(null, range.Select(number => number), range.Length <= long.MaxValue ? (long)range.Length : null);

    public static MapInput OfFile(Stream file, string name, bool lines) =>
        new(lines ? LineItems.Strings(file, name) : LineItems.Json(file, name), null, null);

    /// <summary>Maps a function over the items.</summary>
    public MapStream<JsonText> Map(Pool pool, string function, MapOptions options, bool ordered) => (_texts, _numbers, ordered) switch
    {
        ({ } texts, _, true) => pool.ImapOutcomesAsync<JsonText, JsonText>(function, texts, options),
        ({ } texts, _, false) => pool.ImapUnorderedOutcomesAsync<JsonText, JsonText>(function, texts, options),
        (_, var numbers, true) => pool.ImapOutcomesAsync<long, JsonText>(function, numbers!, options),
        (_, var numbers, false) => pool.ImapUnorderedOutcomesAsync<long, JsonText>(function, numbers!, options),
    };
}
