using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using WorkerPool.V1;

namespace WorkerPool.Dashboard.Components;

/// <summary>Quantities and states in words, short enough for a table. Pure.</summary>
internal static class Say
{
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>What stands where there is nothing to say.</summary>
    public const string Nothing = "–";

    /// <summary>A count, with its thousands apart: <c>12,345</c>; above a million <c>1.23 M</c>.</summary>
    /// <param name="count">The count.</param>
    public static string Count(double count) => count switch
    {
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e9:0.00} G"),
        >= 1e7 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.0} M"),
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.00} M"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count:#,0}"),
    };

    /// <summary>A rate: <c>0.4/s</c>, <c>1,234/s</c>.</summary>
    /// <param name="perSecond">The rate.</param>
    public static string Rate(double perSecond) =>
        perSecond is > 0 and < 10 ? string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.0}/s") : $"{Count(perSecond)}/s";

    /// <summary>Bytes: <c>45 MiB</c>.</summary>
    /// <param name="bytes">How many.</param>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (bytes >= 1024 && unit < ByteUnits.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes.ToString(bytes >= 100 || unit == 0 ? "0" : "0.#", CultureInfo.InvariantCulture)} {ByteUnits[unit]}");
    }

    /// <summary>A time: <c>850 µs</c>, <c>12.3 ms</c>, <c>4.2 s</c>, <c>3 min 20 s</c>, <c>5 h 10 min</c>.</summary>
    /// <param name="time">The time; <c>null</c>: not known.</param>
    public static string Time(TimeSpan? time) => time is not { } span ? Nothing : span.TotalSeconds switch
    {
        0 => "0 s",
        < 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMicroseconds:0.#} µs"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.#} ms"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        < 3600 => $"{(int)span.TotalMinutes} min {span.Seconds} s",
        < 86400 => $"{(int)span.TotalHours} h {span.Minutes} min",
        _ => $"{(int)span.TotalDays} d {span.Hours} h",
    };

    /// <summary>A time as messages carry it.</summary>
    /// <param name="time">The time; <c>null</c>: not known.</param>
    public static string Time(Duration? time) => Time(time?.ToTimeSpan());

    /// <summary>A moment of this day: <c>14:03:59</c> UTC.</summary>
    /// <param name="time">The moment.</param>
    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A moment with its day, in UTC.</summary>
    /// <param name="time">The moment; <c>null</c>: not known.</param>
    public static string Moment(Timestamp? time) =>
        time?.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? Nothing;

    /// <summary>A part of a whole: <c>42 %</c>.</summary>
    /// <param name="part">The part. Range: 0 to 1.</param>
    public static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(part * 100):0} %");

    /// <summary>The state of a worker.</summary>
    /// <param name="state">The state.</param>
    public static string State(WorkerState state) => state switch
    {
        WorkerState.Vacant => "vacant",
        WorkerState.Starting => "starting",
        WorkerState.Idle => "idle",
        WorkerState.Busy => "busy",
        WorkerState.BackingOff => "backing off",
        WorkerState.Stopping => "stopping",
        _ => "stopped",
    };

    /// <summary>The state of a job.</summary>
    /// <param name="state">The state.</param>
    public static string State(JobState state) => state switch
    {
        JobState.Running => "running",
        JobState.Completed => "completed",
        JobState.Stopped => "stopped",
        JobState.Cancelled => "cancelled",
        _ => "failed",
    };

    /// <summary>The state of a pool.</summary>
    /// <param name="state">The state.</param>
    public static string State(PoolState state) => state switch
    {
        PoolState.Starting => "starting",
        PoolState.Ready => "ready",
        PoolState.Draining => "draining",
        _ => "broken",
    };

    /// <summary>The kind of an event.</summary>
    /// <param name="kind">The kind.</param>
    public static string Kind(EventKind kind) => kind switch
    {
        EventKind.WorkerReady => "worker ready",
        EventKind.WorkerDied => "worker died",
        EventKind.WorkerEnded => "worker ended",
        EventKind.WorkerStartFailed => "start failed",
        EventKind.PoolBroken => "pool broken",
        EventKind.PoolResized => "pool resized",
        EventKind.PoolDraining => "pool draining",
        EventKind.JobStarted => "job started",
        _ => "job ended",
    };

    /// <summary>How a state is coloured: <c>good</c>, <c>busy</c>, <c>warn</c>, <c>bad</c> or <c>off</c>.</summary>
    /// <param name="state">The state.</param>
    public static string Tone(WorkerState state) => state switch
    {
        WorkerState.Busy => "busy",
        WorkerState.Idle => "good",
        WorkerState.Starting or WorkerState.Stopping => "warn",
        WorkerState.BackingOff => "bad",
        _ => "off",
    };

    /// <summary>How a state is coloured.</summary>
    /// <param name="state">The state.</param>
    public static string Tone(JobState state) => state switch
    {
        JobState.Running => "busy",
        JobState.Completed => "good",
        JobState.Stopped => "warn",
        JobState.Failed => "bad",
        _ => "off",
    };

    /// <summary>How a state is coloured.</summary>
    /// <param name="state">The state.</param>
    public static string Tone(PoolState state) => state switch
    {
        PoolState.Ready => "good",
        PoolState.Broken => "bad",
        _ => "warn",
    };

    /// <summary>How an event is coloured.</summary>
    /// <param name="kind">Its kind.</param>
    public static string Tone(EventKind kind) => kind switch
    {
        EventKind.WorkerDied or EventKind.WorkerStartFailed or EventKind.PoolBroken => "bad",
        EventKind.PoolDraining or EventKind.PoolResized => "warn",
        EventKind.WorkerReady => "good",
        EventKind.JobStarted or EventKind.JobEnded => "busy",
        _ => "off",
    };
}
