using System.Globalization;
using System.Text;

namespace WorkerPool.Client;

/// <summary>An item has no value: its function threw or its program failed, it ran out of time, its worker crashed, or it never got there.</summary>
public sealed class ItemFailedException : WorkerPoolException
{
    private static readonly IReadOnlyDictionary<string, string> NoMetadata = new Dictionary<string, string>();

    /// <summary>The failure of an item.</summary>
    /// <param name="index">Index of the item in its job.</param>
    /// <param name="reason">What went wrong, as an UPPER_SNAKE word.</param>
    /// <param name="description">What went wrong, for a person, without the index.</param>
    /// <param name="innerException">What it came from, where that happened on this side.</param>
    public ItemFailedException(long index, string reason, string description, Exception? innerException = null)
        : base(reason, $"Item {index.ToString(CultureInfo.InvariantCulture)} failed ({reason}): {description}", innerException)
    {
        Index = index;
        Description = description;
    }

    internal ItemFailedException(V1.ItemError error)
        : this((long)error.Index, error.Reason, error.Message)
    {
        RemoteType = error.Type;
        RemoteStackTrace = error.StackTrace;
        Attempts = (int)error.Attempts;
        Metadata = error.Metadata.Count == 0 ? NoMetadata : error.Metadata;
    }

    /// <summary>The same failure, of an item whose caller knows it by another index.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="index">Index of the item as its caller knows it.</param>
    internal ItemFailedException(ItemFailedException failure, long index)
        : this(index, failure.Reason, failure.Description, failure.InnerException)
    {
        RemoteType = failure.RemoteType;
        RemoteStackTrace = failure.RemoteStackTrace;
        Attempts = failure.Attempts;
        Metadata = failure.Metadata;
    }

    /// <summary>Index of the item in its job. Range: 0 and up.</summary>
    public long Index { get; }

    /// <summary>What went wrong, for a person; <see cref="Exception.Message"/> without index and reason.</summary>
    public string Description { get; }

    /// <summary>Full name of the exception's type where the function threw, else empty.</summary>
    public string RemoteType { get; } = "";

    /// <summary>Stack trace from the worker where the function threw, else empty.</summary>
    public string RemoteStackTrace { get; } = "";

    /// <summary>How many times the item was tried. Range: 0 (it never ran) and up.</summary>
    public int Attempts { get; }

    /// <summary>Further values the reason comes with, such as the limit that was exceeded.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = NoMetadata;

    /// <summary>The failure with the worker's stack trace above that of the caller.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(GetType().FullName).Append(": ").Append(Message);
        if (RemoteType.Length > 0)
        {
            text.AppendLine().Append(" ---> ").Append(RemoteType);
        }

        if (RemoteStackTrace.Length > 0)
        {
            text.AppendLine().AppendLine(RemoteStackTrace.TrimEnd()).Append("   --- End of stack trace from the worker ---");
        }

        if (InnerException is not null)
        {
            text.AppendLine().Append(" ---> ").Append(InnerException);
        }

        if (StackTrace is not null)
        {
            text.AppendLine().Append(StackTrace);
        }

        return text.ToString();
    }
}
