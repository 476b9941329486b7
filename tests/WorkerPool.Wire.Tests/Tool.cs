using System.Diagnostics;

namespace WorkerPool.Wire.Tests;

/// <summary>
/// A program that is no part of this repository. It is found by an environment variable, else on the PATH. Tests that
/// need one that is missing are skipped, or fail where WORKERPOOL_REQUIRE_TOOLS is 1.
/// </summary>
internal sealed class Tool
{
    private readonly Lazy<string?> _missing;

    private Tool(string variable, string program, string howToGet, params string[] probe)
    {
        Program = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? path : program;
        _missing = new Lazy<string?>(() => Works(probe) ? null : $"{howToGet} (looked for {Program}; {variable} names another)");
    }

    /// <summary>The buf command.</summary>
    public static Tool Buf { get; } = new("WORKERPOOL_BUF", "buf", "needs buf: npm install @bufbuild/buf", "--version");

    /// <summary>A Python that has grpcio and protobuf.</summary>
    public static Tool Python { get; } = new(
        "WORKERPOOL_PYTHON", "/usr/bin/python3", "needs Python's grpcio: apt-get install python3-grpcio", "-c", "import grpc, google.protobuf");

    private string Program { get; }

    /// <summary>Skips the running test if the tool is missing, or fails it if tools are required.</summary>
    public void Require()
    {
        if (_missing.Value is not { } reason)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("WORKERPOOL_REQUIRE_TOOLS") == "1")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }

    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">Its arguments.</param>
    public async Task<ToolResult> RunAsync(params string[] arguments)
    {
        Require();
        var start = StartOf(arguments);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(SupervisorProgram.Limit, TestContext.Current.CancellationToken);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ToolResult(process.ExitCode, await output, await error);
    }

    private bool Works(string[] probe)
    {
        try
        {
            using var process = Process.Start(StartOf(probe))!;
            process.StandardInput.Close();
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private ProcessStartInfo StartOf(IEnumerable<string> arguments) => new(Program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.Combine(AppContext.BaseDirectory, "protos-under-test"),
    };
}
