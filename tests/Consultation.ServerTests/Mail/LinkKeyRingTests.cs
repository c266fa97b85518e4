using Consultation.Mail.ActionLinks;
using Consultation.Testing.Mail;

namespace Consultation.ServerTests.Mail;

public sealed class LinkKeyRingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-keys").FullName;

    private string KeyFile => Path.Combine(_folder, "data", "link-keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_start_makes_a_key_file_and_later_starts_read_it()
    {
        var first = LinkKeyRing.Open(KeyFile, MailMaking.Noon);
        var later = LinkKeyRing.Open(KeyFile, MailMaking.Noon.AddDays(1));

        later.Current.Should().BeEquivalentTo(first.Current);
        first.Current.Secret.Should().HaveCount(32);
        Directory.EnumerateFiles(Path.GetDirectoryName(KeyFile)!).Should().ContainSingle();
    }

    [SkippableFact]
    public void Only_its_owner_reads_the_key_file()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such file modes.");

        LinkKeyRing.Open(KeyFile, MailMaking.Noon);

#pragma warning disable CA1416 // skipped above
        File.GetUnixFileMode(KeyFile).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
#pragma warning restore CA1416
    }

    [Fact]
    public async Task Processes_that_start_at_once_agree_on_one_key()
    {
        var rings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => LinkKeyRing.Open(KeyFile, MailMaking.Noon))));

        rings.Select(ring => ring.Current.Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void A_damaged_key_file_is_never_overwritten()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, "{ half");

        FluentActions.Invoking(() => LinkKeyRing.Open(KeyFile, MailMaking.Noon)).Should().Throw<InvalidDataException>();
        File.ReadAllText(KeyFile).Should().Be("{ half");
    }

    [Fact]
    public void A_rotated_ring_is_kept()
    {
        var ring = LinkKeyRing.Open(KeyFile, MailMaking.Noon).Rotate(MailMaking.Noon.AddDays(90), forgetBefore: MailMaking.Noon);

        ring.Save(KeyFile);

        var read = LinkKeyRing.Open(KeyFile, MailMaking.Noon.AddDays(91));
        read.Keys.Should().HaveCount(2);
        read.Current.Id.Should().Be(ring.Current.Id);
    }
}
