using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Keys;

/// <summary>
/// Keeps the keys of sign-in cookies and forms in the database, where every process of the host finds them.
/// </summary>
public static class KeyStorage
{
    /// <summary>Reads and writes the keys in the database of this host.</summary>
    public static IDataProtectionBuilder PersistKeysToDatabase(this IDataProtectionBuilder keys)
    {
        keys.Services.AddOptions<KeyManagementOptions>().Configure<Database, ILoggerFactory>(
            (options, database, logs) =>
            options.XmlRepository = new EntityFrameworkCoreXmlRepository<ConsultationDb>(Contexts(database), logs));
        return keys;
    }

    // The repository asks a container for its context. It gets one of its own: in the host's, a context over all
    // organisations would be within everybody's reach.
    private static ServiceProvider Contexts(Database database) =>
        new ServiceCollection().AddScoped(_ => database.Open()).BuildServiceProvider();
}
