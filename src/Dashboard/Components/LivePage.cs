using Microsoft.AspNetCore.Components;
using WorkerPool.Dashboard.Sampling;

namespace WorkerPool.Dashboard.Components;

/// <summary>A page that looks at something closely while it is open. The shell draws it anew after each look.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private IDisposable? _subscription;
    private Interest? _interest;

    /// <summary>What was seen last.</summary>
    [CascadingParameter]
    public PoolSample Sample { get; set; } = default!;

    [Inject]
    private PoolWatch Watch { get; set; } = default!;

    /// <summary>Looks at something closely from now on.</summary>
    /// <param name="jobId">A job; empty for none.</param>
    /// <param name="worker">A worker; empty for none.</param>
    protected void LookAt(string jobId = "", string worker = "")
    {
        var interest = new Interest(jobId, worker);
        if (interest == _interest)
        {
            return;
        }

        _interest = interest;
        _subscription?.Dispose();
        _subscription = Watch.Subscribe(interest, () => { });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription?.Dispose();
        GC.SuppressFinalize(this);
    }
}
