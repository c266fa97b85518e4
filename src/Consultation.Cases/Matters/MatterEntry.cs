using Consultation.Cases.Forms;

namespace Consultation.Cases.Matters;

/// <summary>A matter as somebody hands it in.</summary>
public sealed record MatterEntry
{
    public required OrganisationId OrganisationId { get; init; }
    public required MatterSource Source { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public string? Place { get; init; }
    public string? ProposerGroup { get; init; }
    public string? ProposerName { get; init; }
    public string? ProposerEmail { get; init; }
    public string? ProposerPhone { get; init; }
    public string Language { get; init; } = "zh";
    public IReadOnlyList<string> Tags { get; init; } = [];
    public UnitId? PlatformId { get; init; }

    /// <summary>When it was raised, if not now.</summary>
    public DateTimeOffset? RaisedAt { get; init; }
    public PersonId? EnteredById { get; init; }

    /// <summary>
    /// Same id, same matter: a form posted twice registers once and gets the same number and secret. The secret is
    /// derived from it, so it must be random, at least 16 characters, and known to the sender of the form alone.
    /// </summary>
    public required string OperationId { get; init; }

    /// <summary>Whether the note about the use of what is written was agreed to; the public form asks for it.</summary>
    public bool Consented { get; init; } = true;

    /// <summary>Files that were handed in before and go with it.</summary>
    public IReadOnlyList<Attachments.UploadTicket> Files { get; init; } = [];

    /// <summary>What is said of these files.</summary>
    public Attachments.AttachmentNotes FileNotes { get; init; } =
        new(Retention: Attachments.RetentionClasses.Personal);

    /// <summary>The same as it is kept: without what nobody sees, phone and address in one form.</summary>
    internal MatterEntry Cleaned() => this with
    {
        Title = TypedText.Line(Title),
        Text = TypedText.Prose(Text),
        Place = OrNull(TypedText.Line(Place)),
        ProposerGroup = OrNull(TypedText.Line(ProposerGroup)),
        ProposerName = OrNull(TypedText.Line(ProposerName)),
        ProposerEmail = OrNull(TypedText.Address(ProposerEmail)),
        ProposerPhone = OrNull(TypedText.Code(ProposerPhone)),
    };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}

/// <summary>What became of an entry.</summary>
public abstract record RegisterResult
{
    private RegisterResult() { }

    /// <summary>Stored under this number; the secret lets the proposer follow it without a log-in.</summary>
    public sealed record Registered(MatterId MatterId, string Number, string FollowSecret) : RegisterResult;

    /// <summary>Not stored, with what to mend.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : RegisterResult;
}
