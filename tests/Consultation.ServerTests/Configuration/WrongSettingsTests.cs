using System.ComponentModel.DataAnnotations;
using Consultation.Server;

namespace Consultation.ServerTests.Configuration;

/// <summary>Wrong settings are named all at once, in both languages, before anything else happens.</summary>
public sealed class WrongSettingsTests
{
    [Fact]
    public void Every_wrong_setting_of_the_host_is_named()
    {
        var options = new HostOptions
        {
            TimeZone = "Middle/Earth",
            KnownProxies = ["proxy"],
            StopWithin = TimeSpan.Zero,
            AdministratorPasswordFile = "/nowhere/at/all",
        };
        var problems = new List<ValidationResult>();

        Validator.TryValidateObject(options, new(options), problems, validateAllProperties: true);

        problems.Select(problem => problem.ErrorMessage!.Split(' ')[0]).Should().BeEquivalentTo(
            "Host:TimeZone:", "Host:KnownProxies:", "Host:StopWithin:", "Host:AdministratorPasswordFile:");
    }

    [Fact]
    public void The_usual_settings_are_right()
    {
        var options = new HostOptions();

        Validator.TryValidateObject(options, new(options), [], validateAllProperties: true).Should().BeTrue();
    }
}
