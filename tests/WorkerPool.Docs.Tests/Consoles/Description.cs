using Google.Protobuf.Reflection;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using WorkerPool.Docs.Tests.Programs;

namespace WorkerPool.Docs.Tests.Consoles;

/// <summary><c>grpcurl … describe</c> of a method, from the server's reflection; buf has no such command.</summary>
internal static class Description
{
    private const string Word = " describe ";

    public static bool IsAskedBy(string line) => line.Contains(Word, StringComparison.Ordinal);

    public static async Task<ProgramRun> OfAsync(string line, string authority)
    {
        var symbol = line[(line.IndexOf(Word, StringComparison.Ordinal) + Word.Length)..];
        using var channel = GrpcChannel.ForAddress($"http://{authority}");
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(
            cancellationToken: TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = symbol }, TestContext.Current.CancellationToken);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var files = call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom);
        var found = files.SelectMany(file => file.Service.SelectMany(service => service.Method.Select(
            method => (Name: $"{file.Package}.{service.Name}.{method.Name}", Method: method)))).Single(each => each.Name == symbol);
        return new ProgramRun(0, [$"{symbol} is a method:", Signature(found.Method)], []);
    }

    private static string Signature(MethodDescriptorProto method) =>
        $"rpc {method.Name} ( {Side(method.ClientStreaming, method.InputType)} ) returns ( {Side(method.ServerStreaming, method.OutputType)} );";

    private static string Side(bool isStream, string type) => isStream ? $"stream {type}" : type;
}
