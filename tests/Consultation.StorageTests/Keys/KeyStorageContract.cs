using Consultation.Storage;
using Consultation.Storage.Keys;
using Consultation.Testing.Databases;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.StorageTests.Keys;

/// <summary>
/// The keys of sign-in cookies are kept in every database product, and every process on it finds the same.
/// </summary>
public abstract class KeyStorageContract(TestDatabase database)
{
    [SkippableFact]
    public async Task What_one_process_sealed_another_opens_with_the_key_in_the_database()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        var options = database.NewDatabase();
        await using var first = Process(options);
        var sealedText = Protector(first).Protect("谁登录了");

        await using var second = Process(options);

        Protector(second).Unprotect(sealedText).Should().Be("谁登录了");
        await using var db = second.GetRequiredService<Database>().Open();
        (await db.DataProtectionKeys.SingleAsync()).Xml.Should().Contain("<key id=");
    }

    private static IDataProtector Protector(IServiceProvider process) =>
        process.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static ServiceProvider Process(StorageOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new Database(options));
        services.AddDataProtection().SetApplicationName("test").PersistKeysToDatabase();
        return services.BuildServiceProvider();
    }
}

public sealed class SqliteKeyStorageTests(SqliteDatabase database)
    : KeyStorageContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlKeyStorageTests(PostgreSqlDatabase database)
    : KeyStorageContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerKeyStorageTests(SqlServerDatabase database)
    : KeyStorageContract(database), IClassFixture<SqlServerDatabase>;
