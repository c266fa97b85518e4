using Consultation.Activities.Designer;
using Consultation.Activities.Desk;
using Consultation.Activities.Desk.Incoming;
using Consultation.Activities.Notices;
using Consultation.Activities.Others;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Publishing;
using Consultation.Cases.Routing;
using Consultation.Cases.Surveys;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Mail.Incoming;
using Consultation.Mail.Templates;
using Consultation.Runtime.Definitions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Consultation.Activities;

/// <summary>Wires this floor.</summary>
public static class ActivitiesRegistration
{
    /// <summary>
    /// Adds the steps with the catalogue of all activities, the use cases of Cases and the mails they send, and Liquid
    /// for mail templates. Needs AddRuntime, AddMail and the stores of Cases (AddStorage).
    /// </summary>
    /// <exception cref="ActivityFolderException">
    /// Thrown when the catalogue is first asked for, which the host does at start: an activity of others cannot be
    /// taken in.
    /// </exception>
    public static IServiceCollection AddActivities(this IServiceCollection services, IConfiguration configuration) =>
        services.AddActivities(configuration.GetSection(ActivitiesOptions.Section).Get<ActivitiesOptions>());

    /// <summary>The same with options at hand; without any there are no activities of others.</summary>
    public static IServiceCollection AddActivities(this IServiceCollection services, ActivitiesOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ITemplateText, LiquidTemplateText>();
        services.AddSingleton<StepTools>();
        services.AddSingleton(provider => Catalogue(provider, options ?? new ActivitiesOptions()));
        services.AddSingleton<IDefinitionLint, DefinitionLint>();
        services.AddSingleton<IUseCaseMail, UseCaseMail>();
        services.AddSingleton<OrganisationEdits>();
        services.AddSingleton<MatterRegister>();
        services.AddSingleton<MatterSorting>();
        services.AddSingleton<MatterRouting>();
        services.AddSingleton<CaseOpening>();
        services.AddSingleton<PublicVoices>();
        services.AddSingleton<PublicSignUps>();
        services.AddSingleton<SurveyAnswers>();
        services.AddSingleton<SurveyDesk>();
        services.AddSingleton<OwnMatters>();
        services.AddSingleton<PublicationDesk>();
        services.AddSingleton<ITaskAnswers, TaskAnswers>();
        services.AddSingleton<IncomingLetters>();
        services.AddSingleton<IIncomingDesk, IncomingDesk>();
        services.AddSingleton<ICaseActs, CaseActs>();
        services.AddSingleton<IItemHandOver, ItemHandOver>();
        services.AddSingleton<IMeetingActs, MeetingActs>();
        return services;
    }

    private static ActivityCatalog Catalogue(IServiceProvider provider, ActivitiesOptions options)
    {
        ActivityType[] own =
            [.. BuiltInActivities.Types, .. ConsultationActivities.Types(provider.GetRequiredService<StepTools>())];
        var others = ActivityFolder.Load(options.Folder, own);
        var log = provider.GetRequiredService<ILogger<ActivityCatalog>>();
        foreach (var (file, types) in others) log.TookIn(file, string.Join(", ", types.Select(type => type.TypeName)));
        return new ActivityCatalog([.. own, .. others.SelectMany(one => one.Types)]);
    }
}
