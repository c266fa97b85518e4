using System.Text;
using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Matters;
using Consultation.Cases.Rules;
using Consultation.Storage.Attachments;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Attachments;

/// <summary>What taking files in promises, on every database product.</summary>
public abstract class UploadContract(TestDatabase database)
{
    [SkippableFact]
    public async Task A_photo_is_kept_without_its_place_once_for_all_who_hand_it_in()
    {
        await using var desk = await FileDesk.StartAsync(database);
        var first = await desk.AttachAsync("现场.jpg", SampleFiles.Photo());
        var second = await desk.AttachAsync("again.jpg", SampleFiles.Photo());

        await desk.WorkAsync();

        var (one, two) = (await desk.FindAsync(first), await desk.FindAsync(second));
        (one.State, two.State).Should().Be((AttachmentState.Kept, AttachmentState.Kept));
        two.ContentId.Should().Be(one.ContentId);
        Encoding.Latin1.GetString(await desk.ReadAsync(one)).Should().NotContain(SampleFiles.Marker);
        await using var db = desk.Host.Database.Open();
        (await db.Set<AttachmentContent>().CountAsync()).Should().Be(2, "the picture and the small one");
        (await db.History.CountAsync(line => line.Verb == "attachment.added")).Should().Be(2);
        var parts = await db.Set<AttachmentPart>().Select(part => part.ContentId).Distinct().ToListAsync();
        parts.Should().BeEquivalentTo(new[] { one.ContentId!.Value, one.ThumbnailId!.Value });
    }

    [SkippableFact]
    public async Task An_upload_goes_on_where_the_connection_was_lost()
    {
        await using var desk = await FileDesk.StartAsync(database);
        var file = SampleFiles.Text(1_500_000, "resumed");
        var begun = (UploadStanding.Going)await desk.Uploads.BeginAsync(desk.Entry("a.txt", file.Length), default);

        var broken = async () => await desk.Uploads.AppendAsync(
            desk.Organisation, begun.Ticket, 0, new BreakingStream(file, 700_000), default);
        await broken.Should().ThrowAsync<IOException>();
        var standing = (UploadStanding.Going)await desk.Uploads.StandingAsync(
            desk.Organisation, begun.Ticket, default);
        var wrong = await desk.Uploads.AppendAsync(
            desk.Organisation, begun.Ticket, 0, new MemoryStream(file), default);
        var rest = new MemoryStream(file[(int)standing.Received..]);
        var done = await desk.Uploads.AppendAsync(
            desk.Organisation, begun.Ticket, standing.Received, rest, default);

        standing.Received.Should().Be(10 * AttachmentPart.Size, "whole parts of 700,000 bytes");
        wrong.Should().Be(standing, "what was there already is not written again");
        var complete = done.Should().BeOfType<UploadStanding.Complete>().Which;
        await desk.HangAsync(complete.Ticket);
        await desk.WorkAsync();
        (await desk.ReadAsync(await desk.FindAsync(complete.File.Id))).Should().Equal(file);
    }

    [SkippableFact]
    public async Task What_is_refused_leaves_nothing_behind()
    {
        await using var desk = await FileDesk.StartAsync(database);

        var lying = await desk.Uploads.TakeAsync(
            desk.Entry("photo.png", SampleFiles.Photo().Length), new MemoryStream(SampleFiles.Photo()), default);
        var early = await desk.Uploads.BeginAsync(desk.Entry("a.txt", 4L * 1024 * 1024 * 1024), default);
        var less = await desk.Uploads.TakeAsync(desk.Entry("a.txt", 500), new MemoryStream(new byte[20]), default);

        lying.Should().BeOfType<UploadStanding.Refused>().Which.Why.Zh.Should().Contain("JPEG");
        early.Should().BeOfType<UploadStanding.Refused>().Which.Why.Zh.Should().Contain("最大 50 MB");
        less.Should().BeOfType<UploadStanding.Unknown>();
        await using var db = desk.Host.Database.Open();
        (await db.Set<Attachment>().CountAsync()).Should().Be(0);
        (await db.Set<AttachmentPart>().CountAsync()).Should().Be(0);
    }

    [SkippableFact]
    public async Task What_nobody_attaches_within_a_day_is_removed()
    {
        await using var desk = await FileDesk.StartAsync(database);
        await desk.Uploads.BeginAsync(desk.Entry("half.txt", 500), default);
        var loose = await desk.TakeAsync("loose.jpg", SampleFiles.Photo());
        var kept = await desk.AttachAsync("kept.jpg", SampleFiles.Photo(300, 200));
        await desk.WorkAsync();

        (await desk.Worker.TidyAsync(default)).Should().Be(0);
        desk.Host.Clock.Advance(TimeSpan.FromHours(25));
        (await desk.Worker.TidyAsync(default)).Should().Be(2);

        await using var db = desk.Host.Database.Open();
        (await db.Set<Attachment>().SingleAsync()).Id.Should().Be(kept);
        (await db.Set<AttachmentContent>().CountAsync()).Should().Be(2);
        (await desk.Uploads.StandingAsync(desk.Organisation, loose, default))
            .Should().BeOfType<UploadStanding.Unknown>();
    }

