using System.Text.Json;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Gives the parts of an item to a function's parameters.</summary>
/// <param name="function">Name of the function.</param>
/// <param name="arguments">Its arguments, in the order of its parameters; tokens take no part.</param>
/// <param name="shared">Names of parameters that take no part because all items of the job have them in common.</param>
internal sealed class ArgumentList(string function, IReadOnlyList<Argument> arguments, IReadOnlyList<string> shared)
{
    private readonly Argument[] _arguments = [.. arguments];

    /// <summary>Reads an item.</summary>
    /// <param name="item">The item.</param>
    /// <exception cref="ItemRefusedException">The item is malformed, or not what the function takes.</exception>
    public void Read(in Item item)
    {
        switch (_arguments.Length)
        {
            case 0:
                break;
            case 1:
                ReadOne(item);
                break;
            default:
                ReadSeveral(item);
                break;
        }
    }

    /// <summary>Reads arguments that are an array or an object whatever their number.</summary>
    /// <param name="list">The array or object, in JSON.</param>
    /// <exception cref="ItemRefusedException">It is malformed, or not what the function takes.</exception>
    public void ReadList(in Item list) => ReadSeveral(list);

    /// <summary>Lets go of the values.</summary>
    public void Clear()
    {
        foreach (var argument in _arguments)
        {
            argument.Clear();
        }
    }

    private void ReadOne(in Item item)
    {
        try
        {
            _arguments[0].ReadItem(item);
        }
        catch (Exception error) when (error is not ItemRefusedException)
        {
            throw Refusals.FromParser(function, item, TypeWords.Expected(_arguments[0].Parameter.ParameterType), error);
        }
    }

    private void ReadSeveral(in Item item)
    {
        foreach (var argument in _arguments)
        {
            argument.IsGiven = false;
        }

        var reader = new Utf8JsonReader(item.Content.Span);
        try
        {
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    ReadByPosition(ref reader, item);
                    break;
                case JsonTokenType.StartObject:
                    ReadByName(ref reader, item);
                    break;
                default:
                    ReadFirst(ref reader, item);
                    break;
            }

            // What follows the value, if anything, is for the parser to refuse.
            while (reader.Read())
            {
            }
        }
        catch (JsonException error)
        {
            throw Refusals.FromParser(function, item, Expected(), error);
        }

        foreach (var argument in _arguments)
        {
            if (argument.IsGiven)
            {
                continue;
            }

            if (!argument.IsOptional)
            {
                throw Mismatch(item, $"{argument.Name} is missing");
            }

            argument.UseDefault();
        }
    }

    private void ReadByPosition(ref Utf8JsonReader reader, in Item item)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count == _arguments.Length)
            {
                throw Mismatch(item, $"it has more than {_arguments.Length} elements");
            }

            ReadValue(_arguments[count++], ref reader, item);
        }
    }

    private void ReadByName(ref Utf8JsonReader reader, in Item item)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var argument = Find(ref reader, item);
            if (argument.IsGiven)
            {
                throw Mismatch(item, $"{argument.Name} is given twice");
            }

            reader.Read();
            ReadValue(argument, ref reader, item);
        }
    }

    /// <summary>A value that is neither array nor object can only be meant for the first, if the rest may be left out.</summary>
    private void ReadFirst(ref Utf8JsonReader reader, in Item item)
    {
        for (var i = 1; i < _arguments.Length; i++)
        {
            if (!_arguments[i].IsOptional)
            {
                throw Mismatch(item, "");
            }
        }

        ReadValue(_arguments[0], ref reader, item);
    }

    private void ReadValue(Argument argument, ref Utf8JsonReader reader, in Item item)
    {
        var before = reader;
        try
        {
            argument.Read(ref reader);
            argument.IsGiven = true;
        }
        catch (Exception error) when (error is not ItemRefusedException)
        {
            // Throws again, as malformed, if it is the text that is at fault.
            var start = (int)before.TokenStartIndex;
            before.Skip();
            var actual = Refusals.DescribeJson(item.Content.Span[start..(int)before.BytesConsumed]);
            var expected = TypeWords.Expected(argument.Parameter.ParameterType);
            if (!JsonForm.IsWellFormed(item.Content.Span, out var problem))
            {
                throw Refusals.Malformed(item, problem);
            }

            var detail = Refusals.Detail(error);
            throw new ItemRefusedException(
                Protocol.Errors.ErrorReasons.ItemTypeMismatch,
                $"{function} takes {expected} as {argument.Name}, {item.Name} has {actual}"
                    + (detail.Length == 0 ? "" : $" ({detail})"),
                ("expected", expected),
                ("actual", actual),
                ("parameter", argument.Name));
        }
    }

    private Argument Find(ref Utf8JsonReader reader, in Item item)
    {
        foreach (var argument in _arguments)
        {
            if (reader.ValueTextEquals(argument.NameUtf8))
            {
                return argument;
            }
        }

        return FindByOtherCase(reader.GetString() ?? "", item);
    }

    /// <summary>Apart from the usual way, which its closure would make allocate.</summary>
    private Argument FindByOtherCase(string name, in Item item)
    {
        var match = Array.Find(_arguments, a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase));
        if (match is not null)
        {
            return match;
        }

        if (shared.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw Mismatch(item, $"{name} is a shared argument of the job and cannot be given with an item");
        }

        var near = NearName.Of(name, _arguments.Select(a => a.Name));
        var hint = near is null ? "" : $"; did you mean \"{near}\"?";
        throw Mismatch(item, $"it has no parameter \"{name}\"{hint}");
    }

    private ItemRefusedException Mismatch(in Item item, string detail) =>
        Refusals.Mismatch(function, item, Expected(), Refusals.Describe(item), detail);

    private string Expected()
    {
        var names = _arguments.Select(a => a.IsOptional ? a.Name + "?" : a.Name).ToArray();
        return $"an array [{string.Join(", ", names)}] or an object {{{string.Join(", ", names)}}}";
    }
}
