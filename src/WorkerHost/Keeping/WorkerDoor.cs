using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using WorkerPool.Protocol.Sockets;
using WorkerPool.WorkerHost.Hosting;

namespace WorkerPool.WorkerHost.Keeping;

/// <summary>
/// Where a keeper lets a Supervisor through to its workers: a connection that begins with <c>WORKER key number</c> and a line
/// feed is joined to that worker's Unix socket, bytes as they come. All others are left to those behind it.
/// </summary>
/// <param name="socketOf">Gives the path of a worker's socket by key and number; <c>null</c> when there is none.</param>
internal sealed class WorkerDoor(Func<string, ulong, string?> socketOf)
{
    private const int KeyLength = 32;
    private const int LongestLine = 64;
    private static readonly byte[] Word = "WORKER "u8.ToArray();

    /// <summary>Serves a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="next">Those behind.</param>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var (begins, rest) = await FirstLine.TakeAsync(connection, Word, LongestLine);
        if (!begins)
        {
            await next(connection);
        }
        else if (rest is not null && Find(rest) is { } path)
        {
            await JoinAsync(connection, path);
        }
    }

    private string? Find(byte[] rest) =>
        rest.Length > KeyLength + 1
        && rest[KeyLength] == ' '
        && Utf8Parser.TryParse(rest.AsSpan(KeyLength + 1), out ulong number, out var consumed)
        && consumed == rest.Length - KeyLength - 1
            ? socketOf(Encoding.ASCII.GetString(rest, 0, KeyLength), number)
            : null;

    private static async Task JoinAsync(ConnectionContext connection, string path)
    {
        Socket socket;
        try
        {
            socket = await UnixSocket.ConnectAsync(path, connection.ConnectionClosed);
        }
        catch (SocketException)
        {
            // The worker is gone: so is the connection.
            return;
        }

        await using var stream = new NetworkStream(socket, ownsSocket: true);
        var there = connection.Transport.Input.CopyToAsync(stream, connection.ConnectionClosed);
        var back = stream.CopyToAsync(connection.Transport.Output, connection.ConnectionClosed);

        // What a dead worker has sent is passed on to its end; what is to be sent to one is of no more use.
        await Task.WhenAny(there.ContinueWith(_ => EndSending(socket), TaskScheduler.Default), back);
        await Task.WhenAny(back).ConfigureAwait(false);
        await back.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
        _ = there.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
    }

    private static void EndSending(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }
}
