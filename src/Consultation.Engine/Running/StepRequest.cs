namespace Consultation.Engine.Running;

/// <summary>
/// Something a step asks the runtime to do after its commit. Requests are data: they are written in the step's
/// transaction and carried out by workers. A closed list of cases.
/// </summary>
public abstract record StepRequest
{
    private StepRequest()
    {
    }

    /// <summary>Starts another run.</summary>
    /// <param name="DefinitionId">The definition to run.</param>
    /// <param name="VersionOptions">Which version, in Elsa's words; normally <c>Published</c>.</param>
    /// <param name="Input">Input by name.</param>
    /// <param name="CorrelationId">Correlation id of the new run, or null.</param>
    /// <param name="ChildInstanceId">The id the new run must get; starting it twice must do nothing the second
    /// time.</param>
    /// <param name="ParentInstanceId">This run.</param>
    /// <param name="ParentBookmarkId">
    /// The bookmark of this run that waits for the child, or null when nobody waits. It becomes
    /// <see cref="RunState.ParentBookmarkId"/> of the child, whose last step then asks for <see cref="ResumeRun"/>.
    /// </param>
    public sealed record DispatchWorkflow(
        string DefinitionId,
        string VersionOptions,
        IReadOnlyDictionary<string, object?> Input,
        string? CorrelationId,
        string ChildInstanceId,
        string ParentInstanceId,
        string? ParentBookmarkId) : StepRequest
    {
        /// <summary>Id of the version to run; null for what <see cref="VersionOptions"/> says.</summary>
        public string? VersionId { get; init; }

        /// <summary>The how manyth call of the step asks, from 1; set by the engine.</summary>
        public int Call { get; internal init; }

        /// <summary>The node that asks; set by the engine.</summary>
        public string NodeId { get; internal init; } = "";

        /// <summary>
        /// The call as one that fails because what it asks for is not there: taken again with it, the step becomes an
        /// incident of the node that asks.
        /// </summary>
        public FailedCall Refused(Exception failure) => new(Call, NodeId, failure);
    }

    /// <summary>
    /// Publishes an event: resumes matching <c>Elsa.Event</c> bookmarks and starts workflows it triggers.
    /// </summary>
    /// <param name="Name">The event's name.</param>
    /// <param name="CorrelationId">Only runs with this correlation id, or null for all.</param>
    /// <param name="InstanceId">Only this run (a local event), or null for all.</param>
    /// <param name="Payload">Plain data for the receivers.</param>
    public sealed record PublishEvent(string Name, string? CorrelationId, string? InstanceId, object? Payload)
        : StepRequest;

    /// <summary>Asks the application to do a task; its answer resumes the bookmark.</summary>
    public sealed record RunTask(
        string TaskId, string TaskName, IReadOnlyDictionary<string, object?> Payload, string BookmarkId) : StepRequest;

    /// <summary>Resumes a bookmark of another run, for example the parent that waits for this one.</summary>
    public sealed record ResumeRun(string InstanceId, string BookmarkId, object? Payload) : StepRequest;

    /// <summary>Cancels another run, for example a child whose parent was cancelled.</summary>
    public sealed record CancelRun(string InstanceId, string Reason) : StepRequest;

    /// <summary>
    /// Sends an HTTP request; the answer resumes the bookmark with
    /// <c>{ statusCode, headers, content }</c>, or <c>{ error, timeout, refused }</c> when there was none; refused
    /// means that a rule of the host forbids it, and the error says which.
    /// </summary>
    public sealed record SendHttp(
        string BookmarkId,
        string Method,
        string Url,
        IReadOnlyDictionary<string, object?> Headers,
        string? ContentType,
        object? Content,
        TimeSpan? AnswerWithin) : StepRequest
    {
        /// <summary>
        /// Whether the answer's content is wanted as a file, <c>{ Filename, ContentType, ETag, Length, Content }</c>
        /// with its bytes in Base64, instead of as text or JSON. Default false.
        /// </summary>
        public bool AsFile { get; init; }
    }

    /// <summary>A line of text for the operator's console.</summary>
    public sealed record WriteLine(string Text) : StepRequest;

    /// <summary>A request of the host floor's own kind.</summary>
    /// <param name="Kind">Its name, for example <c>Consultation.SendMail</c>.</param>
    /// <param name="Body">Plain data.</param>
    public sealed record Custom(string Kind, object? Body) : StepRequest;
}
