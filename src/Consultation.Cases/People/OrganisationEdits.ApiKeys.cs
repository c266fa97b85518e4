namespace Consultation.Cases.People;

/// <summary>A key as the form hands it in.</summary>
/// <param name="Id">Its id, which stands in the key that is shown.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Rights">Of <see cref="ApiKeyRights.All"/>.</param>
/// <param name="ExpiresAt">Until when it stands; null when nothing readable was typed.</param>
/// <param name="SecretHash">What its secret hashes to.</param>
public sealed record ApiKeyEntry(
    ApiKeyId Id, string Name, IReadOnlyList<string> Rights, DateTimeOffset? ExpiresAt, string SecretHash);

/// <content>Keys by which programs use Elsa's API.</content>
public sealed partial class OrganisationEdits
{
    private const int MostNameLength = 60;

    /// <summary>Makes a key that acts for whoever makes it; only for an administrator.</summary>
    public Task<EditResult> MakeApiKeyAsync(
        OrganisationEdit edit, ApiKeyEntry entry, CancellationToken cancellationToken) =>
        RunAsync(edit, null, (session, now) =>
        {
            if (session.File.Directory.Find(edit.ActorId) is not { Active: true } maker
                || !session.File.Directory.Grants.Any(
                    grant => grant.PersonId == maker.Id && grant.Role == Role.Administrator))
            {
                return new EditOutcome.Wrong("", "只有管理员可以生成密钥。", "Only an administrator makes keys.");
            }

            var name = entry.Name.Trim();
            if (name.Length is 0 or > MostNameLength)
            {
                return new EditOutcome.Wrong("name", "请写明用途，不超过 60 字。",
                    "Say what it is for, in at most 60 characters.");
            }

            if (entry.Rights.Count == 0 || entry.Rights.Except(ApiKeyRights.All).Any())
            {
                return new EditOutcome.Wrong("rights", "请至少选择一项权限。", "Choose at least one right.");
            }

            if (entry.ExpiresAt is not { } end || end <= now || end > now.AddDays(ApiKeyRights.MostDays))
            {
                return new EditOutcome.Wrong("expires", "请填写今天以后、一年以内的到期日。",
                    "Give a day after today and within one year.");
            }

            var key = session.File.Add(new ApiKey
            {
                OrganisationId = edit.OrganisationId,
                Id = entry.Id,
                Name = name,
                SecretHash = entry.SecretHash,
                Rights = [.. ApiKeyRights.All.Intersect(entry.Rights)],
                PersonId = maker.Id,
                MadeAt = now,
                ExpiresAt = end,
            });
            return new EditOutcome.Changed(key.Id.Value, KeySubject(key.Id), new(
                $"生成了接口密钥“{name}”（{string.Join("、", key.Rights)}）",
                $"made the API key “{name}” ({string.Join(", ", key.Rights)})"));
        }, cancellationToken);

    /// <summary>Ends a key: it opens nothing from now on.</summary>
    public Task<EditResult> RevokeApiKeyAsync(
        OrganisationEdit edit, ApiKeyId id, CancellationToken cancellationToken) =>
        RunAsync(edit, KeySubject(id), async (session, now) =>
        {
            if (await session.FindApiKeyAsync(id, cancellationToken) is not { } key)
            {
                return new EditOutcome.Wrong("", "密钥不存在。", "There is no such key.");
            }

            if (key.RevokedAt is not null) return new EditOutcome.AsItWas(id.Value);
            key.RevokedAt = now;
            return new EditOutcome.Changed(id.Value, KeySubject(id), new(
                $"作废了接口密钥“{key.Name}”", $"revoked the API key “{key.Name}”"));
        }, cancellationToken);

    private static string KeySubject(ApiKeyId id) => $"api-key:{id.Value:N}";
}
