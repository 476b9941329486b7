using System.Text.Json;

namespace WorkerPool.Cli.Output;

/// <summary>States and kinds as a person reads and types them.</summary>
internal static class Words
{
    /// <summary>Such as <c>backing-off</c>.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The value of a word; not one that stands for nothing known.</summary>
    public static bool TryParse<TEnum>(string word, out TEnum value)
        where TEnum : struct, Enum
    {
        value = Known<TEnum>().FirstOrDefault(each => Of(each) == word);
        return !value.Equals(default(TEnum));
    }

    /// <summary>The words there are.</summary>
    public static IEnumerable<string> All<TEnum>()
        where TEnum : struct, Enum => Known<TEnum>().Select(Of);

    private static IEnumerable<TEnum> Known<TEnum>()
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Where(value => !value.Equals(default(TEnum)));
}
