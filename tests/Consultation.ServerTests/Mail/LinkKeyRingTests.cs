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
        var rings = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => LinkKeyRing.Open(KeyFile, MailMaking.Noon))));

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
        var ring = LinkKeyRing.Open(KeyFile, MailMaking.Noon)
            .Rotate(MailMaking.Noon.AddDays(90), forgetBefore: MailMaking.Noon);

        ring.Save(KeyFile);

        var read = LinkKeyRing.Open(KeyFile, MailMaking.Noon.AddDays(91));
        read.Keys.Should().HaveCount(2);
        read.Current.Id.Should().Be(ring.Current.Id);
    }

    [Fact]
    public void An_old_key_is_renewed_while_the_host_runs_and_the_oldest_is_forgotten_but_never_the_one_before()
    {
        TimeSpan renew = TimeSpan.FromDays(180), keep = TimeSpan.FromDays(400);
        var ring = LinkKeyRing.Open(KeyFile, MailMaking.Noon);
        var first = ring.Current;

        ring.RenewWhenOld(MailMaking.Noon.AddDays(179), renew, keep);
        ring.Keys.Should().ContainSingle("it is not old yet");
        ring.RenewWhenOld(MailMaking.Noon.AddDays(180), renew, keep);
        var second = ring.Current;
        second.Id.Should().NotBe(first.Id);
        ring.Find(first.Id).Should().NotBeNull("links made with it are still on their way");
        ring.RenewWhenOld(MailMaking.Noon.AddDays(401), renew, keep);

        ring.Find(first.Id).Should().BeNull("no link made with it can be in force any more");
        ring.Find(second.Id).Should().NotBeNull();
        LinkKeyRing.Open(KeyFile, MailMaking.Noon).Keys.Should().BeEquivalentTo(ring.Keys);
        Directory.GetFiles(Path.GetDirectoryName(KeyFile)!).Should()
            .ContainSingle("nothing but the ring is left behind");
    }

    [Fact]
    public async Task Of_processes_that_renew_at_once_one_does_and_all_open_its_links()
    {
        TimeSpan renew = TimeSpan.FromDays(180), keep = TimeSpan.FromDays(400);
        var rings = Enumerable.Range(0, 8).Select(_ => LinkKeyRing.Open(KeyFile, MailMaking.Noon)).ToList();

        await Task.WhenAll(
            rings.Select(ring => Task.Run(() => ring.RenewWhenOld(MailMaking.Noon.AddDays(200), renew, keep))));

        var newest = LinkKeyRing.Open(KeyFile, MailMaking.Noon.AddDays(200));
        newest.Keys.Should().HaveCount(2);
        rings.Should()
            .OnlyContain(ring => ring.Find(newest.Current.Id) != null,
                "a process that runs on the old ring finds the new key in the file");
        rings.Should()
            .OnlyContain(ring => newest.Find(ring.Current.Id) != null, "nobody makes links with a key that was lost");
    }

    [Fact]
    public void Where_the_file_cannot_be_renewed_the_present_key_goes_on()
    {
        var ring = LinkKeyRing.Open(KeyFile, MailMaking.Noon);
        var first = ring.Current;
        using (new FileStream(KeyFile + ".renewing", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            ring.RenewWhenOld(MailMaking.Noon.AddDays(200), TimeSpan.FromDays(180), TimeSpan.FromDays(400));
        }

        ring.Current.Should().Be(first);
    }
}
