using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Consultation.Storage.Sqlite;

/// <summary>
/// Microsoft.Data.Sqlite 10 asks for SQLitePCLRaw.core 2.1; the package feed holds 2.0.6 only, which the loader refuses by version and then
/// raises this event. The DLL must lie beside the program, so publish as a folder, not as a single file. On a complete feed: delete this class,
/// take the current packages, and drop NU1605 from the build settings.
/// </summary>
internal static class SqliteAssemblyHook
{
#pragma warning disable CA2255 // It has to run before the first use of Microsoft.Data.Sqlite, which only a module initialiser can promise.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Install() =>
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == "SQLitePCLRaw.core"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, name.Name + ".dll"))
            : null;
}
