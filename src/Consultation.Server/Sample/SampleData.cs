using System.Security.Cryptography;
using Consultation.Cases;
using Consultation.Cases.Matters.Import;
using Consultation.Cases.People;
using Consultation.Cases.Samples;
using Consultation.Storage.Matters;
using Consultation.Storage.People;
using Consultation.Web.Calendar;
using Consultation.Web.Health;
using Microsoft.AspNetCore.Identity;

namespace Consultation.Server.Sample;

/// <summary>Loads the sample organisation with its sample hotline orders.</summary>
internal sealed class SampleData(
    IOrganisationSetup setup, IHotlineImport orders, ImportWorker imports, IPasswordHasher<Account> hasher,
    TimeProvider time) : ISampleData
{
    private const string Administrator = "sample-admin";

    public async Task<SampleLoaded?> LoadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var password = LogInSecrets.NewPassword();
        var hash = hasher.HashPassword(null!, password);
        var seed = SampleOrganisation.Create(now, [.. Enumerable.Range(now.Year - 1, 3).SelectMany(HolidayYears.Of)]);
        foreach (var person in seed.People.Where(person => person.UserName is not null))
        {
            person.PasswordHash = hash;
            person.SecurityStamp = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        }

        if (!await setup.CreateAsync(seed, cancellationToken))
        {
            return null;
        }

        var organisation = seed.Organisation.Id;
        var administrator =
            await setup.CreateFirstAdministratorAsync(organisation, "示例管理员", Administrator, hash, cancellationToken);
        if (administrator is { } actor
            && await orders.PreviewAsync(organisation, actor, "sample-orders.csv",
                SampleOrders.Utf8Csv(DateOnly.FromDateTime(now.UtcDateTime)), null, cancellationToken)
                is PreviewResult.Ready ready)
        {
            await imports.StoreAsync(organisation, ready.Preview.Job.Id, actor, cancellationToken);
        }

        return new(password, [(Administrator, new LocalText("系统管理员", "Administrator")), .. SampleOrganisation.LogIns]);
    }
}
