using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consultation.Testing.Mail;

namespace Consultation.ServerTests.Mail;

/// <summary>
/// The real program hands a mail to a server over STARTTLS when the machine trusts the server's certificate.
/// </summary>
public sealed class StartTlsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task A_receipt_reaches_a_server_that_the_machine_trusts_over_tls_and_with_the_password()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "SSL_CERT_FILE names the trusted certificates on Linux only.");
        using var certificate = MakeCertificate();
        await File.WriteAllTextAsync(Path.Combine(_folder, "trusted.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), "right\n");
        await using var server = new SmtpSink { Certificate = certificate, Users = { ["mailer"] = "right" } };
        using var program = Start(server.Port);
        try
        {
            using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
            {
                BaseAddress = await AddressAsync(program),
            };
            using var visitor = new DeskBrowser(client);
            await visitor.GetAsync("/p/sample/new");
            await visitor.PostAsync("hand-in", new()
            {
                ["title"] = "晚上没有路灯",
                ["text"] = "小区东门外的路灯坏了一个月，晚上出行不安全。",
                ["proposer-name"] = "张三",
                ["proposer-email"] = "zhang@example.org",
                ["consent"] = "true",
            });
            visitor.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, visitor.Text);

            for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && !HasCome();)
            {
                await Looking.AgainAsync();
            }

            server.Mails.Should()
                .Contain(mail => mail.Tls && mail.User == "mailer" && mail.To.Contains("zhang@example.org"));
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
        }

        bool HasCome()
        {
            lock (server.Mails) return server.Mails.Exists(mail => mail.To.Contains("zhang@example.org"));
        }
    }

    /// <summary>
    /// The server's own certificate, for this machine's address, which stands for one that an authority gave out.
    /// </summary>
    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(MailMaking.Noon.AddYears(-2), MailMaking.Noon.AddYears(20));
    }

    private Process Start(int port)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(Program).Assembly.Location, "--sample", "--urls", "http://127.0.0.1:0",
                $"--Storage:ConnectionString=Data Source={_folder}/desk.db", $"--Mail:LinkKeyFile={_folder}/keys.json",
                "--Mail:Transport=Smtp",
                "--Mail:Smtp:Host=127.0.0.1", $"--Mail:Smtp:Port={port}", "--Mail:Smtp:User=mailer",
                $"--Mail:Smtp:PasswordFile={_folder}/password",
                "--Mail:PollEvery=00:00:00.2",
            ])
        { RedirectStandardOutput = true, WorkingDirectory = _folder };
        start.Environment["SSL_CERT_FILE"] = Path.Combine(_folder, "trusted.pem");
        return Process.Start(start)!;
    }

    private static async Task<Uri> AddressAsync(Process program)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await program.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("协商议事 / Consultation: ", StringComparison.Ordinal))
            {
                return new Uri(line.Split(' ')[^1]);
            }
        }

        throw new InvalidOperationException("The program ended.");
    }
}
