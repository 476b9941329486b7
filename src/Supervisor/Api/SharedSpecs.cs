using System.Globalization;
using Grpc.Core;
using WorkerPool.Protocol;
using WorkerPool.Protocol.Errors;
using WorkerPool.Supervisor.Dispatch;
using WorkerPool.V1;

namespace WorkerPool.Supervisor.Api;

/// <summary>Checks the arguments that the items of a job are to have in common.</summary>
internal static class SharedSpecs
{
    private const double BytesPerMebibyte = 1 << 20;

    /// <summary>The arguments, without their bytes.</summary>
    /// <param name="function">The function of the job.</param>
    /// <param name="isKnown">Whether its parameters are known here; else only its worker knows them.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="maxBytes">The most bytes of all together.</param>
    /// <returns>The arguments; <c>null</c> when there are none.</returns>
    /// <exception cref="RpcException">The function has no such parameter, one is named twice, or they are too large.</exception>
    public static SharedArguments? From(Function function, bool isKnown, IReadOnlyList<SharedArgument> asked, long maxBytes)
    {
        if (asked.Count == 0)
        {
            return null;
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var arguments = new List<SharedArgument>(asked.Count);
        var size = 0UL;
        foreach (var argument in asked)
        {
            var parameter = isKnown ? Find(function, argument.Name) : new Parameter { Name = argument.Name };
            if (!names.Add(argument.Name))
            {
                throw RpcErrors.Invalid("shared.name", $"The argument \"{argument.Name}\" is shared twice.");
            }

            arguments.Add(new SharedArgument
            {
                Name = parameter.Name,
                Encoding = JobSpecs.Choose(
                    argument.Encoding, parameter.Encoding, "shared.encoding", $"{function.Name} takes {parameter.Name}"),
                Size = argument.Size,
            });
            size = argument.Size > ulong.MaxValue - size ? ulong.MaxValue : size + argument.Size;
        }

        return size <= (ulong)maxBytes ? new SharedArguments(arguments) : throw TooLarge(size, maxBytes);
    }

    /// <summary>The function's own encoding of items beside shared arguments; unspecified for any.</summary>
    /// <param name="function">The function.</param>
    /// <param name="shared">The shared arguments; <c>null</c>: none.</param>
    public static Encoding ItemEncoding(Function function, SharedArguments? shared) =>
        ItemEncodings.Of(function, name => shared?.Arguments.Any(argument => argument.Name == name) == true);

    private static Parameter Find(Function function, string name)
    {
        if (function.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        var names = function.Parameters.Count == 0 ? "none" : string.Join(", ", function.Parameters.Select(parameter => parameter.Name));
        throw RpcErrors.Invalid("shared.name", $"{function.Name} has no parameter \"{name}\" that could be shared; its parameters: {names}.");
    }

    private static RpcException TooLarge(ulong size, long maxBytes) => RpcErrors.Create(
        StatusCode.InvalidArgument,
        ErrorReasons.SharedArgumentsTooLarge,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The shared arguments have {size / BytesPerMebibyte:F1} MiB; the pool takes up to {maxBytes / BytesPerMebibyte:F1} MiB (Pool:MaxSharedBytes)."),
        [new("max_shared_bytes", maxBytes.ToString(CultureInfo.InvariantCulture))],
        field: "shared");
}
