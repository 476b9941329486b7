using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.Client.Encodings;

namespace WorkerPool.Client.Tests.Encodings;

public sealed class EncodingChoiceTests
{
    private static readonly FunctionInfo TakesJson = Function(FunctionEncoding.Json);
    private static readonly FunctionInfo TakesRaw = Function(FunctionEncoding.Raw);
    private static readonly FunctionInfo TakesAny = Function(FunctionEncoding.Any);
    private static readonly FunctionInfo TakesTimestamps = Function(FunctionEncoding.Protobuf, "google.protobuf.Timestamp");

    [Fact]
    public void Items_are_written_as_json()
    {
        Assert.Equal("17", Json(17));
        Assert.Equal("\"grüße <&>\"", Json("grüße <&>"));
        Assert.Equal("null", Json<string?>(null));
        Assert.Equal("{\"name\":\"a\",\"size\":2}", Json(new Picture("a", 2)));
        Assert.Equal("[1,\"b\",null]", Json<object?[]>([1, "b", null]));
    }

    [Fact]
    public void Tuples_are_arrays()
    {
        Assert.Equal("[1,\"b\",2.5]", Json((1, "b", 2.5)));
        Assert.Equal("[1,[2,3]]", Json(Tuple.Create(1, (2, 3))));
        Assert.Equal("[1,2,3,4,5,6,7,8]", Json((1, 2, 3, 4, 5, 6, 7, 8)));
    }

    [Fact]
    public void An_encoder_is_used_again_for_each_item()
    {
        var encoder = EncodingChoice.ForItems<string>(null);
        Assert.Equal("\"first\"", Text(encoder.Encode("first")));
        Assert.Equal("\"2\"", Text(encoder.Encode("2")));
    }

    [Fact]
    public void Json_text_is_passed_along_and_checked()
    {
        var encoder = EncodingChoice.ForItems<JsonText>(TakesJson);
        Assert.Equal("{ \"a\" : 1 }", Text(encoder.Encode(new JsonText("{ \"a\" : 1 }"))));
        Assert.Equal("null", Text(encoder.Encode(default)));
        Assert.Throws<JsonException>(() => encoder.Encode(new JsonText("1 2")));
        Assert.Throws<JsonException>(() => encoder.Encode(new JsonText("")));
        Assert.Throws<JsonException>(() => encoder.Encode(JsonText.Unreadable("bad")));
    }

    [Fact]
    public void Json_text_stands_inside_other_types() => Assert.Equal("[1,{\"a\":2}]", Json<object[]>([1, new JsonText("{\"a\":2}")]));

    [Fact]
    public void Bytes_go_undecoded_to_functions_that_take_them()
    {
        byte[] bytes = [1, 2, 3];
        foreach (var function in new[] { TakesRaw, TakesAny })
        {
            var encoder = EncodingChoice.ForItems<byte[]>(function);
            Assert.Equal(V1.Encoding.Raw, encoder.Encoding);
            Assert.Equal(bytes, encoder.Encode(bytes).ToArray());
            Assert.Equal(bytes, EncodingChoice.ForItems<Memory<byte>>(function).Encode(bytes).ToArray());
            Assert.Equal(bytes, EncodingChoice.ForItems<ReadOnlyMemory<byte>>(function).Encode(bytes).ToArray());
        }
    }

    [Fact]
    public void Messages_go_in_binary_to_functions_that_take_them()
    {
        var encoder = EncodingChoice.ForItems<Timestamp>(TakesTimestamps);
        Assert.Equal(V1.Encoding.Protobuf, encoder.Encoding);
        var time = new Timestamp { Seconds = 5 };
        Assert.Equal(time, Timestamp.Parser.ParseFrom(encoder.Encode(time).Span));
        Assert.Equal("\"1970-01-01T00:00:05Z\"", Text(EncodingChoice.ForItems<Timestamp>(TakesJson).Encode(time)));
    }

    [Fact]
    public void What_a_function_does_not_take_is_refused()
    {
        Assert.Throws<InvalidRequestException>(() => EncodingChoice.ForItems<byte[]>(TakesJson));
        Assert.Throws<InvalidRequestException>(() => EncodingChoice.ForItems<byte[]>(TakesTimestamps));
        Assert.Throws<InvalidRequestException>(() => EncodingChoice.ForItems<int>(TakesRaw));
        Assert.Throws<InvalidRequestException>(() => EncodingChoice.ForItems<string>(TakesRaw));
        Assert.Throws<InvalidRequestException>(() => EncodingChoice.ForItems<Duration>(TakesTimestamps));
        Assert.Throws<InvalidRequestException>(() => EncodingChoice.ForItems<Google.Protobuf.IMessage>(TakesTimestamps));
        Assert.Throws<InvalidRequestException>(() => EncodingChoice.ForValues<string>(TakesRaw, V1.Encoding.Json));
        Assert.Throws<InvalidRequestException>(() => EncodingChoice.ForValues<byte[]>(TakesTimestamps, V1.Encoding.Json));
    }

    [Fact]
    public void Values_are_read_as_the_type_wanted()
    {
        Assert.Equal(17, EncodingChoice.ForValues<int>(TakesJson, V1.Encoding.Json).Decode("17"u8.ToArray()));
        Assert.Equal("x", EncodingChoice.ForValues<string>(TakesJson, V1.Encoding.Json).Decode("\"x\""u8.ToArray()));
        Assert.Equal(new JsonText("[1]"), EncodingChoice.ForValues<JsonText>(TakesJson, V1.Encoding.Json).Decode("[1]"u8.ToArray()));
        Assert.Equal((1, "b"), EncodingChoice.ForValues<(int, string)>(TakesJson, V1.Encoding.Json).Decode("[1,\"b\"]"u8.ToArray()));
        Assert.Throws<JsonException>(() => EncodingChoice.ForValues<(int, int)>(TakesJson, V1.Encoding.Json).Decode("[1]"u8.ToArray()));
        Assert.Equal([1, 2], EncodingChoice.ForValues<byte[]>(TakesRaw, V1.Encoding.Raw).Decode(new byte[] { 1, 2 }));
        Assert.Equal([1, 2], EncodingChoice.ForValues<byte[]>(TakesJson, V1.Encoding.Json).Decode("\"AQI=\""u8.ToArray()));
    }

    [Theory]
    [InlineData(2, V1.Encoding.Raw)]
    [InlineData(1, V1.Encoding.Json)]
    public void A_function_of_any_encoding_answers_in_that_of_the_item(int items, V1.Encoding expected) =>
        Assert.Equal(expected, EncodingChoice.ForValues<byte[]>(TakesAny, (V1.Encoding)items).Encoding);

    private static FunctionInfo Function(FunctionEncoding encoding, string message = "") => new()
    {
        Name = "f",
        Signature = "f(x)",
        ItemEncoding = encoding,
        ValueEncoding = encoding,
        ItemMessageType = message,
        ValueMessageType = message,
    };

    private static string Json<T>(T item)
    {
        var encoder = EncodingChoice.ForItems<T>(TakesJson);
        Assert.Equal(V1.Encoding.Json, encoder.Encoding);
        return Text(encoder.Encode(item));
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private sealed record Picture(string Name, int Size);
}
