namespace Consultation.Activities;

/// <summary>
/// What activities of others are built against: the public types of <c>Consultation.Engine</c>, and of this assembly
/// <see cref="IDescribedActivity"/>, <see cref="CaseActivity"/> with the case file that it hands out, and
/// <see cref="HoldsActivitiesAttribute"/>.
/// </summary>
public static class ActivitySurface
{
    /// <summary>
    /// Number of the surface. It goes up with every change after which an assembly that was built before might not
    /// work; additions leave it. A constant, so that it is compiled into the assembly that names it.
    /// </summary>
    public const int Version = 1;
}

/// <summary>
/// Says of an assembly that it holds activities, and for which surface it was built. Write <c>[assembly:
/// HoldsActivities(ActivitySurface.Version)]</c>; an assembly that was built for another number is refused at start.
/// </summary>
/// <param name="surfaceVersion">The number of the surface that the assembly was compiled against.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class HoldsActivitiesAttribute(int surfaceVersion) : Attribute
{
    /// <summary>The number of the surface that the assembly was compiled against.</summary>
    public int SurfaceVersion { get; } = surfaceVersion;
}
