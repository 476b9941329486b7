using System.Text;

namespace WorkerPool.Client.Tests.Encodings;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("oops", "'o' is an invalid start of a value, at byte 1.")]
    [InlineData("[x", "'x' is an invalid start of a value, at byte 2.")]
    [InlineData("[\n x]", "'x' is an invalid start of a value, at byte 2 of line 2.")]
    [InlineData("{\"a\":1,}", "The JSON object contains a trailing comma at the end which is not supported in this mode, at byte 8.")]
    public void What_is_no_json_is_told_in_words_with_its_place_once(string text, string expected)
    {
        Assert.False(JsonText.TryParse(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.Equal(expected, problem);
    }
}
