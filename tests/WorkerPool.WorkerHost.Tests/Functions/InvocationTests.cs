using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.Protocol.Errors;
using Encoding = WorkerPool.V1.Encoding;

namespace WorkerPool.WorkerHost.Tests.Functions;

public class InvocationTests
{
    [Theory]
    [InlineData("int_add_one", "41", "42")]
    [InlineData("upper", "\"grüße <&>\"", "\"GRÜßE <&>\"")]
    [InlineData("upper_or_null", "null", "null")]
    [InlineData("sum", "[1, 2.5]", "3.5")]
    [InlineData("swap", "{\"x\":1,\"Y\":2}", "{\"x\":2,\"y\":1}")]
    [InlineData("nothing", "1", "null")]
    [InlineData("task", "1", "null")]
    [InlineData("task_of", "21", "42")]
    [InlineData("value_task", "1", "null")]
    [InlineData("value_task_of", "14", "42")]
    [InlineData("constant", "\"ignored\"", "42")]
    [InlineData("constant", "not even JSON", "42")]
    [InlineData("minus", "[5, 3]", "2")]
    [InlineData("minus", " {\"Subtrahend\": 3, \"minuend\": 5} ", "2")]
    [InlineData("range", "[1]", "\"1..10 Green -\"")]
    [InlineData("range", "7", "\"7..10 Green -\"")]
    [InlineData("range", "{\"from\":1,\"name\":\"n\",\"colour\":0}", "\"1..10 Red n\"")]
    [InlineData("payload", "[\"AQID\", 4]", "7")]
    [InlineData("kind", "[1]", "\"Array\"")]
    [InlineData("echo", "{ \"as\" : \"is\" }", "{ \"as\" : \"is\" }")]
    public void A_function_answers(string function, string item, string value) =>
        Assert.Equal((value, null), Invocation.Run(function, item));

