using Consultation.Engine.Definitions;

namespace Consultation.Activities;

/// <summary>
/// An activity of the product that sends mail: described as <see cref="IDescribedActivity"/> is, but made with the
/// words and links of mails.
/// </summary>
internal interface IMailingActivity
{
    /// <summary>The type for the catalogue, whose nodes send mail with these tools.</summary>
    static abstract ActivityType TypeWith(StepTools tools);
}
