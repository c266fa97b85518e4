using Consultation.Engine.Describing;
using Consultation.Runtime.Definitions;
using Consultation.Storage.Reading.People;
using Microsoft.AspNetCore.Http;

namespace Consultation.Api.Descriptors;

/// <summary>
/// The choices of an input at this moment, for the caller's organisation (contract T10): Studio asks when an activity is selected whose input says
/// <c>Refresh</c>, and puts the answer in the place of the choices that the descriptor carries.
/// </summary>
internal static class LiveOptions
{
    public static async Task<IResult> ListAsync(
        HttpContext http, string typeName, string propertyName, WorkflowCache workflows, PickerReader picks, CancellationToken cancellationToken)
    {
        var input = workflows.Catalog.Types.Where(type => type.TypeName == typeName).OrderByDescending(type => type.Version).FirstOrDefault()?
            .Descriptor.Inputs.FirstOrDefault(one => string.Equals(one.Name, propertyName, StringComparison.OrdinalIgnoreCase));
        if (input is null) return Answers.NotFound(http, "没有这个活动或输入。", "There is no such activity or input.");
        var organisation = ElsaAccess.OrganisationOf(http.User);
        var own = input.OptionsFrom switch
        {
            OptionSource.Assignees => await picks.AssigneesAsync(organisation, cancellationToken),
            OptionSource.Reminders => await picks.RemindersAsync(organisation, cancellationToken),
            OptionSource.Ladders => await picks.LaddersAsync(organisation, cancellationToken),
            _ => [],
        };
        var replaced = own.Select(pick => pick.Value).ToHashSet(StringComparer.Ordinal);
        var live = input with
        {
            Options =
            [
                .. input.Options.Where(option => !replaced.Contains(option.Value)),
                .. own.Select(pick => new InputOption(pick.Value, new BilingualText(pick.Zh, pick.En))),
            ],
        };
        return Answers.Ok(new { items = live.ToUISpecifications(Answers.Culture(http)) });
    }
}
