using Consultation.Runtime.Stimuli;

namespace Consultation.Runtime.Outside;

/// <summary>
/// Does one kind of work that leaves the database (HTTP, a task of the application, a request of a host floor). An
/// interface because there are several implementations and others may add theirs.
/// </summary>
public interface IOutsideHandler
{
    /// <summary>"http", "task", or the kind of a custom request.</summary>
    string Kind { get; }

    /// <summary>
    /// How long the work may take at most, so that nobody else takes it up meanwhile. Default: no longer than a lease.
    /// </summary>
    TimeSpan LongestFor(StimulusMessage.Outside request) => TimeSpan.Zero;

    /// <summary>
    /// Does the work; may be called again after a crash. The answer, plain data, resumes the bookmark that waits;
    /// <see cref="OutsideAnswer.Later"/> leaves that to somebody else. A failure worth another try throws <see
    /// cref="HttpRequestException"/> or
    /// <see cref="IOException"/>.
    /// </summary>
    Task<OutsideAnswer> DoAsync(StimulusMessage.Outside request, CancellationToken cancellationToken);
}

/// <summary>The answer of work outside.</summary>
/// <param name="Resumes">False when the bookmark goes on waiting.</param>
/// <param name="Payload">Plain data for the waiting activity.</param>
public readonly record struct OutsideAnswer(bool Resumes, object? Payload)
{
    /// <summary>Done; somebody else will answer the bookmark.</summary>
    public static readonly OutsideAnswer Later;

    /// <summary>Done, with this answer.</summary>
    public static OutsideAnswer With(object? payload) => new(true, payload);
}
