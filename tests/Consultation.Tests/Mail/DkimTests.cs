using System.Security.Cryptography;
using Consultation.Mail;
using Consultation.Mail.Mime;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Pickup;
using Consultation.Testing.Mail;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;

namespace Consultation.Tests.Mail;

/// <summary>Signatures that a receiving server can check by the record that the product tells the operator.</summary>
public sealed class DkimTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-dkim").FullName;

    private string KeyFile => Path.Combine(_folder, "dkim.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("PKCS1")]
    [InlineData("PKCS8")]
    [InlineData("Ed25519")]
    public async Task What_leaves_is_signed_and_a_changed_word_is_noticed(string kind)
    {
        await File.WriteAllTextAsync(KeyFile, Pem(kind));
        var options = Options();
        var file = await WriteAsync(options);
        var key = DkimKey.Open(options.Dkim, new MailClock(MailMaking.Noon))!;

        key.RecordName.Should().Be("xieshang2026._domainkey.tongzhou.example.gov.cn");
        (await VerifyAsync(await File.ReadAllBytesAsync(file), key.Record)).Should().BeTrue();
        var text = await File.ReadAllTextAsync(file);
        foreach (var (from, to) in new[]
            { ("Subject: ", "Subject: Fwd "), ("Auto-Submitted: auto-generated", "Auto-Submitted: no") })
        {
            text.Should().Contain(from);
            var changed = System.Text.Encoding.ASCII.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
            (await VerifyAsync(changed, key.Record)).Should().BeFalse(from);
        }

        var added = System.Text.Encoding.ASCII.GetBytes("Reply-To: someone@elsewhere.example\r\n" + text);
        (await VerifyAsync(added, key.Record)).Should().BeFalse("no header can be added that was signed as missing");
        text.Should().Contain("t=1772683200", "the host's clock tells the time");
    }

    [Fact]
    public async Task Nothing_is_signed_without_a_key()
    {
        var options = MailMaking.Options();

        (await File.ReadAllTextAsync(await WriteAsync(options))).Should().NotContain("DKIM-Signature");
    }

    [Theory]
    [InlineData("no such file", "密钥文件")]
    [InlineData("not a key", "PEM")]
    [InlineData("a public key", "PEM")]
    [InlineData("a short key", "2048")]
    public void A_file_without_a_key_to_sign_with_is_refused_in_words(string what, string words)
    {
        using var rsa = RSA.Create(what == "a short key" ? 1024 : 2048);
        if (what != "no such file")
        {
            File.WriteAllText(KeyFile, what switch
            {
                "not a key" => "hello",
                "a public key" => rsa.ExportSubjectPublicKeyInfoPem(),
                _ => rsa.ExportPkcs8PrivateKeyPem(),
            });
        }

        Problems(Options()).Should().ContainSingle().Which.Should().StartWith("Mail:Dkim:KeyFile").And.Contain(words);
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("other.tongzhou.example.gov.cn")]
    [InlineData("zhou.example.gov.cn")]
    [InlineData("")]
    public void A_domain_that_is_not_the_sender_s_is_refused_with_both_names(string domain)
    {
        File.WriteAllText(KeyFile, Pem("PKCS8"));
        var options = Options();
        options.Dkim.Domain = domain;

        Problems(options).Should().ContainSingle().Which.Should().Contain("Mail:Dkim:Domain").And.Contain("Mail:From");
    }

    [Fact]
    public void A_domain_above_the_sender_s_may_sign()
    {
        File.WriteAllText(KeyFile, Pem("PKCS8"));
        var options = Options();
        options.Dkim.Domain = "example.gov.cn";

        Problems(options).Should().BeEmpty();
    }

    private static IEnumerable<string> Problems(MailOptions options) =>
        options.Validate(new(options)).Select(problem => problem.ErrorMessage!);

    private static string Pem(string kind)
    {
        if (kind == "Ed25519")
        {
            var generator = new Ed25519KeyPairGenerator();
            generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
            using var text = new StringWriter();
            using var pem = new PemWriter(text);
            pem.WriteObject(new Pkcs8Generator(generator.GenerateKeyPair().Private));
            pem.Writer.Flush();
            return text.ToString();
        }

        using var rsa = RSA.Create(2048);
        return kind == "PKCS1" ? rsa.ExportRSAPrivateKeyPem() : rsa.ExportPkcs8PrivateKeyPem();
    }

    private static async Task<bool> VerifyAsync(byte[] message, string record)
    {
        using var stream = new MemoryStream(message);
        using var read = await MimeMessage.LoadAsync(stream);
        return await new DkimVerifier(new OneKey(record)).VerifyAsync(
            read, read.Headers.Single(header => header.Id == HeaderId.DkimSignature));
    }

    private MailOptions Options()
    {
        var options = MailMaking.Options();
        (options.Dkim.KeyFile, options.Dkim.Domain, options.Dkim.Selector) =
            (KeyFile, "tongzhou.example.gov.cn", "xieshang2026");
        return options;
    }

    private async Task<string> WriteAsync(MailOptions options)
    {
        options.PickupFolder = Path.Combine(_folder, "outbox");
        var mail = MailMaking.Mail();
        var transport = new PickupFolderTransport(options, new MailClock(MailMaking.Noon));
        await transport.SendAsync(new ReadyMail(mail, mail.TextBody, mail.HtmlBody), CancellationToken.None);
        return Directory.EnumerateFiles(options.PickupFolder).Single();
    }

    /// <summary>A name system that knows one record.</summary>
    private sealed class OneKey(string record) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            GetPublicKey(record);

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(GetPublicKey(record));
    }
}
