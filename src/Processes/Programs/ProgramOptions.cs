namespace WorkerPool.Processes.Programs;

/// <summary>A program as a function: how it is called with an item, and how its output is read.</summary>
public sealed class ProgramOptions
{
    /// <summary>
    /// The program and its arguments. <c>{}</c> inside of an argument stands for the item, <c>{1}</c> to <c>{99}</c> for an
    /// element of an item that is an array; without any, the item becomes the last argument, an
    /// array one argument for each element, and <c>null</c> none. With <see cref="Shell"/> a line for <c>/bin/sh</c>, in which the item is <c>"$1"</c>.
    /// </summary>
    public ProgramCommand Command { get; set; } = [];

    /// <summary>How the program is given the item. Default: as arguments.</summary>
    public ProgramInput Input { get; set; } = ProgramInput.Arguments;

    /// <summary>What the program writes to stdout. Default: text.</summary>
    public ProgramOutput Output { get; set; } = ProgramOutput.Text;

    /// <summary>What the function does, in a sentence, for those who list functions. Default: which program it runs.</summary>
    public string Summary { get; set; } = "";

    /// <summary>Whether the command is a line for <c>/bin/sh</c>. Default: no, no shell is involved.</summary>
    public bool Shell { get; set; }

    /// <summary>The directory the program runs in. Default: the pool's.</summary>
    public string Directory { get; set; } = "";

    /// <summary>What the program's environment has beside the pool's. Default: nothing.</summary>
    public IDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>How a program is given its item.</summary>
public enum ProgramInput
{
    /// <summary>As arguments; stdin is empty.</summary>
    Arguments,

    /// <summary>On stdin: a string as its text, bytes as they are, anything else as JSON.</summary>
    Stdin,
}

/// <summary>What a program writes to stdout.</summary>
public enum ProgramOutput
{
    /// <summary>UTF-8 text; the value is a string, without the line end at its end.</summary>
    Text,

    /// <summary>One JSON value.</summary>
    Json,

    /// <summary>Bytes.</summary>
    Bytes,
}
