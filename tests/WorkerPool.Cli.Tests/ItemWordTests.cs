using WorkerPool.Cli.Input;

namespace WorkerPool.Cli.Tests;

public sealed class ItemWordTests
{
    [Theory]
    [InlineData("3", "3")]
    [InlineData("-4.5e3", "-4.5e3")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("[1, 2]", "[1, 2]")]
    [InlineData("\"a b\"", "\"a b\"")]
    [InlineData("hello", "\"hello\"")]
    [InlineData("01", "\"01\"")]
    [InlineData("NaN", "\"NaN\"")]
    [InlineData("", "\"\"")]
    [InlineData("1 2", "\"1 2\"")]
    [InlineData("grün <&>", "\"grün <&>\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    public void A_word_is_json_or_a_string(string word, string item) => Assert.Equal(item, ItemWord.Parse(word).ToString());

    [Theory]
    [InlineData("-3", true)]
    [InlineData("-0.5", true)]
    [InlineData("-x", false)]
    [InlineData("--range", false)]
    [InlineData("3", false)]
    public void Negative_numbers_are_items(string word, bool isNumber) => Assert.Equal(isNumber, ItemWord.IsNegativeNumber(word));

    [Theory]
    [InlineData("", 0, "null")]
    [InlineData("", 2, "null")]
    [InlineData("5", 1, "5")]
    [InlineData("5", 0, "5")]
    [InlineData("5", 2, "[5]")]
    [InlineData("5 x", 2, "[5,\"x\"]")]
    [InlineData("5 6", 1, "[5,6]")]
    [InlineData("[5,6]", 2, "[5,6]")]
    [InlineData("{\"a\":1}", 2, "{\"a\":1}")]
    [InlineData("[5] [6]", 2, "[[5],[6]]")]
    public void Arguments_become_an_item(string words, int parameterCount, string item) =>
        Assert.Equal(item, ItemWord.ForCall(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), parameterCount).ToString());
}
