using System.Text.Json;
using Google.Protobuf;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>Reads an item, as a whole, for a function's only parameter.</summary>
/// <typeparam name="T">Type of the parameter.</typeparam>
internal abstract class ItemDecoder<T>
{
    /// <summary>Reads the item.</summary>
    /// <param name="item">The item, in JSON or in the parameter's own encoding.</param>
    /// <exception cref="JsonException">The item is not what the parameter takes.</exception>
    /// <exception cref="InvalidProtocolBufferException">The item is not the message the parameter takes.</exception>
    public abstract T? Decode(in Item item);
}
