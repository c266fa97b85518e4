using Consultation.Engine.Definitions;

namespace Consultation.Activities;

/// <summary>
/// An activity that the catalogue finds by itself, in this assembly or in one of the activities folder: its class says
/// in one place how the designer shows it, how its nodes are made and what is checked before publishing. It derives
/// from <see cref="Engine.Running.Activity"/>, or from <see cref="CaseActivity"/> when it works on a case.
/// </summary>
public interface IDescribedActivity
{
    /// <summary>The type for the catalogue. Read once, when the host starts.</summary>
    static abstract ActivityType Type { get; }
}
