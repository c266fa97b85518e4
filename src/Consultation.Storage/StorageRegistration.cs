using System.ComponentModel.DataAnnotations;
using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Deletions;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Matters.Import;
using Consultation.Cases.People;
using Consultation.Cases.People.Import;
using Consultation.Cases.Screening;
using Consultation.Cases.Workflows;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Storage.Attachments;
using Consultation.Storage.Cases;
using Consultation.Storage.Definitions;
using Consultation.Storage.Deletions;
using Consultation.Storage.Keys;
using Consultation.Storage.Mail;
using Consultation.Storage.Matters;
using Consultation.Storage.Moves;
using Consultation.Storage.People;
using Consultation.Storage.Reading.Attachments;
using Consultation.Storage.Rehearsals;
using Consultation.Storage.Runs;
using Consultation.Storage.Sqlite;
using Consultation.Storage.Tracking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage;

/// <summary>Wires this floor.</summary>
public static partial class StorageRegistration
{
    /// <summary>
    /// Adds the database and what is kept in it. Call <see cref="Database.MigrateAsync"/> before anything else uses it.
    /// </summary>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration) =>
        services.AddStorage(
            configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions(),
            configuration.GetSection(MaterialOptions.Section).Get<MaterialOptions>() ?? new MaterialOptions());

    /// <summary>The same with options at hand.</summary>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static IServiceCollection AddStorage(
        this IServiceCollection services, StorageOptions options, MaterialOptions? material = null)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        services.AddSingleton(material ?? new MaterialOptions());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new Database(options));
        if (options.Provider == DatabaseProvider.Sqlite) services.AddHostedService<SqliteCheckpoints>();
        services.AddSingleton<DirectoryCache>();
        services.AddSingleton<CaseFileLoader>();
        services.AddSingleton<IRunStore, RunStore>();
        services.AddSingleton<IDefinitionStore, DefinitionStore>();
        services.AddSingleton<WorkflowFileLedger>();
        services.AddSingleton<RunJournal>();
        services.AddSingleton<RunRecords>();
        services.AddSingleton<ICaseStore, CaseStore>();
        services.AddSingleton<IAccessLog, AccessLog>();
        services.AddSingleton<IIntakeStore, IntakeStore>();
        services.AddSingleton<ImportProgress>();
        services.AddSingleton<ImportWriter>();
        services.AddSingleton<IHotlineImport, ImportJobs>();
        services.AddSingleton<IDirectoryImports, DirectoryImports>();
        services.AddSingleton(provider => new ImportWorker(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<ImportWriter>(),
            provider.GetRequiredService<ImportProgress>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ImportWorker>>()));
        services.TryAddSingleton<Reading.Runs.RunReader>();
        services.AddSingleton<MoveSignal>();
        services.AddSingleton<IVersionMoves, VersionMoves>();
        services.AddSingleton(provider => new VersionMoveWorker(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<RunWorker>(),
            provider.GetRequiredService<MoveSignal>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<VersionMoveWorker>>()));
        services.AddSingleton<IBin, BinStore>();
        services.AddSingleton<BinWorker>();
        services.AddSingleton<SummaryWorker>();
        services.AddSingleton<RestWorker>();
        services.AddSingleton<SignUpWorker>();
        services.AddSingleton<SurveyWorker>();
        services.AddSingleton<IWordSeal, WordSeal>();
        services.AddSingleton<IOrganisationStore, OrganisationStore>();
        services.AddSingleton<IOrganisationSetup, OrganisationSetup>();
        services.AddMailStorage();
        services.AddSingleton<CheckStore>();
        services.AddSingleton<RehearsalReader>();
        services.AddSingleton<AttachmentSignal>();
        services.AddSingleton<ContentStores>();
        services.AddSingleton<ContentKeeper>();
        services.AddSingleton<UploadStore>();
        services.AddSingleton(provider => new AttachmentActs(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<DirectoryCache>(),
            provider.GetRequiredService<ContentKeeper>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new AttachmentReader(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<ContentKeeper>()));
        services.AddSingleton(provider => new AttachmentWorker(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<DirectoryCache>(),
            provider.GetRequiredService<ContentKeeper>(),
            provider.GetRequiredService<IFileScan>(),
            provider.GetRequiredService<IPreviewMaker>(),
            provider.GetRequiredService<AttachmentSignal>(),
            provider.GetRequiredService<IUseCaseMail>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AttachmentWorker>>()));
        return services;
    }
}
