using WorkerPool.Processes.Programs;
using WorkerPool.Protocol.Errors;
using Encoding = WorkerPool.V1.Encoding;

namespace WorkerPool.WorkerHost.Tests.Programs;

public class ProgramCallTests
{
    // Prints how many arguments there are, and each in brackets.
    private const string Show = "sh -c 'printf %s $#; for each; do printf \"[%s]\" \"$each\"; done' sh";

    [Theory]
    [InlineData(Show + " {}", "\"a b\"", "1[a b]")]
    [InlineData(Show + " x{}y {}", "\"a\"", "2[xay][a]")]
    [InlineData(Show + " a", "\"b\"", "2[a][b]")]
    [InlineData(Show + " a", "\"\"", "2[a][]")]
    [InlineData(Show + " a", "null", "1[a]")]
    [InlineData(Show + " {}", "null", "1[null]")]
    [InlineData(Show, "12.50", "1[12.50]")]
    [InlineData(Show, "true", "1[true]")]
    [InlineData(Show, "{\"a\": [1, 2]}", "1[{\"a\": [1, 2]}]")]
    [InlineData(Show, "[\"a b\", 2]", "2[a b][2]")]
    [InlineData(Show, "[]", "0")]
    [InlineData(Show + " {}", "[\"a\", 2]", "1[[\"a\", 2]]")]
    [InlineData(Show + " {2}-{1} {}", "[\"a\", 2]", "2[2-a][[\"a\", 2]]")]
    [InlineData(Show + " {}", "\"{} $(id) `id` ; | {1}\"", "1[{} $(id) `id` ; | {1}]")]
    [InlineData(Show + " {4,4} {a} {0} {}", "\"x\"", "4[{4,4}][{a}][{0}][x]")]
    [InlineData(Show + " {}", "\"grüße 👋\\n\"", "1[grüße 👋\n]")]
    public void The_item_becomes_arguments(string command, string item, string shown) => Assert.Equal(
        (System.Text.Json.JsonSerializer.Serialize(shown, Relaxed), null),
        ProgramFunctions.Run(new ProgramOptions { Command = command }, item));

    [Theory]
    [InlineData("\"grüße\"", "grüße")]
    [InlineData("{\"a\": 1}", "{\"a\": 1}")]
    [InlineData("null", "null")]
    [InlineData("[1]", "[1]")]
    public void The_item_can_be_read_from_stdin(string item, string read) => Assert.Equal(
        (System.Text.Json.JsonSerializer.Serialize(read, Relaxed), null),
        ProgramFunctions.Run(new ProgramOptions { Command = "cat", Input = ProgramInput.Stdin }, item));

    [Fact]
    public void On_stdin_placeholders_are_no_placeholders() => Assert.Equal(
        ("\"{} x\"", null), ProgramFunctions.Run(new ProgramOptions { Command = "sh -c 'printf \"%s \" \"$1\"; cat' sh {}", Input = ProgramInput.Stdin }, "\"x\""));

    [Fact]
    public void Stdin_is_empty_unless_the_item_goes_there() =>
        Assert.Equal(("\"0\"", null), ProgramFunctions.Run(new ProgramOptions { Command = "wc -c < /dev/stdin", Shell = true }, "\"x\""));

    [Fact]
    public void A_shell_that_is_asked_for_has_the_item_as_its_argument_and_does_not_read_it()
    {
        var options = new ProgramOptions { Command = "printf %s \"$1\" | tr a-z A-Z", Shell = true };
        Assert.Equal(("\"A; $(ID)\"", null), ProgramFunctions.Run(options, "\"a; $(id)\""));
    }

    [Fact]
    public void Directory_and_environment_are_as_declared()
    {
        var options = new ProgramOptions { Command = "pwd; echo $WORKERPOOL_TEST", Shell = true, Directory = "/usr", Environment = { ["WORKERPOOL_TEST"] = "a b" } };
        Assert.Equal(("\"/usr\\na b\"", null), ProgramFunctions.Run(options, "null"));
    }

    [Theory]
    [InlineData("a", "\"a\"")]
    [InlineData("a\n", "\"a\"")]
    [InlineData("a\n\n", "\"a\\n\"")]
    [InlineData("a\r\n", "\"a\"")]
    [InlineData("", "\"\"")]
    public void Text_loses_one_line_end(string text, string value) =>
        Assert.Equal((value, null), ProgramFunctions.Run(Cat(ProgramOutput.Text), System.Text.Json.JsonSerializer.Serialize(text)));

    [Fact]
    public void Json_is_the_value_itself() => Assert.Equal(
        ("{\"a\": [1,\n2]}", null), ProgramFunctions.Run(Cat(ProgramOutput.Json), " {\"a\": [1,\n2]}\n "));

    [Fact]
    public void Bytes_are_base64_in_json_and_raw_otherwise()
    {
        byte[] bytes = [0, 255, 1, 10];
        Assert.Equal(bytes, ProgramFunctions.Run(Cat(ProgramOutput.Bytes), bytes, Encoding.Raw, Encoding.Raw).Value);
        Assert.Equal("\"AP8BCg==\""u8.ToArray(), ProgramFunctions.Run(Cat(ProgramOutput.Bytes), bytes, Encoding.Raw, Encoding.Json).Value);
    }

