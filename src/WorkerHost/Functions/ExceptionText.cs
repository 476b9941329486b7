using System.Reflection;
using System.Text;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Reads exceptions of user code, which may throw themselves when they are asked.</summary>
internal static class ExceptionText
{
    private const int MaxInner = 8;

    /// <summary>The exception that matters: without wrappers that add nothing.</summary>
    /// <param name="exception">What was caught.</param>
    public static Exception Unwrapped(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrapped(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrapped(only),
        _ => exception,
    };

    /// <summary>Its message; never empty.</summary>
    /// <param name="exception">The exception.</param>
    public static string Message(Exception exception)
    {
        try
        {
            return string.IsNullOrWhiteSpace(exception.Message) ? exception.GetType().Name : exception.Message;
        }
        catch (Exception)
        {
            return $"{exception.GetType().Name} (its message cannot be read)";
        }
    }

    /// <summary>Its stack trace and those of its inner exceptions, without the frames of the worker itself.</summary>
    /// <param name="exception">The exception.</param>
    public static string StackTrace(Exception exception)
    {
        try
        {
            var text = new StringBuilder(Trimmed(exception.StackTrace ?? ""));
            var inner = exception.InnerException;
            for (var depth = 0; inner is not null && depth < MaxInner; depth++, inner = inner.InnerException)
            {
                text.Append("\n ---> ").Append(inner.GetType().FullName).Append(": ").Append(Message(inner)).Append('\n');
                text.Append(Trimmed(inner.StackTrace ?? ""));
            }

            return text.ToString();
        }
        catch (Exception)
        {
            return "";
        }
    }

    private static string Trimmed(string stackTrace)
    {
        var lines = stackTrace.Split('\n', StringSplitOptions.RemoveEmptyEntries).AsSpan();
        while (!lines.IsEmpty && IsOurs(lines[^1]))
        {
            lines = lines[..^1];
        }

        return string.Join('\n', lines!);
    }

    private static bool IsOurs(string line)
    {
        line = line.Trim();
        return line.StartsWith("at lambda_method", StringComparison.Ordinal)
            || line.StartsWith("at WorkerPool.WorkerHost.Functions.", StringComparison.Ordinal)
            || line.StartsWith("at WorkerPool.WorkerHost.Session.", StringComparison.Ordinal)
            || line.StartsWith("--- End of stack trace", StringComparison.Ordinal);
    }
}
