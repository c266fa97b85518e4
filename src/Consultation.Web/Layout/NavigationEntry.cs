using Consultation.Cases.People;
using Consultation.Web.SignIn;

namespace Consultation.Web.Layout;

/// <summary>
/// One entry of the navigation, and who sees it. Seeing is not entering: the page checks its own policy.
/// </summary>
internal sealed record NavigationEntry(
    string Href, string TextKey, string Icon, IReadOnlyList<Role>? Roles = null, bool StartsGroup = false)
{
    /// <summary>Stands for the designer's address, which the host knows.</summary>
    public const string Designer = "designer:";

    public static readonly IReadOnlyList<NavigationEntry> All =
    [
        new("/", "nav.home", "home"),
        new("/tasks", "nav.tasks", "checklist"),
        new("/search", "nav.search", "search"),
        new("/matters", "nav.matters", "messages", Policies.RolesOf(Policies.Casework), StartsGroup: true),
        new("/cases", "nav.cases", "files"),
        new("/meetings", "nav.meetings", "calendar-event"),
        new("/tracking", "nav.tracking", "flag"),
        new("/publishing", "nav.publishing", "world", Policies.RolesOf(Policies.Casework)),
        new("/surveys", "nav.surveys", "chart-bar", Policies.RolesOf(Policies.Casework)),
        new("/plans", "nav.plans", "timeline"),
        new("/lessons", "nav.lessons", "list-details", Policies.RolesOf(Policies.Casework)),
        new("/workflows", "nav.workflows", "git-branch", Policies.RolesOf(Policies.Design), StartsGroup: true),
        new(Designer, "nav.designer", "sitemap", Policies.RolesOf(Policies.Designer)),
        new("/people", "nav.people", "users", Policies.RolesOf(Policies.Office)),
        new("/calendar", "nav.calendar", "calendar"),
        new("/policies", "nav.policies", "stairs-up", Policies.RolesOf(Policies.Office)),
        new("/mail-templates", "nav.templates", "mail", Policies.RolesOf(Policies.Office)),
        new("/material", "nav.material", "paperclip", Policies.RolesOf(Policies.Office)),
        new("/outbox", "nav.outbox", "send", Policies.RolesOf(Policies.Outbox)),
        new("/mail/incoming", "nav.incoming", "inbox", Policies.RolesOf(Policies.Outbox)),
        new("/status", "nav.status", "activity", Policies.RolesOf(Policies.Office)),
    ];

    public bool ShownTo(Viewer viewer) => Roles is null || viewer.Holds([.. Roles]);
}
