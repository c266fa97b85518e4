using System.Security.Cryptography;
using System.Text;
using Consultation.Cases;
using Consultation.Cases.Rehearsals;
using Consultation.Cases.Workflows;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Consultation.Storage;
using Consultation.Web.Health;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Consultation.ServerTests.Rehearsals;

/// <summary>A host with the sample organisation, on whose copy is rehearsed.</summary>
public sealed class RehearsalDesk : DeskHost, IAsyncLifetime
{
    /// <summary>A Monday without holidays near it.</summary>
    internal static readonly DateOnly Start = new(2026, 3, 9);

    private readonly Failures _failures = new();
    private string _password = "";

    internal OrganisationId Organisation { get; private set; }

    internal IRehearsals Rehearsals => Services.GetRequiredService<IRehearsals>();

    internal DefinitionEditing Editing => Services.GetRequiredService<DefinitionEditing>();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _password = (await Services.GetRequiredService<ISampleData>().LoadAsync(default))!.Password;
        await using var db = Open();
        Organisation = (await db.Organisations.SingleAsync(one => one.IsSample)).Id;
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    internal ConsultationDb Open() => Services.GetRequiredService<Database>().Open();

    /// <summary>A browser in which somebody of the sample is signed in.</summary>
    internal async Task<DeskBrowser> AsAsync(string user)
    {
        var browser = Browser();
        (await browser.SignInAsync(user, _password)).Should().BeTrue(user);
        return browser;
    }

    /// <summary>Plays once with everybody of one habit.</summary>
    internal async Task<RehearsalPlay> PlayAsync(
        string definition = WorkflowKeys.SixSteps, Habit habit = Habit.OnTime, int seed = 1)
    {
        var shares = habit == Habit.OnTime ? new Dictionary<Habit, int>() : new() { [habit] = 100 };
        return await PlayAsync(new RehearsalSettings
        {
            DefinitionId = definition,
            Start = Start,
            Seed = seed,
            Mix = new HabitMix { Shares = shares },
        });
    }

    internal async Task<RehearsalPlay> PlayAsync(RehearsalSettings settings)
    {
        var job = await Rehearsals.PlayAsync(Organisation, settings, default);
        job.Error.Should().BeNull($"{job.Error?.Zh} {_failures.Last}");
        return job.Play!;
    }

    /// <summary>Stores a draft that begins and then waits for something that nobody ever says.</summary>
    internal async Task<string> SaveDeadEndAsync(string id)
    {
        var definition = WorkflowDefinition.Parse($$"""
            {
              "definitionId": "{{id}}", "name": "停住的流程 A workflow that gets stuck", "version": 1,
              "isLatest": true, "isPublished": false, "variables": [], "inputs": [], "outputs": [], "outcomes": [],
              "customProperties": {},
              "root": {
                "id": "Flow", "type": "Elsa.Flowchart", "version": 1,
                "activities": [
                  { "id": "Start", "type": "Elsa.Start", "version": 1 },
                  { "id": "Step", "type": "Consultation.EnterStep", "version": 1,
                    "key": { "typeName": "String", "expression": { "type": "Literal", "value": "stuck" } },
                    "number": { "typeName": "Int32", "expression": { "type": "Literal", "value": "1" } },
                    "stepName": { "typeName": "String", "expression": { "type": "Literal", "value": "等通知" } } },
                  { "id": "Wait", "type": "Elsa.Event", "version": 1,
                    "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "never" } } }
                ],
                "connections": [
                  { "source": { "activity": "Start", "port": "Done" }, "target": { "activity": "Step", "port": "In" } },
                  { "source": { "activity": "Step", "port": "Done" }, "target": { "activity": "Wait", "port": "In" } }
                ]
              }
            }
            """);
        var change = await Editing.SaveAsync(definition, publish: false, new DefinitionAuthor("designer"), default);
        change.Should().BeOfType<DefinitionChange.Stored>();
        return id;
    }

    /// <summary>A checksum of every row of every table of the host's own database, by table.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> ChecksumsAsync()
    {
        await using var db = Open();
        await db.Database.OpenConnectionAsync();
        var sums = new Dictionary<string, string>();
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The names of the model's own tables.
            command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY 1, 2";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync();
            var text = new StringBuilder();
            while (await rows.ReadAsync())
            {
                for (var column = 0; column < rows.FieldCount; column++)
                {
                    var value = rows.GetValue(column);
                    text.Append(value is byte[] bytes ? Convert.ToHexString(bytes) : value).Append('|');
                }
            }

            sums[table] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }

        return sums;
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.AddProvider(_failures));
    }

    /// <summary>Files in the folder of outgoing mails.</summary>
    internal int MailFiles => Directory.Exists(Path.Combine(Folder, "outbox"))
        ? Directory.GetFiles(Path.Combine(Folder, "outbox"), "*", SearchOption.AllDirectories).Length
        : 0;

    /// <summary>Keeps the last failure that was logged, so that a test can say it.</summary>
    private sealed class Failures : ILoggerProvider, ILogger
    {
        public Exception? Last { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Last = exception ?? Last;

        public void Dispose()
        {
        }
    }
}