    [Theory]
    [InlineData(ProgramOutput.Json, "printf oops", ErrorReasons.ValueNotEncodable, "What sh wrote to stdout is not one JSON value: ")]
    [InlineData(ProgramOutput.Json, "printf '1 2'", ErrorReasons.ValueNotEncodable, "It begins with: 1 2")]
    [InlineData(ProgramOutput.Json, "true", ErrorReasons.ValueNotEncodable, "What sh wrote to stdout is nothing")]
    [InlineData(ProgramOutput.Text, "printf '\\377'", ErrorReasons.ValueNotEncodable, "is not UTF-8 text; declare its output as bytes")]
    [InlineData(ProgramOutput.Text, "echo out; echo one >&2; echo two >&2; exit 3", ErrorReasons.ProgramFailed, "sh ended with exit code 3: one\ntwo")]
    [InlineData(ProgramOutput.Text, "exit 3", ErrorReasons.ProgramFailed, "sh ended with exit code 3, and wrote nothing to stderr")]
    [InlineData(ProgramOutput.Text, "kill -SEGV $$", ErrorReasons.ProgramFailed, "sh ended with SIGSEGV (exit code 139)")]
    [InlineData(ProgramOutput.Text, "seq 30 >&2; exit 1", ErrorReasons.ProgramFailed, "exit code 1: 11\n12\n")]
    public void What_a_program_does_wrong_is_its_items_error(ProgramOutput output, string script, string reason, string message)
    {
        var (value, error) = ProgramFunctions.Run(new ProgramOptions { Command = script, Shell = true, Output = output }, "null");
        Assert.Null(value);
        Assert.Equal(reason, error!.Reason);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void How_a_program_ended_is_there_for_programs()
    {
        var metadata = ProgramFunctions.Run(new ProgramOptions { Command = "echo sad >&2; kill -TERM $$", Shell = true }, "null").Error!.Metadata;
        Assert.Equal(("143", "SIGTERM", "sad"), (metadata["exit_code"], metadata["signal"], metadata["stderr"]));
    }

    [Theory]
    [InlineData("cat {2}", "\"a\"", ErrorReasons.ItemTypeMismatch, "program takes an array of 2, item 3 is the string \"a\" ({2} in its command stands for an element)")]
    [InlineData("cat {2}", "[1,2,3]", ErrorReasons.ItemTypeMismatch, "program takes an array of 2, item 3 is the array [1,2,3]")]
    [InlineData("cat {}", "\"a\\u0000b\"", ErrorReasons.ItemTypeMismatch, "item 3 has the character NUL in it")]
    [InlineData("cat {}", "oops", ErrorReasons.ItemMalformed, "item 3 is not JSON")]
    [InlineData("cat {}", "\"\\ud800\"", ErrorReasons.ItemMalformed, "item 3 is not JSON")]
    public void An_item_that_cannot_be_given_is_told_so(string command, string item, string reason, string message)
    {
        var (value, error) = ProgramFunctions.Run(new ProgramOptions { Command = command }, item);
        Assert.Null(value);
        Assert.Equal(reason, error!.Reason);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_too_long_for_an_argument_is_told_so()
    {
        var (_, error) = ProgramFunctions.Run(new ProgramOptions { Command = "cat" }, $"\"{new string('a', 1 << 20)}\"");
        Assert.Equal(ErrorReasons.ProgramFailed, error!.Reason);
        Assert.StartsWith("cat could not be started: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Much_data_goes_through_both_ways_at_once()
    {
        var data = new byte[8 << 20];
        new Random(1).NextBytes(data);
        var options = new ProgramOptions { Command = "tee /dev/stderr 2>/dev/null", Shell = true, Input = ProgramInput.Stdin, Output = ProgramOutput.Bytes };
        Assert.Equal(data, ProgramFunctions.Run(options, data, Encoding.Raw, Encoding.Raw, 16 << 20).Value);
    }

    [Fact]
    public void A_program_need_not_read_its_input()
    {
        var options = new ProgramOptions { Command = "true", Input = ProgramInput.Stdin };
        Assert.Equal("\"\""u8.ToArray(), ProgramFunctions.Run(options, new byte[8 << 20], Encoding.Raw).Value);
    }

    [Fact]
    public void A_program_that_writes_without_end_is_ended_at_the_limit_of_values()
    {
        var (_, error) = ProgramFunctions.Run(new ProgramOptions { Command = "yes" }, "\"a\""u8.ToArray(), maxValueBytes: 100_000);
        Assert.Equal((ErrorReasons.ValueTooLarge, "100000"), (error!.Reason, error.Metadata["limit"]));
        Assert.StartsWith("yes wrote more to stdout than the pool's limit of 100000 bytes, and was ended.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_still_holds_a_programs_output_after_its_end_is_killed()
    {
        var (value, error) = ProgramFunctions.Run(new ProgramOptions { Command = "sleep 3600 & echo $!", Shell = true }, "null");
        Assert.Null(error);
        Assert.False(ProcessSignals.IsAlive(int.Parse(value!.Trim('"'), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_catalogue_says_what_a_program_takes_and_gives()
    {
        var text = ProgramFunctions.Of(new ProgramOptions { Command = "cat {}" }, "text").Description;
        Assert.Equal(("text(item: any) -> string", "Runs the program cat."), (text.Signature, text.Summary));
        Assert.Equal((Encoding.Json, Encoding.Json), (text.Encoding, text.ValueEncoding));
        var bytes = ProgramFunctions.Of(Cat(ProgramOutput.Bytes), "bytes").Description;
        Assert.Equal((Encoding.Unspecified, Encoding.Raw), (bytes.Encoding, bytes.ValueEncoding));
        var two = ProgramFunctions.Of(new ProgramOptions { Command = "cat {2} {1}", Output = ProgramOutput.Json, Summary = "Both." }, "two").Description;
        Assert.Equal(("two(item1: any, item2: any) -> any", "Both."), (two.Signature, two.Summary));
        Assert.Equal(["item1", "item2"], two.Parameters.Select(parameter => parameter.Name));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static ProgramOptions Cat(ProgramOutput output) => new() { Command = "cat", Input = ProgramInput.Stdin, Output = output };
}
