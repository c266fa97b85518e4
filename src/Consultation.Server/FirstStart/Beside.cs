namespace Consultation.Server.FirstStart;

/// <summary>
/// What belongs to the program (settings, designer, workflows) lies beside it, from whatever folder it is started; only
/// data lies where the settings say, by default below the working folder.
/// </summary>
internal static class Beside
{
    private static readonly string[] Variables = ["ASPNETCORE_CONTENTROOT", "DOTNET_CONTENTROOT"];

    /// <summary>
    /// A builder that looks beside the program, unless it is told in so many words to look elsewhere.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var elsewhere = Variables.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })
            || args.Any(argument => argument.TrimStart('-', '/')
                .StartsWith(HostDefaults.ContentRootKey, StringComparison.OrdinalIgnoreCase));
        return WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = elsewhere ? null : AppContext.BaseDirectory,
        });
    }

    /// <summary>A folder of the program: beside it, or else in the working folder.</summary>
    public static string Folder(string folder) =>
        Path.Combine(AppContext.BaseDirectory, folder) is var beside && Directory.Exists(beside) ? beside : folder;
}
