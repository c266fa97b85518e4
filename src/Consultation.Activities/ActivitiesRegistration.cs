using Consultation.Activities.Desk;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Mail.Templates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Consultation.Activities;

/// <summary>Wires this floor.</summary>
public static class ActivitiesRegistration
{
    /// <summary>
    /// Adds the steps with the catalogue of all activities, the use cases of Cases and the mails they send, and Liquid
    /// for mail templates. Needs AddRuntime, AddMail and the stores of Cases (AddStorage).
    /// </summary>
    public static IServiceCollection AddActivities(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ITemplateText, LiquidTemplateText>();
        services.AddSingleton<StepTools>();
        services.AddSingleton(provider => new ActivityCatalog(
            [.. BuiltInActivities.Types, .. ConsultationActivities.Types(provider.GetRequiredService<StepTools>())]));
        services.AddSingleton<IUseCaseMail, UseCaseMail>();
        services.AddSingleton<OrganisationEdits>();
        services.AddSingleton<MatterRegister>();
        services.AddSingleton<CaseOpening>();
        services.AddSingleton<ITaskAnswers, TaskAnswers>();
        services.AddSingleton<ICaseActs, CaseActs>();
        services.AddSingleton<IItemHandOver, ItemHandOver>();
        return services;
    }
}