    [SkippableFact]
    public async Task A_removed_file_is_gone_with_a_record_and_what_others_share_stays()
    {
        await using var desk = await FileDesk.StartAsync(database);
        var first = await desk.AttachAsync("一.jpg", SampleFiles.Photo());
        var second = await desk.AttachAsync("二.jpg", SampleFiles.Photo());
        await desk.WorkAsync();

        await desk.Acts.RemoveAsync(desk.Organisation, first, "拍到了未成年人", desk.Person, default);
        (await desk.ReadAsync(await desk.FindAsync(second))).Should().NotBeEmpty();
        await desk.Acts.RemoveAsync(desk.Organisation, second, "同上", desk.Person, default);

        await using var db = desk.Host.Database.Open();
        (await db.Set<AttachmentContent>().CountAsync()).Should().Be(0);
        (await db.Set<AttachmentPart>().CountAsync()).Should().Be(0);
        var removed = await db.Set<Attachment>().FirstAsync(row => row.Id == first);
        (removed.State, removed.RemovedById, removed.RemovedWhy).Should()
            .Be((AttachmentState.Removed, (PersonId?)desk.Person, "拍到了未成年人"));
        (await db.History.CountAsync(line => line.Verb == "attachment.removed")).Should().Be(2);
    }

    [SkippableFact]
    public async Task An_infected_file_is_refused_and_told_and_one_that_cannot_be_looked_at_is_held()
    {
        await using var desk = await FileDesk.StartAsync(database);
        var bad = await desk.AttachAsync("bad.txt", Encoding.ASCII.GetBytes("EICAR"));
        var held = await desk.AttachAsync("held.txt", Encoding.ASCII.GetBytes("UNAVAILABLE"));

        await desk.WorkAsync();

        var refused = await desk.FindAsync(bad);
        refused.State.Should().Be(AttachmentState.Refused);
        refused.Trouble!.Zh.Should().Contain("Eicar-Test");
        (await desk.FindAsync(held)).State.Should().Be(AttachmentState.Checking);
        await using var db = desk.Host.Database.Open();
        (await db.Set<AttachmentPart>().CountAsync(part => part.ContentId == bad.Value)).Should().Be(0);
        (await db.History.CountAsync(line => line.Verb == "attachment.refused")).Should().Be(1);
        var told = await db.Mails.Where(mail => mail.Subject.Contains("没有通过检查")).ToListAsync();
        told.Select(mail => mail.PersonId).Should().OnlyHaveUniqueItems().And.Contain(desk.Person.Value)
            .And.Contain(desk.Host.Person("secretary").Id.Value);
        told.Should().OnlyContain(mail => mail.TextBody.Contains("bad.txt") && mail.TextBody.Contains("Eicar-Test"));
    }

    /// <summary>Each is refused in words at the announcement, at the last byte or when it is checked.</summary>
    public static TheoryData<string, string> Hostile => new()
    {
        { "a.jpg", "html" }, { "a.svg", "svg" }, { "a.png", "svg" }, { "a.gif", "gif-html" }, { "a.jpg", "gif-html" },
        { "a.docx", "bomb" }, { "a.zip", "bomb" }, { "a.docx", "macro" }, { "a.docm", "macro" },
        { "a.docx", "hidden-template" }, { "a.docx", "dtd" }, { "a.txt", "empty" }, { "a.heic", "heic" },
        { "a.jpg", "heic" }, { "a.png", "huge" }, { "a.jpg", "program" }, { "../../etc/passwd", "program" },
        { "a.exe", "program" }, { "a.jpg", "cut" }, { "a.pdf", "photo" },
    };