    [Theory]
    [InlineData("square", "\"abc\"", "square takes a number, item 3 is the string \"abc\"")]
    [InlineData("square", "null", "square takes a number, item 3 is null")]
    [InlineData("square", "[1]", "square takes a number, item 3 is the array [1]")]
    [InlineData("square", "\"12\"", "square takes a number, item 3 is the string \"12\"")]
    [InlineData("int_add_one", "1.5", "int_add_one takes an integer from -2147483648 to 2147483647, item 3 is the number 1.5")]
    [InlineData("upper", "null", "upper takes a string, item 3 is null")]
    [InlineData("swap", "{\"x\":\"one\"}", "swap takes an object of type Point, item 3 is the object {\"x\":\"one\"} (at $.x)")]
    [InlineData("minus", "5", "minus takes an array [minuend, subtrahend] or an object {minuend, subtrahend}, item 3 is the number 5")]
    [InlineData("minus", "[5]", "(subtrahend is missing)")]
    [InlineData("minus", "[5,3,1]", "(it has more than 2 elements)")]
    [InlineData("minus", "{\"minuend\":1,\"subtrahent\":2}", "(it has no parameter \"subtrahent\"; did you mean \"subtrahend\"?)")]
    [InlineData("minus", "{\"minuend\":1,\"MINUEND\":2}", "(minuend is given twice)")]
    [InlineData("power", "[2,\"x\"]", "power takes a number as exponent, item 3 has the string \"x\"")]
    [InlineData("reverse", "\"***\"", "reverse takes bytes (in JSON a base64 string), item 3 is the string \"***\"")]
    [InlineData("shout", "{\"no\":1}", "shout takes an object")]
    public void An_item_of_the_wrong_type_is_told_so(string function, string item, string message)
    {
        var (value, error) = Invocation.Run(function, item);
        Assert.Null(value);
        Assert.Equal(ErrorReasons.ItemTypeMismatch, error!.Reason);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Metadata["expected"]);
        Assert.NotEmpty(error.Metadata["actual"]);
    }

    [Theory]
    [InlineData("square", "")]
    [InlineData("square", "1 2")]
    [InlineData("square", "{")]
    [InlineData("swap", "{\"x\":1,")]
    [InlineData("minus", "[1,")]
    [InlineData("minus", "[1,2] 3")]
    [InlineData("minus", "[1,tru")]
    [InlineData("minus", "")]
    [InlineData("reverse", "\"AA")]
    [InlineData("shout", "\"AA")]
    public void Malformed_JSON_is_told_so(string function, string item)
    {
        var (_, error) = Invocation.Run(function, item);
        Assert.Equal(ErrorReasons.ItemMalformed, error!.Reason);
        Assert.Contains("item 3 is not JSON", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_came_is_shortened()
    {
        var (_, error) = Invocation.Run("square", $"\"{new string('é', 5000)}\"");
        Assert.InRange(error!.Message.Length, 80, 130);
        Assert.EndsWith("é…", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_go_in_and_out_raw_or_as_base64()
    {
        byte[] bytes = [1, 2, 3];
        foreach (var (function, expected) in new[] { ("reverse", new byte[] { 3, 2, 1 }), ("tail", [2, 3]) })
        {
            Assert.Equal(expected, Invocation.Run(function, bytes, Encoding.Raw, Encoding.Raw).Value);
            Assert.Equal(
                $"\"{Convert.ToBase64String(expected)}\"",
                Invocation.Run(function, $"\"{Convert.ToBase64String(bytes)}\"").Value);
        }

        Assert.Equal("null", Invocation.Run("no_bytes", "\"\"").Value);
        Assert.Equal(
            ErrorReasons.ValueNotEncodable, Invocation.Run("no_bytes", [], Encoding.Raw, Encoding.Raw).Error!.Reason);
    }

    [Fact]
    public void A_message_goes_in_and_out_binary_or_as_JSON()
    {
        var item = new StringValue { Value = "hey" }.ToByteArray();
        var value = Invocation.Run("shout", item, Encoding.Protobuf, Encoding.Protobuf).Value;
        Assert.Equal("hey!", StringValue.Parser.ParseFrom(value).Value);
        Assert.Equal("\"hey!\"", Invocation.Run("shout", "\"hey\"").Value);
        Assert.Equal(
            ErrorReasons.ItemMalformed,
            Invocation.Run("shout", [0x0A, 0x7F], Encoding.Protobuf, Encoding.Protobuf).Error!.Reason);
    }

    [Fact]
    public void An_encoded_item_takes_any_encoding_and_says_its_own()
    {
        Assert.Equal("\"AQ==\"", System.Text.Encoding.UTF8.GetString(
            Invocation.Run("echo", [1], Encoding.Raw, Encoding.Json).Value!));
        Assert.Equal([1], Invocation.Run("as_raw", [1], Encoding.Protobuf, Encoding.Raw).Value!);
        Assert.Equal(
            ErrorReasons.ValueNotEncodable, Invocation.Run("echo", [1], Encoding.Protobuf, Encoding.Json).Error!.Reason);
        Assert.Equal(ErrorReasons.ValueNotEncodable, Invocation.Run("bad_json", "1").Error!.Reason);
    }

    [Fact]
    public void An_encoding_that_is_not_the_functions_own_is_refused()
    {
        var (_, error) = Invocation.Run("square", [1], Encoding.Raw, Encoding.Json);
        Assert.Equal((ErrorReasons.EncodingMismatch, "square takes items as Json, not as Raw."), (error!.Reason, error.Message));
        Assert.Equal(
            "reverse gives values as Json and Raw, not as Protobuf.",
            Invocation.Run("reverse", [1], Encoding.Raw, Encoding.Protobuf).Error!.Message);
    }

    [Fact]
    public void An_unknown_function_is_told_with_a_near_one()
    {
        var (_, error) = Invocation.Run("sqare", "1");
        Assert.Equal(ErrorReasons.UnknownFunction, error!.Reason);
        Assert.Contains("Did you mean \"square\"?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_function_throws_comes_with_its_type_and_only_its_own_frames()
    {
        var (_, error) = Invocation.Run("fail", "\"boom\"");
        Assert.Equal(
            (ErrorReasons.FunctionFailed, "boom", "System.InvalidOperationException"),
            (error!.Reason, error.Message, error.Type));
        Assert.Contains("GeneralFunctions.Fail", error.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("lambda_method", error.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("ItemRunner", error.StackTrace, StringComparison.Ordinal);
        Assert.Equal("{\"a\": 1}", Invocation.Run("fail", "{\"a\": 1}").Error!.Message);
    }

    [Fact]
    public void An_aggregate_of_one_is_unwrapped_from_a_task()
    {
        var (_, error) = Invocation.Run("aggregate", "1");
        Assert.Equal(("System.FormatException", "only one"), (error!.Type, error.Message));
    }

    [Fact]
    public void An_exception_that_throws_when_asked_is_still_an_error()
    {
        var (_, error) = Invocation.Run("rude", "1");
        Assert.Equal(typeof(RudeException).FullName, error!.Type);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void Messages_are_cut_between_characters_and_made_well_formed()
    {
        var (_, error) = Invocation.Run("long_message", "1");
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(error!.Message), 8000, 8192);
        Assert.EndsWith("é…", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Invocation.Run("half_a_character", "1").Error!.ToByteArray());
    }

    [Theory]
    [InlineData("unwritable", "not today")]
    [InlineData("not_a_number", "")]
    public void A_value_that_cannot_be_written_is_told_so(string function, string message)
    {
        var (_, error) = Invocation.Run(function, "1");
        Assert.Equal(ErrorReasons.ValueNotEncodable, error!.Reason);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_over_the_limit_is_told_with_both_numbers()
    {
        var item = "99"u8.ToArray();
        Assert.Null(Invocation.Run("big", item, Encoding.Json, Encoding.Json, maxValueBytes: 101).Error);
        var (_, error) = Invocation.Run("big", item, Encoding.Json, Encoding.Json, maxValueBytes: 100);
        Assert.Equal(ErrorReasons.ValueTooLarge, error!.Reason);
        Assert.Equal(("101", "100"), (error.Metadata["size"], error.Metadata["limit"]));
    }

    [Theory]
    [InlineData("square", "12", null)]
    [InlineData("square", "12", 10)]
    [InlineData("add", "[1,2]", null)]
    [InlineData("add", "{\"a\":1,\"b\":2}", null)]
    [InlineData("int_add_one", "12", null)]
    [InlineData("value_task_of", "12", null)]
    [InlineData("minus", "[5,3]", 10)]
    public void An_item_costs_no_allocation_but_what_its_function_allocates(string function, string item, int? seconds)
    {
        TimeSpan? timeout = seconds is { } limit ? TimeSpan.FromSeconds(limit) : null;

        // A little is left for the test's own and the runtime's; one object an item would be 24 000.
        Assert.InRange(Invocation.AllocatedBytes(function, item, 1000, timeout), 0, 8000);
    }

    [Fact]
    public void A_null_task_is_the_functions_error() =>
        Assert.Equal(ErrorReasons.FunctionFailed, Invocation.Run("null_task", "1").Error!.Reason);

    [Fact]
    public void The_catalogue_tells_signatures_and_encodings()
    {
        var functions = Invocation.Catalogue().Functions.ToDictionary(f => f.Name, f => f.Description);
        Assert.Equal("range(from: integer, to: integer = 10, colour: integer = 1, name: string = null) -> string", functions["range"].Signature);
        Assert.Equal([false, true, true, true], functions["range"].Parameters.Select(p => p.Optional));
        Assert.Equal("minus(minuend: integer, subtrahend: integer) -> integer", functions["minus"].Signature);
        Assert.Equal("nothing(x: integer) -> null", functions["nothing"].Signature);
        Assert.Equal("sum(numbers: number[]) -> number", functions["sum"].Signature);
        Assert.Equal((Encoding.Raw, Encoding.Raw), (functions["reverse"].Encoding, functions["reverse"].ValueEncoding));
        Assert.Equal(Encoding.Unspecified, functions["echo"].Encoding);
        Assert.Equal("google.protobuf.StringValue", functions["shout"].MessageType);
        Assert.Equal("google.protobuf.StringValue", functions["shout"].ValueMessageType);
        Assert.NotEmpty(functions["square"].Summary);
    }
}
