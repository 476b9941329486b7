using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>The place of an argument of one type.</summary>
/// <typeparam name="T">The parameter's type.</typeparam>
internal sealed class Argument<T> : Argument
{
    private readonly T? _default;
    private ItemDecoder<T>? _decoder;
    private JsonTypeInfo<T>? _type;

    /// <summary>The place for a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    public Argument(ParameterInfo parameter)
        : base(parameter)
    {
        if (IsOptional)
        {
            _default = parameter.DefaultValue switch
            {
                null => default,
                T value => value,

                // The default of a nullable enum comes as its number.
                var number => (T)Enum.ToObject(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), number),
            };
        }
    }

    /// <summary>The value of the item that is running. A field, because the compiled call reads it directly.</summary>
    internal T? Current;

    /// <inheritdoc/>
    public override Expression Value => Expression.Field(Expression.Constant(this), nameof(Current));

    /// <inheritdoc/>
    public override void ReadItem(in Item item)
    {
        _decoder ??= (ItemDecoder<T>)Codecs.Decoder(typeof(T));
        Current = Checked(_decoder.Decode(item));
    }

    /// <inheritdoc/>
    protected override object? Boxed
    {
        get => Current;
        set => Current = (T?)value;
    }

    /// <inheritdoc/>
    public override void Read(ref Utf8JsonReader reader)
    {
        _type ??= JsonForm.TypeInfo<T>();
        Current = Checked(JsonSerializer.Deserialize(ref reader, _type));
    }

    /// <inheritdoc/>
    public override void UseDefault() => Current = _default;

    /// <inheritdoc/>
    public override void Clear() => Current = default;

    private T? Checked(T? value)
    {
        if (value is null && !AllowsNull)
        {
            throw new JsonException("null");
        }

        return value;
    }
}
