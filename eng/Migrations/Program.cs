using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;

// Usage: Migrations <name> <folder of Consultation.Storage>
// Writes one migration per database product, each into its folder; compares the model with the snapshot that lies there.
var (name, project) = (args[0], args[1]);
foreach (var provider in Enum.GetValues<DatabaseProvider>())
{
    await using var db = new Database(new StorageOptions { Provider = provider, ConnectionString = ConnectionOf(provider) }).Open();
    var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(db);
    DesignTimeServicesOf(db).ConfigureDesignTimeServices(services);
    await using var scope = services.BuildServiceProvider();
    var scaffolder = scope.GetRequiredService<IMigrationsScaffolder>();
    var migration = scaffolder.ScaffoldMigration(name, $"Consultation.Storage.{provider}", "Migrations", "C#");
    // EF's own Save puts the first snapshots of all three into one folder.
    var folder = Directory.CreateDirectory(Path.Combine(project, provider.ToString(), "Migrations")).FullName;
    File.WriteAllText(Path.Combine(folder, migration.MigrationId + migration.FileExtension), migration.MigrationCode);
    File.WriteAllText(Path.Combine(folder, migration.MigrationId + ".Designer" + migration.FileExtension), migration.MetadataCode);
    File.WriteAllText(Path.Combine(folder, migration.SnapshotName + migration.FileExtension), migration.SnapshotCode);
    Console.WriteLine(Path.Combine(folder, migration.MigrationId));
}

static string ConnectionOf(DatabaseProvider provider) => provider switch
{
    DatabaseProvider.Sqlite => "Data Source=:memory:",
    DatabaseProvider.PostgreSql => "Host=localhost;Database=design",
    _ => "Server=localhost;Database=design;TrustServerCertificate=true",
};

// Each provider's assembly names its design-time services by an attribute.
static IDesignTimeServices DesignTimeServicesOf(DbContext db)
{
    var assembly = AppDomain.CurrentDomain.GetAssemblies().Single(one => one.GetName().Name == db.Database.ProviderName);
    var attribute = assembly.GetCustomAttributes(typeof(DesignTimeProviderServicesAttribute), false).Cast<DesignTimeProviderServicesAttribute>().Single();
    return (IDesignTimeServices)Activator.CreateInstance(assembly.GetType(attribute.TypeName, throwOnError: true)!)!;
}
