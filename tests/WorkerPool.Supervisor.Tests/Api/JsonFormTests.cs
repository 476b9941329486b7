using System.Globalization;
using System.Numerics;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.Protocol.Packing;
using WorkerPool.Supervisor.Api;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Tests.Api;

public sealed class JsonFormTests
{
    private static readonly Gen<Value> AnyValue = Gen.Recursive<Value>((depth, inner) =>
    {
        var leaf = Gen.OneOf(
            Gen.Const(() => Value.ForNull()),
            Gen.Bool.Select(Value.ForBool),
            Gen.String.AlphaNumeric.Select(Value.ForString),
            Gen.Double.Where(double.IsFinite).Select(Value.ForNumber));
        return depth > 2
            ? leaf
            : Gen.Frequency(
                (4, leaf),
                (1, inner.Array[0, 3].Select(values => Value.ForList(values))),
                (1, inner.Array[0, 3].Select(StructOf)));
    });

    [Fact]
    public void Any_double_comes_back_as_it_was() => Gen.Double.Sample(number =>
    {
        if (double.IsFinite(number))
        {
            Assert.Equal(number, RoundTrip(Value.ForNumber(number))?.NumberValue);
        }
    });

    [Fact]
    public void Any_value_comes_back_as_it_was() => AnyValue.Sample(value => Assert.Equal(value, RoundTrip(value)));

    [Fact]
    public void An_integer_is_a_number_only_if_a_double_carries_it() =>
        Gen.Select(Gen.ULong, Gen.ULong[0, ulong.MaxValue], Gen.Bool).Sample((high, low, isWide) =>
        {
            var integer = isWide ? (new BigInteger(high) << 64) + low : new BigInteger(low >> (int)(high % 20));
            var isExact = new BigInteger((double)integer) == integer;
            Assert.Equal(isExact, Read(integer.ToString(CultureInfo.InvariantCulture)) is not null);
        });

    [Theory]
    [InlineData("9007199254740991")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("10000000000000000000000")]
    [InlineData("0.1")]
    [InlineData("-0.30000000000000004")]
    [InlineData("1.0")]
    [InlineData("1.50")]
    [InlineData("0.0")]
    [InlineData("1e3")]
    [InlineData("1E+300")]
    [InlineData("5E-324")]
    public void A_number_that_a_double_carries_is_a_number(string json) =>
        Assert.Equal(double.Parse(json, CultureInfo.InvariantCulture), Read(json)?.NumberValue);

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("9007199254740993.0")]
    [InlineData("9007199254740993e0")]
    [InlineData("900719925474099.3e1")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0.1234567890123456789")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e-400")]
    [InlineData("[1,[9007199254740993]]")]
    [InlineData("""{"a":{"b":9007199254740993}}""")]
    public void A_number_that_a_double_does_not_carry_is_text(string json) => Assert.Null(Read(json));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1 2")]
    [InlineData("""
        "\ud800"
        """)]
    public void What_is_no_JSON_value_is_text(string json) => Assert.Null(Read(json));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("""{"a":""", "}")]
    public void A_value_nested_too_deeply_for_a_client_to_parse_is_text(string open, string close)
    {
        var deepest = Nested(32);
        Assert.NotNull(deepest);
        var message = new MapResponse { Result = new MapResult { Value = deepest } };
        Assert.Equal(message, MapResponse.Parser.ParseFrom(message.ToByteArray()));
        Assert.Null(Nested(33));

        Value? Nested(int depth) => Read(string.Concat(Enumerable.Repeat(open, depth)) + (open == "[" ? "" : "1") + string.Concat(Enumerable.Repeat(close, depth)));
    }

    [Fact]
    public void JSON_text_is_passed_on_as_it_is()
    {
        var items = new PackedRunBuilder();
        JsonForm.Add(items, "12345678901234567890");
        JsonForm.Add(items, "not json, ü");
        var run = items.Take();
        Assert.Equal("12345678901234567890", System.Text.Encoding.UTF8.GetString(run.Slice(0, 1).Data.Span));
        Assert.Equal("not json, ü", System.Text.Encoding.UTF8.GetString(run.Slice(1, 1).Data.Span));
    }

    [Fact]
    public void A_value_that_JSON_has_not_is_null()
    {
        Assert.Equal("null", Write(Value.ForNumber(double.NaN)));
        Assert.Equal("null", Write(Value.ForNumber(double.PositiveInfinity)));
        Assert.Equal("null", Write(new Value()));
    }

    private static Value StructOf(Value[] values)
    {
        var fields = new Struct();
        foreach (var (position, value) in values.Index())
        {
            fields.Fields[$"field {position}"] = value;
        }

        return Value.ForStruct(fields);
    }

    private static string Write(Value value)
    {
        var items = new PackedRunBuilder();
        JsonForm.Add(items, value);
        return System.Text.Encoding.UTF8.GetString(items.Take().Data.Span);
    }

    private static Value? RoundTrip(Value value) => Read(Write(value));

    private static Value? Read(string json) => JsonForm.TryRead(System.Text.Encoding.UTF8.GetBytes(json));
}
