using Microsoft.Extensions.DependencyInjection;

namespace WorkerPool.WorkerHost.Tests.Functions;

/// <summary>A class whose method is a function, and such as register services badly.</summary>
public sealed class SampleObjects
{
    private int _count;

    [WorkerFunction("count_calls")]
    public int CountCalls() => ++_count;

    public sealed class Failing : IWorkerServices
    {
        public void Configure(IServiceCollection services) => throw new NotSupportedException("no services");
    }

    public sealed class Unmakable(int number) : IWorkerServices
    {
        public void Configure(IServiceCollection services) => services.AddSingleton(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
