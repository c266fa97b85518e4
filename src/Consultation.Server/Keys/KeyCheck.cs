using Consultation.Server.Health;
using Consultation.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Consultation.Server.Keys;

/// <summary>
/// Says whether the keys in the database are encrypted. Beside the program, in a file that only its account reads,
/// plain keys are no more of a secret than the rest of the file; on a server whoever reads the database could sign in
/// as anybody, so that is worth a warning.
/// </summary>
internal sealed class KeyCheck(Database database, IOptions<KeyOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(options.Value.CertificateFile is null
        ? Finding.Of(
            database.Provider == DatabaseProvider.Sqlite ? HealthStatus.Healthy : HealthStatus.Degraded,
            "登录密钥在数据库中没有加密，能读数据库的人可以冒充任何人登录。可用证书加密：设置 Keys:CertificateFile。",
            "The sign-in keys lie unencrypted in the database: whoever can read it can sign in as anybody. Set "
            + "Keys:CertificateFile to encrypt them.")
        : Finding.Of(HealthStatus.Healthy, "登录密钥在数据库中已用证书加密。", "The sign-in keys are encrypted with a certificate."));
}
