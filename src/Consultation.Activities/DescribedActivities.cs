using System.Reflection;
using Consultation.Engine.Definitions;

namespace Consultation.Activities;

/// <summary>Finds the classes that describe themselves, and what they say.</summary>
internal static class DescribedActivities
{
    private static readonly MethodInfo Described = typeof(DescribedActivities).GetMethod(
        nameof(DescribedType), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>True for a class that the catalogue can take in.</summary>
    public static bool IsOne(Type one) =>
        one is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IDescribedActivity)
            .IsAssignableFrom(one);

    /// <summary>What the class says of itself; whatever it throws comes through as it is.</summary>
    public static ActivityType TypeOf(Type activity) =>
        (ActivityType)Described.MakeGenericMethod(activity)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;

    private static ActivityType DescribedType<T>()
        where T : IDescribedActivity => T.Type;
}
