using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace WorkerPool.Dashboard.Hosting;

/// <summary>The files that browsers need, out of the assembly: compressed once, and kept by browsers until they change.</summary>
internal sealed class EmbeddedAssets
{
    private const string Prefix = "assets/";
    private readonly Dictionary<string, Asset> _assets = [];

    /// <summary>Reads them.</summary>
    public EmbeddedAssets()
    {
        var assembly = typeof(EmbeddedAssets).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var plain = new byte[stream.Length];
            stream.ReadExactly(plain);
            _assets.Add(name[Prefix.Length..], Asset.Of(name, plain));
        }
    }

    /// <summary>Their names.</summary>
    public IEnumerable<string> Names => _assets.Keys;

    /// <summary>The address of one, with its version: what is kept under it never changes.</summary>
    /// <param name="name">Its name.</param>
    public string AddressOf(string name) => $"assets/{name}?v={_assets[name].Version}";

    /// <summary>Answers with one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">Its name.</param>
    public Task SendAsync(HttpContext context, string name)
    {
        var asset = _assets[name];
        var headers = context.Response.Headers;
        headers.CacheControl = context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
        headers.ETag = asset.Tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch.ToString() == asset.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var isCompressed = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        var body = isCompressed ? asset.Compressed : asset.Plain;
        if (isCompressed)
        {
            headers.ContentEncoding = "gzip";
        }

        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    private sealed record Asset(string ContentType, byte[] Plain, byte[] Compressed, string Version)
    {
        public string Tag => $"\"{Version}\"";

        public static Asset Of(string name, byte[] plain)
        {
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            {
                gzip.Write(plain);
            }

            var type = Path.GetExtension(name) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                _ => "application/octet-stream",
            };
            return new Asset(type, plain, compressed.ToArray(), Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8)));
        }
    }
}
