using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Reading.Flowcharts;
using Consultation.Storage.Reading.Lessons;
using Consultation.Storage.Reading.Matters;
using Consultation.Storage.Reading.Meetings;
using Consultation.Storage.Reading.Plans;
using Consultation.Storage.Reading.Publishing;
using Consultation.Storage.Reading.Search;
using Consultation.Storage.Reading.Surveys;
using Consultation.Storage.Reading.Tasks;
using Consultation.Storage.Reading.Tracking;
using Consultation.Web.Links;
using Consultation.Web.Matters;
using Consultation.Web.Meetings;
using Consultation.Web.Public;
using Consultation.Web.Surveys;
using Consultation.Web.Tasks;
using Consultation.Web.Tracking;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Web.Cases;

/// <summary>What the pages about cases, matters, tasks, tracking and the public doors need.</summary>
internal static class CaseworkRegistration
{
    public static void AddCasework(this IServiceCollection services)
    {
        services.AddSingleton<CaseListReader>();
        services.AddSingleton<CaseReader>();
        services.AddSingleton<ArchiveReader>();
        services.AddSingleton<RunViewReader>();
        services.AddSingleton<RunPartReader>();
        services.AddSingleton<MatterReader>();
        services.AddSingleton<SearchReader>();
        services.AddSingleton<LikenessReader>();
        services.AddSingleton<SortingReader>();
        services.AddSingleton<ReplyReader>();
        services.AddSingleton<PublicReader>();
        services.AddSingleton<PublicationReader>();
        services.AddSingleton<PublicationDeskReader>();
        services.AddSingleton<OwnReader>();
        services.AddSingleton<SurveyReader>();
        services.AddSingleton<LessonReader>();
        services.AddScoped<FollowGate>();
        services.AddScoped<Receipt>();
        services.AddSingleton<TaskReader>();
        services.AddSingleton<MaterialReader>();
        services.AddSingleton<PlanReader>();
        services.AddSingleton<MeetingReader>();
        services.AddSingleton<TrackingReader>();
        services.AddSingleton<WeeklyReader>();
        services.AddSingleton<LinkDirectory>();
        services.AddSingleton<LinkDocuments>();
        services.AddSingleton<NoticeDoor>();
    }

    public static void MapCasework(this IEndpointRouteBuilder endpoints)
    {
        CaseEndpoints.Map(endpoints);
        MatterEndpoints.Map(endpoints);
        TaskEndpoints.Map(endpoints);
        TrackingEndpoints.Map(endpoints);
        MeetingEndpoints.Map(endpoints);
        SurveyEndpoints.Map(endpoints);
    }
}
