using Consultation.Cases.Deletions;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Rules;
using Consultation.Mail.Templates;
using Consultation.Storage.Deletions;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>Organisations' edited mail templates.</summary>
internal sealed class MailTemplateStore(Database database, TimeProvider clock) : IMailTemplateStore
{
    public async Task<IReadOnlyList<MailTemplate>> LoadAllAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.MailTemplates.AsNoTracking().ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlySet<Guid>> WithoutEnglishAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var ids = await db.Set<HouseRule>().AsNoTracking()
            .Where(rule => rule.Key == RuleKeys.MailEnglish && rule.Value == FormValues.No)
            .Select(rule => rule.OrganisationId).ToListAsync(cancellationToken);
        return ids.Select(id => id.Value).ToHashSet();
    }

    public async Task<IReadOnlyDictionary<(Guid Organisation, string Kind), string>> WaysAsync(
        CancellationToken cancellationToken)
    {
        var kinds = MessageWays.Kinds.ToDictionary(kind => MessageWays.RuleOf(kind.Key), kind => kind.Key);
        var keys = kinds.Keys.ToList();
        await using var db = database.Open();
        var rules = await db.Set<HouseRule>().AsNoTracking().Where(rule => keys.Contains(rule.Key))
            .Select(rule => new { rule.OrganisationId, rule.Key, rule.Value }).ToListAsync(cancellationToken);
        return rules.ToDictionary(rule => (rule.OrganisationId.Value, kinds[rule.Key]), rule => rule.Value);
    }

    public async Task SaveAsync(MailTemplate template, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(new(template.OrganisationId));
        var row = await db.MailTemplates.SingleOrDefaultAsync(
            one => one.Key == template.Key && one.Language == template.Language, cancellationToken);
        if (row is null)
        {
            db.Add(template);
        }
        else
        {
            row.Subject = template.Subject;
            row.Text = template.Text;
            row.Html = template.Html;
            row.ShortText = template.ShortText;
            row.UpdatedAt = template.UpdatedAt;
            row.UpdatedBy = template.UpdatedBy;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task RemoveAsync(
        Guid organisation, string key, string language, string by, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(new(organisation));
        if (await db.MailTemplates.SingleOrDefaultAsync(
            row => row.Key == key && row.Language == language, cancellationToken) is not { } own)
        {
            return;
        }
        db.Remove(own);
        db.Add(BinRow.Of(
            BinKind.Template, new(organisation), ($"{key}.{language}", own.Subject), own, by, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
    }
}
