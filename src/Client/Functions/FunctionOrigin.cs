namespace WorkerPool.Client;

/// <summary>Where a function comes from.</summary>
public enum FunctionOrigin
{
    /// <summary>The pool does not say, or it is a method of the caller's program.</summary>
    Unknown = 0,

    /// <summary>Every pool has it.</summary>
    BuiltIn = 1,

    /// <summary>A library that the pool was given.</summary>
    Library = 2,

    /// <summary>A program that was declared.</summary>
    Program = 3,
}
