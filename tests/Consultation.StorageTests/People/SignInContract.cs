using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Storage.People;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;

namespace Consultation.StorageTests.People;

/// <summary>What every database must do for sign-ins: sessions that end, guesses that are counted one by one.</summary>
public abstract class SignInContract(TestDatabase database)
{
    private const string Place = "address 203.0.113.7";

    [SkippableFact]
    public async Task A_session_stands_until_it_is_ended_and_only_in_its_organisation()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var sessions = new SessionStore(host.Database);
        var person = host.Seed.People[0];
        var organisation = person.OrganisationId;
        var first = await sessions.StartAsync(organisation, person.Id, TemporaryHost.Now, default);
        var second = await sessions.StartAsync(organisation, person.Id, TemporaryHost.Now, default);
        await sessions.SeeAsync(organisation, second, TemporaryHost.Now.AddHours(1), default);

        await sessions.EndAsync(OrganisationId.New(), second, default);
        await sessions.EndAsync(organisation, first, default);

        (await sessions.FindAsync(organisation, first, default)).Should().BeNull();
        (await sessions.FindAsync(OrganisationId.New(), second, default)).Should().BeNull();
        (await sessions.FindAsync(organisation, second, default)).Should().Be(
            new StandingSession(person.Id, true, person.SecurityStamp, TemporaryHost.Now.AddHours(1)));
        await sessions.StartAsync(organisation, person.Id, TemporaryHost.Now.AddDays(1), default);
        (await sessions.FindAsync(organisation, second, default)).Should().BeNull("nobody used it for long");
    }

    [SkippableFact]
    public async Task A_key_is_found_in_its_organisation_used_and_revoked()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var keys = new ApiKeyStore(host.Database);
        var (maker, organisation) = (host.Person("leader"), host.Edit().OrganisationId);
        await host.Edits.GrantAsync(host.Edit(), maker.Id, Role.Administrator, null, false, default);
        var text = ApiKeyText.New(organisation, ApiKeyId.New());
        var entry = new ApiKeyEntry(
            text.Id, "平台同步", ["tasks:complete", "read:*"], TemporaryHost.Now.AddDays(30), text.Hash);

        (await host.Edits.MakeApiKeyAsync(Edit("make"), entry, default)).Should().BeOfType<EditResult.Saved>();
        var made = (await keys.FindAsync(organisation, text.Id, default))!;
        await keys.UseAsync(made, TemporaryHost.Now.AddHours(1), default);
        (await host.Edits.RevokeApiKeyAsync(Edit("revoke"), text.Id, default)).Should().BeOfType<EditResult.Saved>();
        var revoked = (await keys.ListAsync(organisation, default)).Single();

        text.Fits(made).Should().BeTrue();
        made.Rights.Should().Equal("read:*", "tasks:complete");
        made.StandsAt(TemporaryHost.Now).Should().BeTrue();
        made.StandsAt(TemporaryHost.Now.AddDays(30)).Should().BeFalse();
        revoked.UsedAt.Should().Be(TemporaryHost.Now.AddHours(1));
        revoked.StandsAt(TemporaryHost.Now).Should().BeFalse();
        (await keys.FindAsync(OrganisationId.New(), text.Id, default)).Should().BeNull();

        OrganisationEdit Edit(string operation) => new(organisation, maker.Id, null, operation);
    }

    [SkippableFact]
    public async Task Of_forty_guesses_at_the_same_time_five_are_allowed()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var guesses = new GuessStore(host.Database);

        var waits = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() =>
            guesses.TakeAsync(Place, "admin", GuessRule.OneName, TemporaryHost.Now, default))));

        waits.Count(wait => wait == TimeSpan.Zero).Should().Be(5);
    }

    [SkippableFact]
    public async Task Guesses_are_forgotten_by_place_or_by_name_and_taken_back_one_by_one()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var guesses = new GuessStore(host.Database);
        async Task<bool> MayAsync(string place, string name) =>
            await guesses.TakeAsync(place, name, GuessRule.OneName, TemporaryHost.Now, default) == TimeSpan.Zero;
        async Task SpendAsync(string place, string name)
        {
            while (await MayAsync(place, name))
            {
            }
        }

        await SpendAsync(Place, "admin");
        (await MayAsync("address 203.0.113.8", "admin")).Should().BeTrue("another place is not held up");
        (await MayAsync(Place, "li.hua")).Should().BeTrue("another name is not held up");
        await guesses.TakeBackAsync(Place, "admin", GuessRule.OneName, default);
        (await MayAsync(Place, "admin")).Should().BeTrue();
        (await MayAsync(Place, "admin")).Should().BeFalse();
        await guesses.ForgetAsync(Place, "admin", default);
        (await MayAsync(Place, "admin")).Should().BeTrue();
        await SpendAsync(Place, "admin");
        await guesses.ForgetAsync("admin", default);
        (await MayAsync(Place, "admin")).Should().BeTrue("the name has a new password");
    }
}

public sealed class SqliteSignInTests(SqliteDatabase database)
    : SignInContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlSignInTests(PostgreSqlDatabase database)
    : SignInContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerSignInTests(SqlServerDatabase database)
    : SignInContract(database), IClassFixture<SqlServerDatabase>;
