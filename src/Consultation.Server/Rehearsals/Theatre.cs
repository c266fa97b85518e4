using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Rehearsals;
using Consultation.Cases.Workflows;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Consultation.Server.Staging;
using Consultation.Storage;
using Consultation.Storage.Rehearsals;
using Consultation.Storage.Sqlite;

namespace Consultation.Server.Rehearsals;

/// <summary>Why something cannot be rehearsed.</summary>
internal sealed class CannotRehearseException(LocalText reason) : Exception(reason.Zh)
{
    public LocalText Reason { get; } = reason;
}

/// <summary>
/// A stage with the organisation's copy on it, on which one rehearsal is played as often as wanted. Dispose it: the
/// files of the stage are deleted then.
/// </summary>
internal sealed class Theatre : IAsyncDisposable
{
    private static readonly TimeOnly Opens = new(9, 0);

    private readonly string _folder;
    private readonly Stage _stage;
    private readonly PlayFile _kept;
    private readonly RehearsalSettings _settings;
    private readonly OrganisationId _organisation;
    private readonly DateTimeOffset _start;

    private Theatre(
        string folder, Stage stage, RehearsalSettings settings, OrganisationId organisation, DateTimeOffset start)
    {
        (_folder, _stage, _settings, _organisation, _start) = (folder, stage, settings, organisation, start);
        _kept = new PlayFile(stage.Database);
    }

    /// <summary>Sets the stage.</summary>
    /// <exception cref="CannotRehearseException">There is nothing to play, with the reason.</exception>
    public static async Task<Theatre> OpenAsync(
        Database real, IConfiguration configuration, OrganisationId organisation, RehearsalSettings settings,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("consultation-rehearsal-").FullName;
        var stage = Stage.ForRehearsal(configuration, folder, new StageClock(now), Player.MostSteps);
        Theatre? theatre = null;
        try
        {
            await stage.Database.MigrateAsync(cancellationToken);
            var copy = new OrganisationCopy(real, stage.Database);
            if (!await copy.CopyAsync(organisation, cancellationToken))
            {
                throw new CannotRehearseException(new("没有这个单位。", "There is no such organisation."));
            }

            var calendar = (await stage.OrganisationAsync(organisation, cancellationToken)).Calendar;
            stage.Clock.Now = settings.CaseId is null ? calendar.At(settings.Start, Opens) : now;
            theatre = new(folder, stage, settings, organisation, stage.Clock.Now);
            await theatre.PrepareAsync(new RehearsalReader(real), copy, cancellationToken);
            await theatre._kept.KeepAsync(cancellationToken);
            return theatre;
        }
        catch
        {
            if (theatre is not null) await theatre.DisposeAsync();
            else
            {
                await stage.DisposeAsync();
                Directory.Delete(folder, recursive: true);
            }

            throw;
        }
    }

    /// <summary>Plays once; each play begins from the same.</summary>
    /// <exception cref="CannotRehearseException">The case cannot be opened.</exception>
    public async Task<RehearsalPlay> PlayAsync(int seed, CancellationToken cancellationToken)
    {
        await _kept.RestoreAsync(cancellationToken);
        (_stage.Clock.Now, _stage.Turns) = (_start, 0);
        var draw = new RehearsalDraw(seed);
        var organisation = await _stage.OrganisationAsync(_organisation, cancellationToken);
        await _stage.Play.SendOnLeaveAsync(
            _organisation,
            Player.Leave(organisation, _settings, draw, organisation.Calendar.DayOf(_start)), cancellationToken);
        organisation = await _stage.OrganisationAsync(_organisation, cancellationToken);
        var caseId = _settings.CaseId is { } running
            ? new CaseId(running)
            : await OpenCaseAsync(organisation, seed, cancellationToken);
        var player = new Player(_stage, organisation, _settings, draw, caseId);
        await player.PlayAsync(cancellationToken);
        var rows = await _stage.Play.AllAsync(_organisation, caseId, cancellationToken);
        return PlayReport.Write(rows, organisation, _settings, draw, _start, player);
    }

