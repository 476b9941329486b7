using WorkerPool;

public static class Setups
{
    #region shared
    [WorkerFunction("price", Summary = "What an item costs.")]
    public static decimal Price(IReadOnlyDictionary<string, decimal> prices, string item) => prices[item];

    [WorkerFunction("mask", Summary = "The bytes, combined with a key.")]
    public static byte[] Mask(byte[] key, byte[] data) => [.. data.Select((each, i) => (byte)(each ^ key[i % key.Length]))];
    #endregion

    #region initializer
    private static HashSet<string> _words = [];

    [WorkerFunction("load_words", Summary = "Reads the words that is_known knows, one a line.")]
    public static void LoadWords(string path) => _words = [.. File.ReadLines(path)];

    [WorkerFunction("is_known", Summary = "Whether a word is among those that load_words has read.")]
    public static bool IsKnown(string word) => _words.Contains(word);
    #endregion
}
