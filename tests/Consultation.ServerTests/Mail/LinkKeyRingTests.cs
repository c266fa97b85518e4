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

    [Fact]
    public void A_start_renews_an_old_key_and_forgets_the_oldest_but_never_the_one_before()
    {
        TimeSpan renew = TimeSpan.FromDays(180), keep = TimeSpan.FromDays(400);
        var first = LinkKeyRing.Open(KeyFile, MailMaking.Noon, renew, keep).Current;

        LinkKeyRing.Open(KeyFile, MailMaking.Noon.AddDays(179), renew, keep).Keys.Should().ContainSingle("it is not old yet");
        var second = LinkKeyRing.Open(KeyFile, MailMaking.Noon.AddDays(180), renew, keep);
        second.Current.Id.Should().NotBe(first.Id);
        second.Find(first.Id).Should().NotBeNull("links made with it are still on their way");
        var third = LinkKeyRing.Open(KeyFile, MailMaking.Noon.AddDays(401), renew, keep);

        third.Find(first.Id).Should().BeNull("no link made with it can be in force any more");
        third.Find(second.Current.Id).Should().NotBeNull();
        Directory.GetFiles(Path.GetDirectoryName(KeyFile)!).Should().ContainSingle("nothing but the ring is left behind");
    }

    [Fact]
    public async Task Of_processes_that_start_at_once_one_renews_and_all_open_its_links()
    {
        TimeSpan renew = TimeSpan.FromDays(180), keep = TimeSpan.FromDays(400);
        LinkKeyRing.Open(KeyFile, MailMaking.Noon);

        var rings = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => LinkKeyRing.Open(KeyFile, MailMaking.Noon.AddDays(200), renew, keep))));

        var newest = LinkKeyRing.Open(KeyFile, MailMaking.Noon.AddDays(200));
        newest.Keys.Should().HaveCount(2);
        rings.Should().OnlyContain(ring => ring.Find(newest.Current.Id) != null, "a process that runs on the old ring finds the new key in the file");
        rings.Should().OnlyContain(ring => newest.Find(ring.Current.Id) != null, "nobody makes links with a key that was lost");
    }
}
