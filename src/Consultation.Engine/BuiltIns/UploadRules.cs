using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Why a request is not taken as it is; each has an outcome of <c>Elsa.HttpEndpoint</c> that a switch of the node
/// exposes.
/// </summary>
public enum UploadProblem
{
    /// <summary>The whole request is larger than allowed.</summary>
    RequestTooLarge,

    /// <summary>A file is larger than allowed.</summary>
    FileTooLarge,

    /// <summary>A file's name ends in what is not allowed.</summary>
    InvalidFileExtension,

    /// <summary>A file is said to be of a type that is not allowed.</summary>
    InvalidFileMimeType,
}

/// <summary>A file of a form as far as the rules look at it.</summary>
/// <param name="FileName">Its name at the sender.</param>
/// <param name="ContentType">Its type as the sender says.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct UploadedFile(string FileName, string ContentType, long Length);

/// <summary>
/// What <c>Elsa.HttpEndpoint</c> takes. The limits are worked out once, when the workflow is compiled: they guard the
/// door before there is a run that an expression could ask. Immutable.
/// </summary>
public sealed class UploadRules
{
    private static readonly (UploadProblem Problem, string Switch, string Outcome)[] Outcomes =
    [
        (UploadProblem.RequestTooLarge, "exposeRequestTooLargeOutcome", "Request too large"),
        (UploadProblem.FileTooLarge, "exposeFileTooLargeOutcome", "File too large"),
        (UploadProblem.InvalidFileExtension, "exposeInvalidFileExtensionOutcome", "Invalid file extension"),
        (UploadProblem.InvalidFileMimeType, "exposeInvalidFileMimeTypeOutcome", "Invalid file MIME type"),
    ];

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly HashSet<UploadProblem> _exposed = [];

    internal UploadRules(ActivityNode node)
    {
        var scope = new TriggerContext(new TriggerScope(node.Definition));
        RequestBytes = Limit<long?>(node, scope, "RequestSizeLimit");
        FileBytes = Limit<long?>(node, scope, "FileSizeLimit");
        AllowedEndings = [.. (Limit<List<string>>(node, scope, "AllowedFileExtensions") ?? []).Select(Ending)];
        BlockedEndings = [.. (Limit<List<string>>(node, scope, "BlockedFileExtensions") ?? []).Select(Ending)];
        AllowedTypes = Limit<List<string>>(node, scope, "AllowedMimeTypes") ?? [];
        AnswerWithin = Limit<TimeSpan?>(node, scope, "RequestTimeout") is { } within && within > TimeSpan.Zero
            ? within < LongestWait ? within : LongestWait
            : null;
        foreach (var (problem, name, _) in Outcomes)
        {
            if (node.Json.Flag(name)) _exposed.Add(problem);
        }
    }

    /// <summary>Most bytes of a request's body, or null for the host's own limit.</summary>
    public long? RequestBytes { get; }

    /// <summary>Most bytes of one file, or null for none.</summary>
    public long? FileBytes { get; }

    /// <summary>Only these endings, with their dot; empty for all.</summary>
    public IReadOnlyList<string> AllowedEndings { get; }

    /// <summary>None of these endings, with their dot.</summary>
    public IReadOnlyList<string> BlockedEndings { get; }

    /// <summary>Only these MIME types; empty for all.</summary>
    public IReadOnlyList<string> AllowedTypes { get; }

    /// <summary>How long reading and handling a request may take, or null for as long as it takes.</summary>
    public TimeSpan? AnswerWithin { get; }

    /// <summary>Whether the workflow goes on by an outcome of its own instead of the request being refused.</summary>
    public bool Exposes(UploadProblem problem) => _exposed.Contains(problem);

    /// <summary>The outcome that stands for a problem, as Elsa names it.</summary>
    public static string OutcomeOf(UploadProblem problem) => Outcomes.First(one => one.Problem == problem).Outcome;

    /// <summary>The outcomes that the switches of a node add.</summary>
    internal static IEnumerable<string> ExposedBy(ActivityNode node) =>
        Outcomes.Where(one => node.Json.Flag(one.Switch)).Select(one => one.Outcome);

    /// <summary>The first rule that the files of a form break, in Elsa's order, or null.</summary>
    public UploadProblem? Check(IReadOnlyCollection<UploadedFile> files)
    {
        if (files.Any(file => file.Length > FileBytes)) return UploadProblem.FileTooLarge;
        if (AllowedEndings.Count > 0 && files.Any(file => !EndsIn(file, AllowedEndings)))
        {
            return UploadProblem.InvalidFileExtension;
        }
        if (files.Any(file => EndsIn(file, BlockedEndings))) return UploadProblem.InvalidFileExtension;
        return AllowedTypes.Count > 0 && files.Any(
            file => !AllowedTypes.Contains(file.ContentType.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase))
            ? UploadProblem.InvalidFileMimeType
            : null;
    }

    private static bool EndsIn(UploadedFile file, IReadOnlyList<string> endings) =>
        endings.Contains(Path.GetExtension(file.FileName.TrimEnd('.', ' ')), StringComparer.OrdinalIgnoreCase);

    private static string Ending(string given) => given.StartsWith('.') ? given : "." + given;

    private static T? Limit<T>(ActivityNode node, TriggerContext scope, string name)
    {
        try
        {
            return scope.Get(node.Input<T?>(name));
        }
        catch (ActivityFaultException unfit)
        {
            var why = Problems.Halves(unfit.Message);
            node.Report(node.Finding(
                FindingSeverity.Error,
                "bad-limit",
                new BilingualText($"“{name}”无法计算：{why.Zh}", $"{name} cannot be worked out: {why.En}"),
                new BilingualText("限制不能依赖运行中的数据，请填写固定值", "A limit cannot depend on data of a run; give a fixed value"),
                name));
            return default;
        }
    }
}