    public async ValueTask DisposeAsync()
    {
        await _kept.DisposeAsync();
        await _stage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task PrepareAsync(
        RehearsalReader versions, OrganisationCopy copy, CancellationToken cancellationToken)
    {
        if (_settings.CaseId is { } running)
        {
            var stands = await copy.CopyCaseAsync(_organisation, new CaseId(running), cancellationToken);
            if (stands.Count == 0)
            {
                throw new CannotRehearseException(new(
                    "这个协商事项没有正在运行的流程。", "No workflow of this case is running."));
            }

            await copy.CopyDefinitionsAsync(stands, null, cancellationToken);
            return;
        }

        var version = await versions.FindAsync(_settings.DefinitionId, _settings.Version, cancellationToken)
            ?? throw new CannotRehearseException(new("没有这个流程或版本。", "There is no such workflow or version."));
        await copy.CopyDefinitionsAsync([], version.IsPublished ? null : version.Id, cancellationToken);
        if (version.IsPublished) return;
        switch (await _stage.Definitions.PublishAsync(_settings.DefinitionId, cancellationToken))
        {
            case DefinitionChange.Stored:
                return;
            case DefinitionChange.Invalid invalid:
                var first = invalid.Findings
                    .FirstOrDefault(finding => finding.Severity == FindingSeverity.Error)?.Sentence;
                throw new CannotRehearseException(new(
                    $"流程有错误，不能演练：{first?.Zh}", $"The workflow has errors and cannot be rehearsed: {first?.En}"));
            default:
                throw new CannotRehearseException(new(
                    "流程不能发布，因此不能演练。", "It cannot be published, so not rehearsed."));
        }
    }

    private async Task<CaseId> OpenCaseAsync(
        OrganisationSnapshot organisation, int seed, CancellationToken cancellationToken)
    {
        var definition = (await _stage.DefinitionStore.FindAsync(
            _settings.DefinitionId, VersionOptions.Published, cancellationToken))!.Definition;
        var isPlan = definition.DefinitionId == WorkflowKeys.TenWeekPlan
            || definition.Inputs.Any(input => input.Name == "StartDate");
        var title = $"（演练）{definition.Name}";
        var unit = UnitFor(organisation.Directory, isPlan);
        var opened = await _stage.Cases.OpenAsync(new OpenCase
        {
            OrganisationId = _organisation,
            DefinitionId = definition.DefinitionId,
            Kind = isPlan ? CaseKind.TenWeekPlan
                : definition.DefinitionId == WorkflowKeys.MatterRouting ? CaseKind.Routing : CaseKind.SixStep,
            Title = PlainText.Cut(title, 200),
            Matters = isPlan ? [] : [await RegisterAsync(title, cancellationToken)],
            PlatformId = isPlan ? null : unit.Id,
            CommitteeId = isPlan ? null : unit.GuidedById ?? organisation.Directory.Units
                .Where(one => one is { Kind: UnitKind.SpecialCommittee, Active: true }).MinBy(one => one.Id.Value)?.Id,
            WorkGroupId = isPlan ? unit.Id : null,
            Setting = isPlan ? "community" : null,
            StartDate = isPlan ? _settings.Start : null,
            OperationId = $"rehearsal-{seed}",
        }, cancellationToken);
        return opened switch
        {
            OpenCaseResult.Opened known => known.CaseId,
            OpenCaseResult.Refused refused => throw Refused(refused.Errors),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private Unit UnitFor(OrganisationDirectory directory, bool isPlan)
    {
        if (_settings.UnitId is { } id && directory.Find((UnitId?)new UnitId(id)) is { Active: true } chosen
            && (isPlan ? chosen.Kind == UnitKind.WorkGroup : chosen.IsPlatform))
        {
            return chosen;
        }

        return directory.Units
            .Where(unit => unit.Active && (isPlan ? unit.Kind == UnitKind.WorkGroup : unit.IsPlatform))
            .OrderByDescending(unit => directory.Grants.Count(grant => grant.UnitId == unit.Id))
            .ThenBy(unit => unit.Id.Value).FirstOrDefault()
            ?? throw new CannotRehearseException(isPlan
                ? new("还没有工作小组，请先在“组织人员”里建立，再来演练。",
                    "There is no work group; make one under People first.")
                : new("还没有协商议事平台，请先在“组织人员”里建立，再来演练。",
                    "There is no platform; make one under People first."));
    }

    private async Task<MatterId> RegisterAsync(string title, CancellationToken cancellationToken)
    {
        var registered = await _stage.Matters.RegisterAsync(new MatterEntry
        {
            OrganisationId = _organisation,
            Source = MatterSource.PublicForm,
            Title = title,
            Text = "（演练）这件事由演练提出，没有真实的提出人。",
            ProposerName = "演练提出人",
            ProposerEmail = "proposer@rehearsal.example",
            OperationId = "matter-of-a-rehearsal",
        }, cancellationToken);
        return registered switch
        {
            RegisterResult.Registered known => known.MatterId,
            RegisterResult.Refused refused => throw Refused(refused.Errors),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static CannotRehearseException Refused(IEnumerable<FieldError> errors) => new(new(
        string.Concat(errors.Select(error => error.Message.Zh)),
        string.Join(' ', errors.Select(error => error.Message.For("en")))));
}
