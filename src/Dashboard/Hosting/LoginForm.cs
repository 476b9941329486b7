using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using WorkerPool.Dashboard.Pages;
using WorkerPool.Dashboard.Visitors;

namespace WorkerPool.Dashboard.Hosting;

/// <summary>The form that takes a token, and the way out.</summary>
/// <param name="host">Knows visitors.</param>
/// <param name="assets">What the page needs.</param>
/// <param name="antiforgery">Sees to it that the form was ours.</param>
internal sealed class LoginForm(IDashboardHost host, EmbeddedAssets assets, IAntiforgery antiforgery)
{
    /// <summary>Where it is.</summary>
    public static readonly PathString Path = new("/login");

    /// <summary>Name of the value that says which page was wanted.</summary>
    public const string ReturnName = "return";

    private const string LogoutPath = "/logout";
    private const int LongestForm = 16 << 10;

    /// <summary>Serves it.</summary>
    /// <param name="routes">The site's routes.</param>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path.Value!, (HttpContext context) => Page(context, context.Request.Query[ReturnName].ToString(), problem: ""));
        routes.MapPost(Path.Value!, (Func<HttpContext, Task<IResult>>)LogInAsync);
        routes.MapPost(LogoutPath, (Func<HttpContext, Task<IResult>>)LogOutAsync);
    }

    /// <summary>The address that a form's visitor wanted: a path of this site, or its first page.</summary>
    /// <param name="pathBase">Where the site is.</param>
    /// <param name="wanted">What the form says.</param>
    internal static string ReturnTo(PathString pathBase, string wanted) =>
        wanted.Length > 1 && wanted[0] == '/' && wanted[1] is not ('/' or '\\') && !wanted.AsSpan().ContainsAnyInRange('\0', '\u001f')
            ? UriHelper.BuildRelative(pathBase, new PathString(wanted))
            : UriHelper.BuildRelative(pathBase, "/");

    private async Task<IResult> LogInAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } form)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page(context, "", "The form was not one of this page, or too old. Try again.");
        }

        var wanted = form[ReturnName].ToString();
        if (host.TryLogIn(context, form["token"].ToString().Trim(), out var problem))
        {
            return Results.LocalRedirect(ReturnTo(context.Request.PathBase, wanted));
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Page(context, wanted, problem);
    }

    private async Task<IResult> LogOutAsync(HttpContext context)
    {
        if (await ReadAsync(context) is null)
        {
            return Results.BadRequest();
        }

        host.LogOut(context);
        return Results.LocalRedirect(UriHelper.BuildRelative(context.Request.PathBase, Path));
    }

    private async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not (> 0 and <= LongestForm)
            || !context.Request.HasFormContentType
            || !await antiforgery.IsRequestValidAsync(context))
        {
            return null;
        }

        return await context.Request.ReadFormAsync(context.RequestAborted);
    }

    private RazorComponentResult<LoginPage> Page(HttpContext context, string wanted, string problem)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new RazorComponentResult<LoginPage>(new Dictionary<string, object?>
        {
            [nameof(LoginPage.Base)] = context.Request.PathBase.Value + "/",
            [nameof(LoginPage.AssetSource)] = assets,
            [nameof(LoginPage.FieldName)] = tokens.FormFieldName,
            [nameof(LoginPage.FieldValue)] = tokens.RequestToken ?? "",
            [nameof(LoginPage.Wanted)] = wanted,
            [nameof(LoginPage.Problem)] = problem,
        })
        {
            StatusCode = context.Response.StatusCode,
        };
    }
}
