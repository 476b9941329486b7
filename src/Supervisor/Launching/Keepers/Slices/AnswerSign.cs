namespace WorkerPool.Supervisor.Launching.Keepers.Slices;

/// <summary>Tells when the API server has begun to answer, of which a watch that has no events says nothing.</summary>
internal sealed class AnswerSign : DelegatingHandler
{
    /// <summary>Called when it has answered well. Default: nothing.</summary>
    public Action Answered { get; set; } = () => { };

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            Answered();
        }

        return response;
    }
}
