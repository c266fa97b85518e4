using Consultation.Cases;
using Consultation.Cases.Archiving;
using Consultation.Cases.Attachments;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Rules;
using Consultation.Storage.Reading.Attachments;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Cases;

/// <summary>
/// What of a case belongs to the archive, and its package (P85–P90, Q81, O25). Call it with a case that the viewer
/// sees.
/// </summary>
public sealed class ArchiveReader(
    Database database, CaseReader cases, AttachmentReader attachments, IPreviewMaker previews)
{
    /// <summary>How complete the archive is.</summary>
    public async Task<IReadOnlyList<ArchiveStanding>> StandingAsync(
        Case one, RuleSet rules, CancellationToken cancellationToken)
    {
        var documents = await cases.DocumentsAsync(one, cancellationToken);
        var files = await attachments.OfCaseAsync(one, cancellationToken);
        return StandingOf(one, rules, documents, files);
    }

    private static IReadOnlyList<ArchiveStanding> StandingOf(
        Case one, RuleSet rules, IReadOnlyList<DocumentRow> documents, IReadOnlyList<Attachment> files) =>
        ArchiveList.StandingOf(
            ArchiveList.Of(one.Kind, rules), documents.Select(document => (document.Kind, document.Title)), files);

    /// <summary>Writes the package and gives its seal.</summary>
    public async Task<string> WriteAsync(
        Case one, OrganisationSnapshot organisation, PersonId by, DateTimeOffset now, Stream target,
        CancellationToken cancellationToken)
    {
        var rules = organisation.Policies.Rules;
        var documents = await cases.DocumentsAsync(one, cancellationToken);
        var files = await attachments.OfCaseAsync(one, cancellationToken);
        var gaps = StandingOf(one, rules, documents, files).Where(item => !item.IsComplete);
        await using var writer = new ArchiveWriter(target, new ArchiveHead
        {
            Organisation = organisation.Directory.Organisation.Name.Zh,
            CaseNumber = one.Number ?? "",
            CaseTitle = one.Title,
            Kind = one.Kind.ToString(),
            Opened = one.OpenedAt,
            Closed = one.ClosedAt,
            MadeAt = now,
            MadeBy = organisation.Directory.Find(by)?.Name ?? "",
            Gaps = [.. gaps.Select(item => item.Item.Name)],
        });
        var ends = organisation.Calendar.DayOf(one.ClosedAt ?? now).AddDays(rules.Number(RuleKeys.KeepOrdinary));
        await AddDocumentsAsync(writer, one, documents, ends, cancellationToken);
        await AddFilesAsync(writer, files, cancellationToken);
        await AddDataAsync(writer, one, organisation.Directory, cancellationToken);
        await AddDefinitionsAsync(writer, one, cancellationToken);
        return await writer.CloseAsync(cancellationToken);
    }

    /// <summary>Resolutions and minutes for ever, the rest as long as ordinary papers (O25).</summary>
    private async Task AddDocumentsAsync(
        ArchiveWriter writer, Case one, IReadOnlyList<DocumentRow> rows, DateOnly ends,
        CancellationToken cancellationToken)
    {
        var documents = new List<CaseDocument>();
        foreach (var row in rows.Reverse())
        {
            if (await cases.DocumentAsync(one, row.Id, cancellationToken) is { } document) documents.Add(document);
        }

        var pdfs = await previews.MakeAsync(
            [.. documents.Select(document => (Path.GetExtension(document.FileName).TrimStart('.'), document.Content))],
            cancellationToken);
        foreach (var (document, index) in documents.Select((document, index) => (document, index)))
        {
            var name = $"documents/{index + 1:000}-{document.FileName}";
            var part = new ArchivePart
            {
                Path = name,
                Title = document.Title,
                Kind = document.Kind,
                Reference = document.Number,
                KeepUntil = document.Kind is FormKeys.Resolution or FormKeys.Minutes ? null : ends,
            };
            await writer.AddAsync(part, new MemoryStream(document.Content), cancellationToken);
            if (pdfs[index] is not { } pdf) continue;
            await writer.AddAsync(
                part with { Path = Path.ChangeExtension(name, "pdf") }, new MemoryStream(pdf), cancellationToken);
        }
    }

    private async Task AddFilesAsync(
        ArchiveWriter writer, IReadOnlyList<Attachment> files, CancellationToken cancellationToken)
    {
        foreach (var file in files.Reverse())
        {
            if (file.ContentId is not { } content
                || await attachments.OpenAsync(file, content, cancellationToken) is not { } bytes) continue;
            await using (bytes)
            {
                await writer.AddAsync(
                    new()
                    {
                        Path = $"files/{file.Name}",
                        Title = new(file.Caption.Length > 0 ? file.Caption : file.Name),
                        Kind = "file",
                        KeepUntil = file.KeepUntil,
                    },
                    bytes, cancellationToken);
            }
        }
    }

    private async Task AddDataAsync(
        ArchiveWriter writer, Case one, OrganisationDirectory directory, CancellationToken cancellationToken)
    {
        string? Name(PersonId? id) => directory.Find(id)?.Name;
        await writer.AddAsync(ArchiveData.Case, new
        {
            one.Number,
            one.Title,
            Kind = one.Kind.ToString(),
            State = one.State.ToString(),
            one.OpenedAt,
            one.ClosedAt,
            Outcome = one.Outcome?.Zh,
            Platform = directory.Find(one.PlatformId)?.Name.Zh,
        }, cancellationToken);
        await writer.AddAsync(ArchiveData.Records,
            (await cases.RecordsAsync(one, cancellationToken)).OrderBy(record => record.At).Select(record => new
            {
                record.Kind,
                Title = record.Title.Zh,
                record.At,
                By = Name(record.ById),
                OnBehalfOf = Name(record.OnBehalfOfId),
                record.Fields,
            }), cancellationToken);
        await writer.AddAsync(ArchiveData.Decisions,
            (await cases.TasksAsync(one, cancellationToken)).OrderBy(task => task.OpenedAt).Select(task => new
            {
                task.Number,
                Title = task.Title.Zh,
                task.OpenedAt,
                task.DueAt,
                task.ClosedAt,
                task.Outcome,
                Answers = task.Assignees.Select(seat => new
                {
                    Who = seat.GuestName ?? Name(seat.PersonId),
                    seat.Outcome,
                    seat.Reason,
                    seat.AnsweredAt,
                    By = Name(seat.AnsweredById),
                    seat.Channel,
                }),
            }), cancellationToken);
        await writer.AddAsync(ArchiveData.History,
            (await cases.HistoryAsync(one, int.MaxValue, cancellationToken)).OrderBy(line => line.At).Select(line => new
            {
                line.At,
                Who = Name(line.ActorId),
                OnBehalfOf = Name(line.OnBehalfOfId),
                line.Verb,
                Text = line.Text.Zh,
            }), cancellationToken);
        await writer.AddAsync(ArchiveData.Mails, await MailsAsync(one, cancellationToken),
            cancellationToken);
        await writer.AddAsync(ArchiveData.Meetings,
            await MeetingsAsync(one, cancellationToken), cancellationToken);
    }

    /// <summary>Without addresses, bodies and links: what was sent to whom, and that it was.</summary>
    private async Task<object> MailsAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        var (organisation, id) = (one.OrganisationId.Value, one.Id.Value);
        return await db.Mails.AsNoTracking().Where(mail => mail.OrganisationId == organisation && mail.CaseId == id)
            .OrderBy(mail => mail.CreatedAt)
            .Select(mail => new
            {
                mail.Purpose,
                mail.RecipientName,
                mail.Subject,
                mail.MessageId,
                mail.TaskNumber,
                mail.CreatedAt,
                mail.SentAt,
                State = mail.State.ToString(),
            })
            .ToListAsync(cancellationToken);
    }

    private async Task<List<ArchivedMeeting>> MeetingsAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        var meetings = await db.Meetings.AsNoTracking()
            .Where(row => row.OrganisationId == one.OrganisationId && row.Topics.Any(topic => topic.CaseId == one.Id)
                // What was said about another case that is kept from people does not leave the house with this one.
                && !db.Cases.Any(other => other.OrganisationId == one.OrganisationId && other.Restricted
                    && other.Id != one.Id && row.Topics.Any(topic => topic.CaseId == other.Id)))
            .ToListAsync(cancellationToken);
        var all = new List<ArchivedMeeting>();
        foreach (var meeting in meetings.OrderBy(meeting => meeting.On))
        {
            all.Add(ArchivedMeeting.Of(meeting, await db.MeetingLines.AsNoTracking()
                .Where(line => line.OrganisationId == one.OrganisationId && line.MeetingId == meeting.Id)
                .OrderBy(line => line.Number).ToListAsync(cancellationToken)));
        }

        return all;
    }

    /// <summary>The versions of the workflows by which the case was run.</summary>
    private async Task AddDefinitionsAsync(ArchiveWriter writer, Case one, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var correlation = one.Id.ToString();
        var versions = await db.Runs.AsNoTracking()
            .Where(run => run.OrganisationId == one.OrganisationId && run.CorrelationId == correlation)
            .Select(run => run.DefinitionVersionId).Distinct().ToListAsync(cancellationToken);
        var definitions = await db.Definitions.AsNoTracking().Where(row => versions.Contains(row.Id))
            .OrderBy(row => row.DefinitionId).ThenBy(row => row.Version).ToListAsync(cancellationToken);
        foreach (var definition in definitions)
        {
            await writer.AddAsync(
                new()
                {
                    Path = $"workflows/{definition.DefinitionId}-v{definition.Version}.json",
                    Title = new(definition.Name ?? definition.DefinitionId),
                    Kind = "definition",
                },
                new MemoryStream(System.Text.Encoding.UTF8.GetBytes(definition.Json)), cancellationToken);
        }
    }
}
