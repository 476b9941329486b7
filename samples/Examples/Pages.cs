using WorkerPool;

public static class Pages
{
    private static readonly HttpClient Http = new();

    #region asynchronous
    [WorkerFunction("page_length", Summary = "The number of characters of a web page.")]
    public static async Task<int> PageLengthAsync(Uri address, CancellationToken cancellation)
    {
        var text = await Http.GetStringAsync(address, cancellation);
        return text.Length;
    }
    #endregion
}
