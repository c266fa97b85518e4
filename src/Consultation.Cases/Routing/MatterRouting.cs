using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Workflows;

namespace Consultation.Cases.Routing;

/// <summary>How matters are routed.</summary>
/// <param name="Lead">主办单位.</param>
/// <param name="Helping">协办单位.</param>
/// <param name="Wanted">What is wanted; "" for nothing in particular.</param>
public sealed record RoutingOrder(UnitId? Lead, IReadOnlyList<UnitId> Helping, string Wanted);

/// <summary>
/// Routes matters of the pool to a unit (交办), each with a run of its own beside the deliberations. The case, its
/// assignment, the start of its workflow and the word to the proposer are written in one transaction.
/// </summary>
public sealed class MatterRouting(IIntakeStore store, IUseCaseMail mail, TimeProvider clock)
{
    /// <summary>Most characters of what is wanted.</summary>
    public const int LongestWanted = 1000;

    /// <summary>Routes all of the matters, or none.</summary>
    public async Task<SortingResult> RouteAsync(
        OrganisationId organisation, IReadOnlyList<MatterId> matters, RoutingOrder order, PersonId actor,
        string operation, CancellationToken cancellationToken) =>
        await store.RunAsync<Routed>(organisation, $"route:{actor.Value:N}:{operation}", async session =>
        {
            var found = await session.MattersAsync([.. matters.Distinct()], cancellationToken);
            if (Check(order, found, session.Organisation.Directory) is { Count: > 0 } errors)
            {
                return new Intake<Routed>.Refused(errors);
            }

            var told = found.Count(matter => Route(session, matter, order, actor));
            return new Intake<Routed>.Done(new(found.Count, told));
        }, cancellationToken) switch
        {
            null => new SortingResult.Refused([new("", new("受理单位不存在。", "There is no such organisation."))]),
            Intake<Routed>.Refused(var errors) => new SortingResult.Refused(errors),
            Intake<Routed>.Done({ } done) => new SortingResult.Done(done.Matters, done.Told),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>What is wrong with an order, field by field.</summary>
    public static IReadOnlyList<FieldError> Check(
        RoutingOrder order, IReadOnlyList<Matter> matters, OrganisationDirectory directory)
    {
        List<FieldError?> errors =
        [
            .. MatterActRules.CheckChoice(MatterTurnKind.Routed, matters),
            directory.Find(order.Lead) is not { Active: true }
                ? new("lead-unit", new("请选择主办单位。", "Choose the unit in charge.")) : null,
            order.Helping.Any(unit => directory.Find(unit) is not { Active: true })
                ? new("helping-units", new("有协办单位不存在或已停用。", "A helping unit does not exist or is closed.")) : null,
            order.Lead is { } lead && order.Helping.Contains(lead)
                ? new("helping-units", new("主办单位不能同时是协办单位。", "The unit in charge cannot help itself.")) : null,
            ContactRules.Length("wanted", new("办理要求", "What is wanted"), order.Wanted, 0, LongestWanted),
        ];
        return [.. errors.OfType<FieldError>()];
    }

    private bool Route(IIntakeSession session, Matter matter, RoutingOrder order, PersonId actor)
    {
        var now = clock.GetUtcNow();
        var @case = new Case
        {
            OrganisationId = matter.OrganisationId,
            Id = CaseId.New(),
            Kind = CaseKind.Routing,
            Title = matter.Title,
            PlatformId = matter.PlatformId,
            DefinitionId = WorkflowKeys.MatterRouting,
            OpenedById = actor,
            OpenedAt = now,
        };
        session.Add(new CaseRecord
        {
            OrganisationId = matter.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = @case.Id,
            Kind = FormKeys.RoutingAssignment,
            Title = FormCatalogue.Find(FormKeys.RoutingAssignment)!.Title,
            Fields = new()
            {
                ["lead-unit"] = order.Lead!.Value.Value.ToString("N"),
                ["helping-units"] = Joined(order.Helping),
                ["wanted"] = TypedText.Prose(order.Wanted),
            },
            ById = actor,
            At = now,
        });
        CaseOpening.Open(
            session, @case, new Dictionary<string, object?> { ["Helping"] = Joined(order.Helping) }, [matter]);
        var turn = OrderedGuid.New(now);
        var letters = mail.Turned(
            matter, new(turn, MatterTurnKind.Routed, "", order.Lead, null), session.Organisation, now);
        foreach (var letter in letters) session.Add(letter);
        session.Add(new MatterTurn
        {
            OrganisationId = matter.OrganisationId,
            Id = turn,
            MatterId = matter.Id,
            Kind = MatterTurnKind.Routed,
            ActorId = actor,
            At = now,
            Words = TypedText.Prose(order.Wanted),
            UnitId = order.Lead,
            Told = letters.Count > 0,
        });
        return letters.Count > 0;
    }

    private static string Joined(IEnumerable<UnitId> units) =>
        string.Join(',', units.Select(unit => unit.Value.ToString("N")));

    private sealed record Routed(int Matters, int Told);
}
