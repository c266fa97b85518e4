namespace Consultation.Cases.Tasks;

/// <summary>Keys of the mail templates that the default ladders use.</summary>
public static class EscalationTemplates
{
    /// <summary>催办通知书.</summary>
    public const string FormalReminder = "formal-reminder";

    /// <summary>催办通知书 of somebody else, as a copy.</summary>
    public const string Copy = "formal-reminder-copy";

    /// <summary>抄送政协责任委室.</summary>
    public const string Office = "escalation-office";

    /// <summary>报专委会主任.</summary>
    public const string Director = "escalation-director";

    /// <summary>报政协党组.</summary>
    public const string LeadingGroup = "escalation-leading-group";
}
