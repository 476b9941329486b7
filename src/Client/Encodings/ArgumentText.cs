using System.Text.Json;

namespace WorkerPool.Client.Encodings;

/// <summary>Arguments of an initializer as JSON text.</summary>
internal static class ArgumentText
{
    /// <summary>The text.</summary>
    /// <param name="arguments">An array, by position, or an object, by name; <c>null</c> for none.</param>
    /// <exception cref="ArgumentException">They are neither, or cannot be encoded.</exception>
    public static string Of(object? arguments)
    {
        if (arguments is null)
        {
            return "[]";
        }

        string text;
        try
        {
            text = JsonSerializer.Serialize(arguments, arguments.GetType(), JsonFormat.Options);
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            throw new ArgumentException($"The arguments of the initializer cannot be encoded: {e.Message}", nameof(arguments), e);
        }

        return text.TrimStart() is ['[' or '{', ..]
            ? text
            : throw new ArgumentException(
                $"The arguments of the initializer are {text}; expected an array (by position) or an object (by name).", nameof(arguments));
    }
}
