using Consultation.Web.Health;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Posts;

/// <summary>
/// The whole host with the sample organisation, listening on a free port of the loopback as it does at people's, so
/// that what no client would send can be written to its socket.
/// </summary>
public sealed class LoopbackDesk() : DeskHost([new("Host:PublicPostsPerMinute", "100000")]), IAsyncLifetime
{
    /// <summary>Everybody of the sample signs in with it.</summary>
    internal string CommonPassword { get; private set; } = "";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        UseKestrel(0);
        StartServer();
        CommonPassword = (await Services.GetRequiredService<ISampleData>().LoadAsync(default))!.Password;
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseEnvironment("Production");
    }
}
