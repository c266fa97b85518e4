using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consultation.Server.Keys;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Keys;

/// <summary>
/// The keys of sign-in cookies and forms: in the database, shared by all hosts on it, encrypted when a certificate is
/// set.
/// </summary>
public sealed class KeyTests : IDisposable
{
    private const string Password = "of-this-test";
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-keys-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_sign_in_at_one_host_counts_at_every_host_on_the_same_database()
    {
        await using var first = new DeskHost(OnSharedDatabase());
        using var browser = await first.SignedInAsync();
        await using var second = new DeskHost(OnSharedDatabase());

        (await StatusWithAsync(second, await CookieAsync(first)))
            .Should().Be(HttpStatusCode.OK, "no folder is shared, only the database");
    }

    [Fact]
    public async Task With_a_certificate_no_key_lies_in_the_database_as_it_is()
    {
        var certificate = Certificate("present.pfx");
        await using (var plain = new DeskHost(OnSharedDatabase()))
        {
            using var browser = await plain.SignedInAsync();
            (await KeysAsync(plain)).Should().ContainSingle().Which.Should()
                .Contain("<masterKey").And.Contain("<value>");
        }

        foreach (var file in Directory.EnumerateFiles(_folder, "desk.db*")) File.Delete(file);
        string cookie;
        await using (var sealing = new DeskHost([.. OnSharedDatabase(), .. With(certificate)]))
        {
            using var browser = await sealing.SignedInAsync();
            cookie = await CookieAsync(sealing);
            (await KeysAsync(sealing)).Should().ContainSingle().Which.Should()
                .Contain("EncryptedData").And.Contain("CipherValue").And.NotContain("<value>").And.NotContain(
                    "masterKey");
            (await browser.Client.GetStringAsync("/health/ready")).Should().Contain("已用证书加密");
        }

        await using var again = new DeskHost([.. OnSharedDatabase(), .. With(certificate)]);
        (await StatusWithAsync(again, cookie)).Should()
            .Be(HttpStatusCode.OK, "the same certificate opens the keys again");
    }

    [Fact]
    public async Task A_new_certificate_reads_what_an_older_one_encrypted_when_both_are_named()
    {
        var (old, present) = (Certificate("old.pfx"), Certificate("present.pfx"));
        string cookie;
        await using (var before = new DeskHost([.. OnSharedDatabase(), .. With(old)]))
        {
            using var browser = await before.SignedInAsync();
            cookie = await CookieAsync(before);
        }

        await using var after = new DeskHost(
            [.. OnSharedDatabase(), .. With(present), new("Keys:OlderCertificateFiles:0", old)]);
        (await StatusWithAsync(after, cookie)).Should().Be(HttpStatusCode.OK);
        await using var careless = new DeskHost([.. OnSharedDatabase(), .. With(present)]);
        (await StatusWithAsync(careless, cookie)).Should()
            .Be(HttpStatusCode.Redirect, "nobody without the old key reads the old cookie");
    }

    [Theory]
    [InlineData("missing.pfx", Password, "is missing")]
    [InlineData("present.pfx", "wrong", "the password Keys:CertificatePassword is wrong")]
    [InlineData("no-certificate.pfx", Password, "is no PKCS#12 certificate")]
    public void A_certificate_that_is_of_no_use_is_named_among_the_wrong_settings(
        string name, string password, string why)
    {
        var right = Certificate("present.pfx");
        File.WriteAllText(Path.Combine(_folder, "no-certificate.pfx"), "something else");
        var wrong = Path.Combine(_folder, name);
        var options =
            new KeyOptions { CertificateFile = wrong, CertificatePassword = password, OlderCertificateFiles = [wrong] };

        options.Validate(new(options)).Select(problem => problem.ErrorMessage).Should().HaveCount(2)
            .And.OnlyContain(problem => problem!.Contains(name) && problem.Contains(why))
            .And.Contain(problem => problem!.StartsWith("Keys:CertificateFile:"))
            .And.Contain(problem => problem!.StartsWith("Keys:OlderCertificateFiles:"));
        new KeyOptions { CertificateFile = right, CertificatePassword = Password }.Validate(new(options))
            .Should().BeEmpty();
        new KeyOptions { OlderCertificateFiles = [right], CertificatePassword = Password }.Validate(new(options))
            .Should().ContainSingle("an older certificate alone would leave new keys plain");
    }

    [Fact]
    public async Task Without_a_certificate_the_health_page_says_so()
    {
        await using var host = new DeskHost();
        using var browser = await host.SignedInAsync();

        var ready = await browser.Client.GetStringAsync("/health/ready");

        ready.Should().Contain("登录密钥在数据库中没有加密").And.Contain("Set Keys:CertificateFile to encrypt them");
    }

    [SkippableFact]
    public async Task The_folder_that_the_host_makes_for_its_database_is_for_its_account_only()
    {
        Skip.If(OperatingSystem.IsWindows(), "Folders have other permissions there.");
        if (OperatingSystem.IsWindows()) return;
        var folder = Path.Combine(_folder, "data");
        await using var host =
            new DeskHost([new("Storage:ConnectionString", $"Data Source={folder}/desk.db;Pooling=False")]);
        using var browser = host.Browser();

        File.GetUnixFileMode(folder).Should()
            .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private KeyValuePair<string, string>[] OnSharedDatabase() =>
        [new("Storage:ConnectionString", $"Data Source={Path.Combine(_folder, "desk.db")};Pooling=False")];

    private static KeyValuePair<string, string>[] With(string certificate) =>
        [new("Keys:CertificateFile", certificate), new("Keys:CertificatePassword", Password)];

    private string Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request =
            new CertificateRequest("CN=consultation", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate =
            request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var file = Path.Combine(_folder, name);
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, Password));
        return file;
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(DeskHost host)
    {
        await using var db = host.Services.GetRequiredService<Database>().Open();
        return await db.DataProtectionKeys.Select(key => key.Xml!).ToListAsync();
    }

    /// <summary>The administrator's sign-in cookie, as a browser would send it.</summary>
    private static async Task<string> CookieAsync(DeskHost host)
    {
        using var client = host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        using var browser = new DeskBrowser(client);
        (await browser.SignInAsync(DeskHost.Administrator, DeskHost.Password)).Should().BeTrue();
        return browser.Answer.Headers.GetValues("Set-Cookie")
            .Single(cookie => cookie.StartsWith("consultation=", StringComparison.Ordinal))
            .Split(';')[0];
    }

    private static async Task<HttpStatusCode> StatusWithAsync(DeskHost host, string cookie)
    {
        using var client = host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/people");
        request.Headers.Add("Cookie", cookie);
        return (await client.SendAsync(request)).StatusCode;
    }
}
