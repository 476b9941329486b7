using System.Globalization;
using System.Text.Json;
using WorkerPool.Processes.Programs;
using WorkerPool.Protocol.Errors;
using WorkerPool.WorkerHost.Functions;

namespace WorkerPool.WorkerHost.Programs;

/// <summary>The arguments that a program is called with for an item.</summary>
internal static class ItemArguments
{
    /// <summary>How many elements a program's placeholders take from an array.</summary>
    /// <param name="program">The program.</param>
    /// <returns>The highest that is asked for; 0 where the item is taken whole.</returns>
    public static int ElementCount(ProgramDeclaration program) =>
        program.HasPlaceholders ? program.Arguments.SelectMany(Placeholders.Of).Max() : 0;

    /// <summary>The arguments for an item.</summary>
    /// <param name="program">The program.</param>
    /// <param name="item">The item, as JSON where it goes into the arguments.</param>
    /// <exception cref="ItemRefusedException">It is malformed, not an array where one is needed, or cannot be an argument.</exception>
    public static IReadOnlyList<string> For(ProgramDeclaration program, in Item item)
    {
        if (program.Input != ProgramInput.Arguments)
        {
            return program.Arguments;
        }

        using var document = Parse(item);
        var root = document.RootElement;
        if (program.HasPlaceholders)
        {
            var elements = Elements(program, item, root);
            var texts = elements.Prepend(root).Select(ItemText.Of).ToArray();
            return Checked(program, item, [.. program.Arguments.Select(word => Placeholders.Replace(word, position => texts[position]))]);
        }

        // null is no argument, so that a program which takes none can be called.
        return root.ValueKind switch
        {
            JsonValueKind.Null => program.Arguments,
            JsonValueKind.Array => Checked(program, item, [.. program.Arguments, .. root.EnumerateArray().Select(ItemText.Of)]),
            _ => Checked(program, item, [.. program.Arguments, ItemText.Of(root)]),
        };
    }

    private static JsonDocument Parse(in Item item) => JsonForm.IsWellFormed(item.Content.Span, out var problem)
        ? JsonDocument.Parse(item.Content)
        : throw Refusals.Malformed(item, problem);

    private static IReadOnlyList<JsonElement> Elements(ProgramDeclaration program, in Item item, JsonElement root)
    {
        var count = ElementCount(program);
        if (count == 0)
        {
            return [];
        }

        return root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == count
            ? [.. root.EnumerateArray()]
            : throw Refusals.Mismatch(
                program.Name,
                item,
                string.Create(CultureInfo.InvariantCulture, $"an array of {count}"),
                Refusals.Describe(item),
                string.Create(CultureInfo.InvariantCulture, $"{{{count}}} in its command stands for an element"));
    }

    private static IReadOnlyList<string> Checked(ProgramDeclaration program, in Item item, IReadOnlyList<string> arguments) =>
        arguments.Any(argument => argument.Contains('\0'))
            ? throw new ItemRefusedException(
                ErrorReasons.ItemTypeMismatch,
                $"item {item.Index} has the character NUL in it, which no argument of {program.Name} can have; let the program read it on stdin")
            : arguments;
}
