namespace Consultation.Cases.People;

/// <summary>
/// The first person of an organisation who may change it: made by the host, with a password that must be changed.
/// </summary>
/// <param name="Person">The person with the log-in.</param>
/// <param name="Grant">The role.</param>
/// <param name="Change">The line in the list of changes; the organisation's version is raised already.</param>
public sealed record FirstAdministrator(Person Person, RoleGrant Grant, DirectoryChange Change)
{
    /// <summary>Makes the administrator and raises the organisation's version.</summary>
    public static FirstAdministrator Of(
        Organisation organisation, string name, string userName, string passwordHash, DateTimeOffset now)
    {
        var person = new Person
        {
            OrganisationId = organisation.Id,
            Id = PersonId.New(),
            Name = name,
            UserName = userName,
            PasswordHash = passwordHash,
            SecurityStamp = LogInSecrets.NewStamp(),
            MustChangePassword = true,
        };
        organisation.DirectoryVersion++;
        return new(
            person,
            new RoleGrant
            {
                OrganisationId = organisation.Id,
                Id = OrderedGuid.New(),
                PersonId = person.Id,
                Role = Role.Administrator,
            },
            new DirectoryChange
            {
                OrganisationId = organisation.Id,
                Id = OrderedGuid.New(),
                Version = organisation.DirectoryVersion,
                Subject = $"person:{person.Id.Value:N}",
                At = now,
                Text = new("建立首位系统管理员", "made the first administrator"),
            });
    }
}
