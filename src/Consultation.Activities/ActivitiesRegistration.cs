using Consultation.Activities.Desk;
using Consultation.Cases;
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
    /// Adds the steps with the catalogue of all activities, the desks over them, and Liquid for mail templates. Needs
    /// AddRuntime, AddMail and
    /// <see cref="IDeskStore"/> (AddStorage).
    /// </summary>
    public static IServiceCollection AddActivities(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ITemplateText, LiquidTemplateText>();
        services.AddSingleton<StepTools>();
        services.AddSingleton(provider => new ActivityCatalog(
            [.. BuiltInActivities.Types, .. ConsultationActivities.Types(provider.GetRequiredService<StepTools>())]));
        services.AddSingleton<ITaskDesk, TaskDesk>();
        services.AddSingleton<ICaseDesk, CaseDesk>();
        services.AddSingleton<IItemDesk, ItemDesk>();
        return services;
    }
}
