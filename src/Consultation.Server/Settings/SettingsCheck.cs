using System.ComponentModel.DataAnnotations;
using Consultation.Activities;
using Consultation.Mail;
using Consultation.Runtime;
using Consultation.Server.Designer;
using Consultation.Server.Keys;
using Consultation.Server.Telemetry;
using Consultation.Storage;
using Consultation.Storage.Attachments;
using Consultation.Web.SignIn;
using Microsoft.Extensions.Options;

namespace Consultation.Server.Settings;

/// <summary>
/// Looks at all settings before anything is made of them: what cannot be read, what is out of its range, and what
/// contradicts another, all at once and in words.
/// </summary>
internal static class SettingsCheck
{
    /// <summary>Every section with the class that it is read into.</summary>
    public static readonly IReadOnlyList<(string Section, Type Type)> Sections =
    [
        (HostOptions.Section, typeof(HostOptions)),
        (StorageOptions.Section, typeof(StorageOptions)),
        (MaterialOptions.Section, typeof(MaterialOptions)),
        (RuntimeOptions.Section, typeof(RuntimeOptions)),
        (ResilienceOptions.Section, typeof(ResilienceOptions)),
        (ActivitiesOptions.Section, typeof(ActivitiesOptions)),
        (MailOptions.Section, typeof(MailOptions)),
        (ElsaOptions.Section, typeof(ElsaOptions)),
        (OpenIdOptions.Section, typeof(OpenIdOptions)),
        (KeyOptions.Section, typeof(KeyOptions)),
        (TelemetryOptions.Section, typeof(TelemetryOptions)),
    ];

    /// <summary>Lets the host go on only when nothing is wrong.</summary>
    /// <exception cref="OptionsValidationException">With every complaint.</exception>
    public static void Insist(IConfiguration configuration)
    {
        if (Problems(configuration) is { Count: > 0 } problems)
        {
            throw new OptionsValidationException("", typeof(HostOptions), problems);
        }
    }

    /// <summary>Every complaint, in the order of the guide.</summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration) =>
        [.. Sections.SelectMany(one => Problems(configuration.GetSection(one.Section), one.Type))];

    private static List<string> Problems(IConfigurationSection section, Type type)
    {
        var unreadable = SettingReader.Problems(section, type).ToList();
        if (unreadable.Count > 0) return unreadable;
        var options = section.Get(type) ?? Activator.CreateInstance(type)!;
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), found, validateAllProperties: true);
        return [.. found.Select(problem => problem.ErrorMessage!), .. OfStorage(options as StorageOptions)];
    }

    /// <summary>Storage knows what is wrong and has no words.</summary>
    private static IEnumerable<string> OfStorage(StorageOptions? storage) => storage?.FindFault() switch
    {
        StorageFault.NoConnection =>
        [
            $"Storage:ConnectionString, Storage:Provider: 请填写 {storage.Provider} 的连接字符串 / write the connection "
                + $"string of {storage.Provider}",
        ],
        // The string may hold a password and is not shown.
        StorageFault.ForeignConnection =>
        [
            $"Storage:ConnectionString, Storage:Provider: 这不是 {storage.Provider} 的连接字符串，请检查两项设置 / this is no "
                + $"connection string of {storage.Provider}; check both settings",
        ],
        _ => [],
    };
}
