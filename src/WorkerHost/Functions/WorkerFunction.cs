using System.Globalization;
using System.Reflection;
using WorkerPool.Protocol.Errors;
using WorkerPool.V1;
using WorkerPool.WorkerHost.Functions.Describing;
using WorkerPool.WorkerHost.Functions.Objects;

namespace WorkerPool.WorkerHost.Functions;

/// <summary>A function that this worker can run.</summary>
internal sealed class WorkerFunction
{
    private readonly Func<IReadOnlyDictionary<string, SharedValue>?, FunctionCall> _makeCall;

    /// <summary>A function.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="method">Its method, found sound by <see cref="SignatureRules"/>.</param>
    /// <param name="summary">What it does. May be empty.</param>
    /// <param name="origin">Where it comes from, for people, such as the path of a library.</param>
    /// <param name="target">The object its method is called on; <c>null</c> (default) for a static method.</param>
    /// <param name="owner">The object of the worker's that its method is called on. Default: none.</param>
    public WorkerFunction(
        string name, MethodInfo method, string summary, string origin, object? target = null, FunctionObject? owner = null)
    {
        Calls = new CallStock(() => _makeCall!(null));
        _makeCall = shared => FunctionCallCompiler.Compile(name, method, target ?? owner?.Value, shared);
        Object = owner;
        Method = method;
        Name = name;
        var parameters = method.GetParameters();
        Place = $"{method.DeclaringType!.FullName}.{method.Name}({string.Join(", ", parameters.Select(parameter => parameter.ParameterType.Name))}) in {origin}";
        TakesToken = !Array.TrueForAll(parameters, SignatureRules.IsOfItem);
        Description = Describe(name, summary, method, [.. parameters.Where(SignatureRules.IsOfItem)]);
        Description.ObjectClass = owner is null ? "" : owner.ClassName;
    }

    /// <summary>A function that is no method.</summary>
    /// <param name="description">What the catalogue says of it.</param>
    /// <param name="place">What it is, for people.</param>
    /// <param name="makeCall">Makes its call, which takes a token.</param>
    public WorkerFunction(Function description, string place, Func<FunctionCall> makeCall)
    {
        Calls = new CallStock(makeCall);
        _makeCall = shared => shared is null ? makeCall() : throw new ItemRefusedException(
            ErrorReasons.SharedArgumentInvalid, $"{description.Name} is a program, which takes no shared arguments. Give them with the items.");
        Name = description.Name;
        Place = place;
        TakesToken = true;
        Description = description;
    }

    /// <summary>Its name, unique in the pool.</summary>
    public string Name { get; }

    /// <summary>Method and library, for people.</summary>
    public string Place { get; }

    /// <summary>Its method; <c>null</c> for one that is none.</summary>
    public MethodInfo? Method { get; }

    /// <summary>The object of the worker's that its method is called on; <c>null</c> when there is none.</summary>
    public FunctionObject? Object { get; }

    /// <summary>Whether it takes a CancellationToken, or a WorkerContext, which has one.</summary>
    public bool TakesToken { get; }

    /// <summary>What the catalogue says of it.</summary>
    public Function Description { get; }

    /// <summary>
    /// Its calls, compiled when they first run: a worker starts sooner for not compiling what it may never run.
    /// </summary>
    public CallStock Calls { get; }

    /// <summary>Calls of their own for a job whose items have arguments in common, which the first one taken reads.</summary>
    /// <param name="shared">These arguments, by the name of their parameter.</param>
    public CallStock CallsWith(IReadOnlyDictionary<string, SharedValue> shared) => new(() => _makeCall(shared));

    /// <summary>Whether it takes items in an encoding.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="shared">Names of parameters that items do not fill.</param>
    public bool Takes(Encoding encoding, IReadOnlySet<string> shared) =>
        encoding == Encoding.Json
        || Description.Parameters.Count == 0
        || Protocol.ItemEncodings.Of(Description, shared.Contains) is var own && (own == encoding || own == Encoding.Unspecified);

    /// <summary>Whether it gives values in an encoding.</summary>
    /// <param name="encoding">The encoding.</param>
    public bool Gives(Encoding encoding) =>
        encoding == Encoding.Json
        || Description.ValueEncoding == encoding
        || Description.ValueEncoding == Encoding.Unspecified;

    private static Function Describe(string name, string summary, MethodInfo method, ParameterInfo[] parameters)
    {
        var value = FunctionCallCompiler.ValueType(method.ReturnType);
        var encoding = parameters.Length == 1 ? Codecs.Native(parameters[0].ParameterType) : Encoding.Json;
        var valueEncoding = Codecs.Native(value);
        var takes = string.Join(", ", parameters.Select(Text));
        var description = new Function
        {
            Name = name,
            Signature = $"{name}({takes}) -> {TypeWords.Name(value)}",
            Encoding = encoding,
            ValueEncoding = valueEncoding,
            ValueType = TypeWords.Name(value),
            Summary = summary,
            MessageType = encoding == Encoding.Protobuf ? ProtobufTypes.FullName(parameters[0].ParameterType) : "",
            ValueMessageType = valueEncoding == Encoding.Protobuf ? ProtobufTypes.FullName(value) : "",
        };
        FunctionOrigins.Describe(description, method.Module.Assembly);
        foreach (var parameter in parameters)
        {
            description.Parameters.Add(new Parameter
            {
                Name = parameter.Name ?? "",
                Type = TypeWords.Name(parameter.ParameterType),
                Optional = parameter.HasDefaultValue,
                Encoding = Codecs.Native(parameter.ParameterType),
            });
        }

        return description;
    }

    private static string Text(ParameterInfo parameter)
    {
        var text = $"{parameter.Name}: {TypeWords.Name(parameter.ParameterType)}";
        return parameter.HasDefaultValue ? $"{text} = {DefaultText(parameter.DefaultValue)}" : text;
    }

    private static string DefaultText(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        Enum member => Convert.ToInt64(member, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
