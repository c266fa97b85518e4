using Consultation.Cases.Rehearsals;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Consultation.Storage.Rehearsals;

namespace Consultation.Server.Rehearsals;

/// <summary>
/// Plays the kept checks of a workflow on the version that is to be published (O28). What differs from what is expected
/// is said, and the version is not published.
/// </summary>
internal sealed class PublishChecks(CheckStore checks, IRehearsals rehearsals) : IPublishCheck
{
    /// <summary>Code of the finding.</summary>
    public const string Code = "rehearsal-check";

    public async Task<IReadOnlyList<DefinitionFinding>> CheckAsync(
        StoredDefinition version, CancellationToken cancellationToken)
    {
        var findings = new List<DefinitionFinding>();
        foreach (var check in await checks.OfDefinitionAsync(version.Definition.DefinitionId, cancellationToken))
        {
            var settings = check.Settings with { Version = version.Definition.Version, CaseId = null, Plays = 1 };
            var job = await rehearsals.PlayAsync(check.OrganisationId, settings, cancellationToken);
            findings.AddRange(Differences(check, job).Select(text => new DefinitionFinding(
                FindingSeverity.Error, Code, null, null,
                new($"演练检查“{check.Name}”未通过：{text.Zh}", $"The rehearsal check “{check.Name}” fails: {text.For("en")}"),
                new("请修改流程；若流程本该如此，请在“演练”页更新或删除这项检查", "Mend the workflow; if it is as it should be, renew or drop the "
                    + "check on the page “Rehearsal”"))));
        }

        return findings;
    }

    private static IReadOnlyList<Cases.LocalText> Differences(RehearsalCheck check, RehearsalJob job) => job switch
    {
        { Error: { } error } => [error],
        { Play: { } play } => check.Differences(play),
        _ => [],
    };
}