    [SkippableTheory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_file_is_refused_in_words_and_leaves_no_row_and_no_byte(string name, string made)
    {
        await using var desk = await FileDesk.StartAsync(database);
        var bytes = Make(made);

        var standing = await desk.Uploads.TakeAsync(
            desk.Entry(name, bytes.Length), new MemoryStream(bytes), default);
        if (standing is UploadStanding.Complete complete)
        {
            // Its head says a picture; what it is shows only when it is made anew.
            await desk.WorkAsync();
            (await desk.FindAsync(complete.Ticket.Id)).Should().Match<Attachment>(
                file => file.State == AttachmentState.Refused && file.Trouble != null);
            await desk.Uploads.DropAsync(desk.Organisation, complete.Ticket, default);
        }
        else
        {
            standing.Should().BeOfType<UploadStanding.Refused>().Which.Why.Zh.Length.Should().BeGreaterThan(8);
        }

        await using var db = desk.Host.Database.Open();
        (await db.Set<Attachment>().CountAsync()).Should().Be(0);
        (await db.Set<AttachmentPart>().CountAsync()).Should().Be(0);
        (await db.Set<AttachmentContent>().CountAsync()).Should().Be(0);
    }

    [SkippableFact]
    public async Task A_polyglot_is_made_anew_or_only_saved()
    {
        await using var desk = await FileDesk.StartAsync(database);
        byte[] photo = [.. SampleFiles.Photo(), .. "<script>alert('polyglot')</script>PK"u8];
        byte[] paper =
        [
            .. "%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n<html><script>"u8,
            .. "alert(1)</script>\n%%EOF"u8,
        ];
        var (first, second) = (await desk.AttachAsync("a.jpg", photo), await desk.AttachAsync("b.pdf", paper));

        await desk.WorkAsync();

        var (picture, pdf) = (await desk.FindAsync(first), await desk.FindAsync(second));
        Encoding.Latin1.GetString(await desk.ReadAsync(picture)).Should().NotContain("polyglot");
        (pdf.State, pdf.ThumbnailId, pdf.PreviewId).Should()
            .Be((AttachmentState.Kept, null, null), "saved as it is, never shown: FileEndpoints sends no such form");
    }

    [SkippableFact]
    public async Task Two_of_one_name_at_once_are_two_files_and_wrong_places_change_nothing()
    {
        await using var desk = await FileDesk.StartAsync(database);
        var (one, two) = (SampleFiles.Text(300_000, "one"), SampleFiles.Text(300_000, "two"));

        var both = await Task.WhenAll(new[] { one, two }.Select(bytes => Task.Run(
            () => desk.TakeAsync("same.txt", bytes))));
        foreach (var ticket in both) await desk.HangAsync(ticket);
        var begun = (UploadStanding.Going)await desk.Uploads.BeginAsync(desk.Entry("cut.txt", one.Length), default);
        foreach (var offset in new[] { -1L, 1, AttachmentPart.Size, 299_999, long.MaxValue })
        {
            (await desk.Uploads.AppendAsync(desk.Organisation, begun.Ticket, offset, new MemoryStream(one), default))
                .Should().Be(begun, $"{offset} is not where it stands");
        }

        await desk.WorkAsync();
        both.Select(ticket => ticket.Id).Should().OnlyHaveUniqueItems();
        (await desk.ReadAsync(await desk.FindAsync(both[0].Id))).Should().Equal(one);
        (await desk.ReadAsync(await desk.FindAsync(both[1].Id))).Should().Equal(two);
        await using var db = desk.Host.Database.Open();
        (await db.Set<AttachmentPart>().CountAsync(part => part.ContentId == begun.Ticket.Id.Value)).Should().Be(0);
    }

    [SkippableFact]
    public async Task Many_who_announce_at_once_never_go_over_the_space()
    {
        await using var desk = await FileDesk.StartAsync(database);
        await using (var db = desk.Host.Database.ForOrganisation(desk.Organisation))
        {
            db.Add(new HouseRule { OrganisationId = desk.Organisation, Key = RuleKeys.FileQuota, Value = "100" });
            await db.SaveChangesAsync();
            await db.Organisations.Where(row => row.Id == desk.Organisation).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DirectoryVersion, row => row.DirectoryVersion + 1));
        }

