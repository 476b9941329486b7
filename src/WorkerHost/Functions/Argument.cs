using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>
/// The place from which a function's call takes one of its arguments. A call runs one item at a time, so one place
/// a parameter is enough, and nothing is boxed or allocated.
/// </summary>
internal abstract class Argument
{
    private bool? _allowsNull;

    /// <summary>The place for a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    protected Argument(ParameterInfo parameter)
    {
        Parameter = parameter;
        Name = parameter.Name ?? $"argument{parameter.Position}";
        NameUtf8 = System.Text.Encoding.UTF8.GetBytes(Name);
        IsOptional = parameter.HasDefaultValue;
    }

    /// <summary>The parameter.</summary>
    public ParameterInfo Parameter { get; }

    /// <summary>Name of the parameter.</summary>
    public string Name { get; }

    /// <summary>Name of the parameter in UTF-8.</summary>
    public byte[] NameUtf8 { get; }

    /// <summary>Whether the parameter has a default value.</summary>
    public bool IsOptional { get; }

    /// <summary>Whether the item has given a value. Set by whoever reads the item.</summary>
    public bool IsGiven { get; set; }

    /// <summary>The argument as the call takes it.</summary>
    public abstract Expression Value { get; }

    /// <summary>
    /// Whether <c>null</c> may be passed. Asked at the first null only: nullability annotations are slow to read.
    /// </summary>
    protected bool AllowsNull =>
        _allowsNull ??= new NullabilityInfoContext().Create(Parameter).ReadState != NullabilityState.NotNull;

    /// <summary>A place of the right type.</summary>
    /// <param name="parameter">The parameter.</param>
    public static Argument Create(ParameterInfo parameter) =>
        (Argument)Activator.CreateInstance(typeof(Argument<>).MakeGenericType(parameter.ParameterType), parameter)!;

    /// <summary>Takes the whole item.</summary>
    /// <param name="item">The item.</param>
    /// <exception cref="JsonException">It is not what the parameter takes.</exception>
    public abstract void ReadItem(in Item item);

    /// <summary>Takes what all items of a job have in common, for as long as the job is held.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ItemRefusedException">It is malformed, or not what the parameter takes.</exception>
    public void ReadShared(string function, SharedValue value)
    {
        Boxed = value.ReadOnce(content =>
        {
            if (value.Encoding == V1.Encoding.Raw && Parameter.ParameterType == typeof(byte[]))
            {
                // The bytes themselves are the value.
                return content;
            }

            var item = new Item(0, value.Encoding, content) { Label = $"the shared argument {Name}" };
            try
            {
                ReadItem(item);
                return Boxed;
            }
            catch (Exception error) when (error is not ItemRefusedException)
            {
                throw Refusals.FromParser(function, item, $"{TypeWords.Expected(Parameter.ParameterType)} as {Name}", error);
            }
        });
    }

    /// <summary>The value, for those who do not know its type.</summary>
    protected abstract object? Boxed { get; set; }

    /// <summary>Takes a JSON value inside of the item.</summary>
    /// <param name="reader">Stands on the value's first token; afterwards on its last.</param>
    /// <exception cref="JsonException">It is not what the parameter takes.</exception>
    public abstract void Read(ref Utf8JsonReader reader);

    /// <summary>Takes the parameter's default value.</summary>
    public abstract void UseDefault();

    /// <summary>Lets go of the value.</summary>
    public abstract void Clear();
}
