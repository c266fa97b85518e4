using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Runtime.Definitions;
using Consultation.Storage;
using Consultation.Testing.Runs;
using Consultation.Web.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Benchmarks.Sending;

/// <summary>Cases of a workflow of one gate, which the director of the case's committee decides.</summary>
internal sealed class GateCases
{
    /// <summary>What the director is asked; it stands in the subject of the mail.</summary>
    public const string Asked = "审定方案";

    private readonly IServiceProvider _services;
    private readonly UnitId _station;

    private GateCases(IServiceProvider services, OrganisationId organisation, UnitId station) =>
        (_services, Organisation, _station) = (services, organisation, station);

    public OrganisationId Organisation { get; }

    public static async Task<GateCases> AddAsync(IServiceProvider services)
    {
        await services.GetRequiredService<ISampleData>().LoadAsync(default);
        var gate = Flows.Activity("Gate", "Consultation.RequestApproval",
            ("approvers", "String", "role:CommitteeDirector@case.committee"),
            ("mode", "String", nameof(GateMode.NamedPerson)), ("title", "String", Asked),
            ("due", "String", "5wd"));
        await services.GetRequiredService<DefinitionEditing>().SaveAsync(
            Flows.Sequence("gate", gate, Flows.WriteLine("After", "done")), publish: true,
            DefinitionAuthor.Host, default);
        await using var db = services.GetRequiredService<Database>().Open();
        var organisation = (await db.Organisations.SingleAsync(one => one.IsSample)).Id;
        var station = await db.Units.FirstAsync(
            unit => unit.OrganisationId == organisation && unit.Kind == UnitKind.MemberStation);
        return new(services, organisation, station.Id);
    }

    public async Task<CaseId> OpenAsync(string title) =>
        await _services.GetRequiredService<ICaseActs>().OpenAsync(new OpenCase
        {
            OrganisationId = Organisation,
            DefinitionId = "gate",
            Kind = CaseKind.SixStep,
            Title = title,
            PlatformId = _station,
            OperationId = Guid.NewGuid().ToString("N"),
        }, default) is OpenCaseResult.Opened opened
            ? opened.CaseId
            : throw new InvalidOperationException("The case was not opened.");
}