        const int each = 40 * 1024 * 1024;
        var standings = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(
            () => desk.Uploads.BeginAsync(desk.Entry($"{n}.txt", each), default))));

        standings.OfType<UploadStanding.Going>().Count().Should().BeInRange(0, 2);
        standings.OfType<UploadStanding.Refused>().Should().OnlyContain(one => one.Why.Zh.Contains("空间"));
        await using var read = desk.Host.Database.Open();
        (await read.Set<Attachment>().SumAsync(row => row.Announced)).Should().BeLessThanOrEqualTo(100L * 1024 * 1024);
    }

    private static byte[] Make(string what) => what switch
    {
        "html" => Encoding.ASCII.GetBytes("<html><script>alert(1)</script></html>"),
        "svg" => Encoding.ASCII.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
        "gif-html" => Encoding.ASCII.GetBytes("GIF89a/*<html><script>*/=1;alert(1)//</script></html>"),
        "bomb" => SampleFiles.Word(("word/media/a.xml", new string('a', 20_000_000))),
        "macro" => SampleFiles.Word(("word/vbaProject.bin", "x")),
        "hidden-template" => SampleFiles.Word(("word/_rels/settings.xml.rels",
            "<Relationships><Relationship Type='http://x/attachedTemplat&#101;' TargetMode='Externa&#108;' "
                + "Target='http://evil'/></Relationships>")),
        "dtd" => SampleFiles.Word(("word/_rels/settings.xml.rels",
            "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><r>&b;</r>")),
        "empty" => [],
        "heic" => [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[16]],
        "huge" => SampleFiles.PngOf(50_000, 50_000),
        "program" => Encoding.ASCII.GetBytes("MZ\u0090\0program"),
        "cut" => SampleFiles.Photo()[..2000],
        "photo" => SampleFiles.Photo(),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    [SkippableFact]
    public async Task A_matter_takes_its_files_along_in_its_own_transaction_and_who_sees_it_sees_them()
    {
        await using var desk = await FileDesk.StartAsync(database);
        var ticket = await desk.TakeAsync("坑.jpg", SampleFiles.Photo());
        var entry = new MatterEntry
        {
            OrganisationId = desk.Organisation,
            Source = MatterSource.PublicForm,
            Title = "路面有坑",
            Text = "路面有一个坑，晚上看不见，请尽快修补。",
            Files = [ticket, new(ticket.Id, UploadTicket.New().Secret)],
            OperationId = Guid.NewGuid().ToString("N"),
        };

        await desk.Host.Register.RegisterAsync(entry with { Title = "" }, default);
        (await desk.LooseAsync(ticket)).Should().Be(1, "a refused entry attaches nothing");
        var registered = (RegisterResult.Registered)await desk.Host.Register.RegisterAsync(entry, default);

        var file = await desk.FindAsync(ticket.Id);
        (file.MatterId, file.Retention).Should().Be(((MatterId?)registered.MatterId, RetentionClasses.Personal));
        file.KeepUntil.Should().Be(new DateOnly(2027, 3, 2));
        (await desk.Reader.FindAsync(desk.Scope("secretary"), ticket.Id, default)).Should().NotBeNull();
        (await desk.Reader.FindAsync(desk.Scope("contact"), ticket.Id, default)).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_file_whose_check_always_fails_ends_and_one_whose_scanner_is_away_waits()
    {
        await using var desk = await FileDesk.StartAsync(database);
        var failing = await desk.AttachAsync("a.txt", "THROWS"u8.ToArray());
        var waiting = await desk.AttachAsync("b.txt", "UNAVAILABLE"u8.ToArray());

        for (var hour = 0; hour < 15; hour++)
        {
            await desk.WorkAsync();
            desk.Host.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        var ended = await desk.FindAsync(failing);
        ended.State.Should().Be(AttachmentState.Refused);
        ended.Trouble!.Zh.Should().Contain("多次检查都没有成功");
        var held = await desk.FindAsync(waiting);
        (held.State, held.Attempts).Should().Be((AttachmentState.Checking, 0));
        await using var db = desk.Host.Database.Open();
        (await db.Set<AttachmentPart>().Select(part => part.ContentId).Distinct().ToListAsync())
            .Should().Equal(waiting.Value);
    }

    [SkippableFact]
    public async Task Parts_that_nothing_names_are_swept_away()
    {
        await using var desk = await FileDesk.StartAsync(database);
        var kept = await desk.AttachAsync("kept.txt", SampleFiles.Text(1000));
        await desk.WorkAsync();
        var arriving = (UploadStanding.Going)await desk.Uploads.BeginAsync(desk.Entry("a.txt", 100_000), default);
        await desk.Uploads.AppendAsync(
            desk.Organisation, arriving.Ticket, 0, new MemoryStream(new byte[AttachmentPart.Size]), default);
        await using var db = desk.Host.Database.Open();
        db.Add(new AttachmentPart
        {
            OrganisationId = desk.Organisation,
            ContentId = Guid.CreateVersion7(),
            Number = 0,
            Bytes = [1],
        });
        await db.SaveChangesAsync();

        await desk.Worker.TidyAsync(default);

        (await db.Set<AttachmentPart>().Select(part => part.ContentId).ToListAsync()).Should()
            .BeEquivalentTo(new[] { (await desk.FindAsync(kept)).ContentId!.Value, arriving.Ticket.Id.Value });
    }

    [SkippableFact]
    public async Task Twenty_megabytes_take_less_than_ten_of_memory()
    {
        await using var desk = await FileDesk.StartAsync(database);
        const int length = 20 * 1024 * 1024;
        await desk.TakeAsync("warm-up.txt", SampleFiles.Text(100_000));
        var watched = new WatchedStream(length);

        var taken = await desk.Uploads.TakeAsync(desk.Entry("large.txt", length), watched, default);

        taken.Should().BeOfType<UploadStanding.Complete>();
        watched.Most.Should().BeLessThan(10 * 1024 * 1024);
    }
}

public sealed class SqliteUploadTests(SqliteDatabase database)
    : UploadContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlUploadTests(PostgreSqlDatabase database)
    : UploadContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerUploadTests(SqlServerDatabase database)
    : UploadContract(database), IClassFixture<SqlServerDatabase>;
