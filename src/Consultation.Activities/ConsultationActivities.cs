using System.Reflection;
using Consultation.Engine.Definitions;

namespace Consultation.Activities;

/// <summary>
/// The workflow steps of the product, named <c>Consultation.*</c>: few, and each reads like a line of the documents.
/// Whatever class of this assembly describes itself is one of them.
/// </summary>
public static class ConsultationActivities
{
    private static readonly MethodInfo Mailing = typeof(ConsultationActivities).GetMethod(
        nameof(MailingType), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>All of them by their names, for the catalogue.</summary>
    public static IReadOnlyList<ActivityType> Types(StepTools tools)
    {
        var classes = typeof(ConsultationActivities).Assembly.GetTypes();
        return
        [
            .. classes.Where(DescribedActivities.IsOne).Select(DescribedActivities.TypeOf)
                .Concat(classes.Where(IsMailing).Select(one => TypeOf(one, tools)))
                .OrderBy(type => type.TypeName, StringComparer.Ordinal),
        ];
    }

    private static bool IsMailing(Type one) =>
        one is { IsClass: true, IsAbstract: false } && typeof(IMailingActivity).IsAssignableFrom(one);

    private static ActivityType TypeOf(Type activity, StepTools tools) =>
        (ActivityType)Mailing.MakeGenericMethod(activity)
        .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [tools], null)!;

    private static ActivityType MailingType<T>(StepTools tools)
        where T : IMailingActivity => T.TypeWith(tools);
}
