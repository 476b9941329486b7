namespace WorkerPool.Protocol.Errors;

/// <summary>
/// The words in <c>ItemError.reason</c> and <c>google.rpc.ErrorInfo.reason</c>: what went wrong, for programs.
/// </summary>
public static class ErrorReasons
{
    /// <summary>Domain of every <c>ErrorInfo</c> of ours.</summary>
    public const string Domain = "workerpool";

    // Of items.

    /// <summary>The function threw.</summary>
    public const string FunctionFailed = "FUNCTION_FAILED";

    /// <summary>The program ended with an exit code other than 0, or by a signal, or could not be started.</summary>
    public const string ProgramFailed = "PROGRAM_FAILED";

    /// <summary>The item is not of the type the function takes.</summary>
    public const string ItemTypeMismatch = "ITEM_TYPE_MISMATCH";

    /// <summary>The item is not what its encoding says, such as malformed JSON.</summary>
    public const string ItemMalformed = "ITEM_MALFORMED";

    /// <summary>The item is larger than the pool's limit.</summary>
    public const string ItemTooLarge = "ITEM_TOO_LARGE";

    /// <summary>The value is larger than the pool's limit.</summary>
    public const string ValueTooLarge = "VALUE_TOO_LARGE";

    /// <summary>The value cannot be encoded.</summary>
    public const string ValueNotEncodable = "VALUE_NOT_ENCODABLE";

    /// <summary>The item ran longer than its timeout.</summary>
    public const string ItemTimeout = "ITEM_TIMEOUT";

    /// <summary>The item was running when its worker died, as often as the pool allows.</summary>
    public const string WorkerCrashed = "WORKER_CRASHED";

    /// <summary>The assembly of the method was built again since the program began that maps it.</summary>
    public const string FunctionChanged = "FUNCTION_CHANGED";

    // Of calls.

    /// <summary>The pool has no function of that name.</summary>
    public const string UnknownFunction = "UNKNOWN_FUNCTION";

    /// <summary>There is no job of that id.</summary>
    public const string UnknownJob = "UNKNOWN_JOB";

    /// <summary>There is no worker of that name that is up.</summary>
    public const string UnknownWorker = "UNKNOWN_WORKER";

    /// <summary>A field of the request is out of its range.</summary>
    public const string InvalidArgument = "INVALID_ARGUMENT";

    /// <summary>The encoding is neither JSON nor the function's own.</summary>
    public const string EncodingMismatch = "ENCODING_MISMATCH";

    /// <summary>The initializer of the job, or of the pool, failed.</summary>
    public const string InitializerFailed = "INITIALIZER_FAILED";

    /// <summary>The constructor of a class whose methods are functions threw, or ended its worker.</summary>
    public const string ConstructorFailed = "CONSTRUCTOR_FAILED";

    /// <summary>A shared argument is not what its parameter takes.</summary>
    public const string SharedArgumentInvalid = "SHARED_ARGUMENT_INVALID";

    /// <summary>The shared arguments of a job are larger than the pool's limit.</summary>
    public const string SharedArgumentsTooLarge = "SHARED_ARGUMENTS_TOO_LARGE";

    /// <summary>
    /// The method cannot be run by the pool: it captures variables or belongs to an object, its code is not in a file, or the
    /// pool takes names of functions only.
    /// </summary>
    public const string MethodRefused = "METHOD_REFUSED";

    /// <summary>The first message of a stream did not open it.</summary>
    public const string StreamNotStarted = "STREAM_NOT_STARTED";

    /// <summary>A message came that has no place where it came.</summary>
    public const string UnexpectedMessage = "UNEXPECTED_MESSAGE";

    /// <summary>The call does not show who makes it, or the pool knows nobody of that token or certificate.</summary>
    public const string CallerUnknown = "CALLER_UNKNOWN";

    /// <summary>The caller's role does not allow the call.</summary>
    public const string RoleTooLow = "ROLE_TOO_LOW";

    /// <summary>Over HTTP, the name that the request was sent to is none of the pool's.</summary>
    public const string HostUnknown = "HOST_UNKNOWN";

    /// <summary>Over HTTP, the request comes from a page of another origin.</summary>
    public const string OriginRefused = "ORIGIN_REFUSED";

    /// <summary>Over HTTP, the API has nothing at that path, or not for that method.</summary>
    public const string UnknownPath = "UNKNOWN_PATH";

    /// <summary>Over HTTP, the body of the request is larger than the pool takes.</summary>
    public const string RequestTooLarge = "REQUEST_TOO_LARGE";

    /// <summary>The caller makes more requests a second than it may.</summary>
    public const string TooManyRequests = "TOO_MANY_REQUESTS";

    /// <summary>The pool has as many jobs open as it takes, or as it takes of the caller.</summary>
    public const string TooManyJobs = "TOO_MANY_JOBS";

    /// <summary>The open jobs hold all the bytes that the pool, or the caller, has for items and values.</summary>
    public const string BuffersFull = "BUFFERS_FULL";

    /// <summary>More was sent than the window allows.</summary>
    public const string WindowOverrun = "WINDOW_OVERRUN";

    /// <summary>The stream was ended because a newer one of the same job took its place.</summary>
    public const string JobFenced = "JOB_FENCED";

    /// <summary>The stream is not newer than another of the same job.</summary>
    public const string StaleGeneration = "STALE_GENERATION";

    /// <summary>The pool takes no new jobs because it is going away.</summary>
    public const string PoolDraining = "POOL_DRAINING";

    /// <summary>The pool takes no jobs because its workers cannot start.</summary>
    public const string PoolBroken = "POOL_BROKEN";

    /// <summary>The pool cannot be reached.</summary>
    public const string PoolUnreachable = "POOL_UNREACHABLE";

    /// <summary>The job was cancelled.</summary>
    public const string JobCancelled = "JOB_CANCELLED";

    /// <summary>The pool is at fault. Its log says more.</summary>
    public const string InternalError = "INTERNAL_ERROR";

    // Of workers that cannot start.

    /// <summary>A function library is missing, not an assembly, without functions, in conflict with another, or a static constructor of it throws.</summary>
    public const string FunctionLibraryInvalid = "FUNCTION_LIBRARY_INVALID";

    /// <summary>A worker did not start: it ended, or said nothing in time.</summary>
    public const string WorkerStartFailed = "WORKER_START_FAILED";

    /// <summary>A worker speaks another version of the private protocol.</summary>
    public const string ProtocolMismatch = "PROTOCOL_MISMATCH";

    // Of keepers.

    /// <summary>Another Supervisor holds the keeper.</summary>
    public const string KeeperHeld = "KEEPER_HELD";

    /// <summary>The pool's workers are in the places of keepers: their number is not the pool's to change.</summary>
    public const string PoolNotResizable = "POOL_NOT_RESIZABLE";

    /// <summary>The keeper is shutting down.</summary>
    public const string KeeperLeaving = "KEEPER_LEAVING";
}
