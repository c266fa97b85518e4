using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Forms;
using Consultation.Storage;
using Consultation.Storage.Attachments;
using Consultation.Storage.Cases;
using Consultation.Web.Layout;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Attachments;

/// <summary>What may be handed in at a form.</summary>
/// <param name="Door">Through which door.</param>
/// <param name="Most">Most files.</param>
/// <param name="MostBytes">Most bytes of one.</param>
/// <param name="Kinds">Kinds that are let in.</param>
/// <param name="UploadAt">Where a script announces a file.</param>
/// <param name="TaskId">The task whose answer the files come with.</param>
public sealed record FileLimits(
    AttachmentDoor Door, int Most, long MostBytes, IReadOnlyList<FileKind> Kinds, string UploadAt, TaskId? TaskId);

/// <summary>A file that was handed in and waits for its form.</summary>
public sealed record PickedFile(UploadTicket Ticket, Attachment File);

/// <summary>
/// Takes the files of posted forms: those that a script handed in before, named by their tickets, and those in the form
/// itself. Whatever else is wrong with the form, what was handed in stays and is shown again.
/// </summary>
public sealed class FileDoor(
    Database database, DirectoryCache directories, UploadStore uploads, IHttpContextAccessor accessor)
{
    /// <summary>
    /// Most bytes of one post of files: a form without script carries all of its files at once. Larger ones need the
    /// script, which sends them in pieces.
    /// </summary>
    public const long LargestPost = 128L * 1024 * 1024;

    /// <summary>What may be handed in at a door of the organisation; null when there is none.</summary>
    public async Task<FileLimits?> LimitsAsync(
        OrganisationId organisation, AttachmentDoor door, string uploadAt, TaskId? task,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        if (await directories.FindAsync(db, organisation, cancellationToken) is not { } known) return null;
        var rules = known.Policies.Rules;
        return new(door, AttachmentRules.MostFiles(rules, door), AttachmentRules.MostBytes(rules, door),
            AttachmentRules.Kinds(rules, door), uploadAt, task);
    }

    /// <summary>The tickets of a field's files; what could not be taken stands among the errors.</summary>
    public async Task<IReadOnlyList<UploadTicket>> TakeAsync(
        OrganisationId organisation, PostedForm posted, string name, FileLimits limits, PersonId? by,
        List<FieldError> errors, CancellationToken cancellationToken)
    {
        var tickets = UploadTicket.ReadAll(posted.All(FormReader.TicketName(name))).ToList();
        var field = FormState.Bare(name);
        var sent = posted.Files.Where(file => file.Name == name && file.FileName.Length > 0).ToList();
        if (tickets.Count + sent.Count > limits.Most)
        {
            errors.Add(new(field, AttachmentRules.TooMany(limits.Most)));
            sent = [.. sent.Take(Math.Max(0, limits.Most - tickets.Count))];
        }

        foreach (var file in sent)
        {
            await using var bytes = file.OpenReadStream();
            var entry = new UploadEntry
            {
                OrganisationId = organisation,
                Door = limits.Door,
                Name = file.FileName,
                Length = file.Length,
                ById = by,
                TaskId = limits.TaskId,
            };
            switch (await uploads.TakeAsync(entry, bytes, cancellationToken))
            {
                case UploadStanding.Complete complete:
                    tickets.Add(complete.Ticket);
                    break;
                case UploadStanding.Refused refused:
                    errors.Add(new(field, refused.Why));
                    break;
            }
        }

        var loose = await uploads.LooseAsync(organisation, tickets, cancellationToken);
        // What was let in by its name and found infected or damaged meanwhile is said here and does not vanish.
        errors.AddRange(loose.Where(file => file.State == AttachmentState.Refused)
            .Select(file => new FieldError(field, AttachmentRules.About(file.Name, file.Trouble!))));
        List<PickedFile> picked = [.. from ticket in tickets
                                      join file in loose on ticket.Id equals file.Id
                                      where file.Stands
                                      select new PickedFile(ticket, file)];
        if (accessor.HttpContext is { } http) http.Items[KeyOf(name)] = picked;
        return picked.ConvertAll(one => one.Ticket);
    }

    /// <summary>The answer with the files of its form's fields and with the scan that came with it.</summary>
    public async Task<Consultation.Cases.Tasks.TaskAnswer> WithFilesAsync(
        Consultation.Cases.Tasks.TaskAnswer answer, Form? form, PostedForm posted, FileLimits? limits,
        List<FieldError> errors, CancellationToken cancellationToken)
    {
        if (limits is null) return answer;
        var (fields, files) = (answer.Fields.ToDictionary(), new List<AttachmentId>());
        foreach (var field in (form?.Fields ?? []).Where(field => field.Kind == FieldKind.Files))
        {
            var tickets = await TakeAsync(
                answer.OrganisationId, posted, FormReader.Prefix + field.Key, limits, answer.ActorId, errors,
                cancellationToken);
            fields[field.Key] = FormValues.List(tickets.Select(ticket => ticket.Id.Value.ToString("N")));
            files.AddRange(tickets.Select(ticket => ticket.Id));
        }

        files.AddRange((await TakeAsync(
            answer.OrganisationId, posted, ScanField, limits, answer.ActorId, errors, cancellationToken))
            .Select(ticket => ticket.Id));
        // Sent twice, the same files are other ones, or none that are free: what was posted says that it is one entry.
        var sent = posted.Files.Any(file => file.FileName.Length > 0) || (form?.Fields ?? [])
            .Where(field => field.Kind == FieldKind.Files).Select(field => FormReader.Prefix + field.Key)
            .Append(ScanField)
            .Any(name => posted.All(FormReader.TicketName(name)).Count > 0);
        return answer with { Fields = fields, Files = files, Entry = sent ? posted.Operation : null };
    }

    /// <summary>Name of the field for the scan of an answer on paper.</summary>
    internal const string ScanField = "scan";

    /// <summary>The files that a field of this request shows as handed in.</summary>
    internal static IReadOnlyList<PickedFile> PickedIn(HttpContext http, string name) =>
        http.Items.TryGetValue(KeyOf(name), out var picked) ? (List<PickedFile>)picked! : [];

    private static string KeyOf(string name) => $"files:{name}";
}
