using System.Security.Cryptography;
using Consultation.Cases.Attachments;
using Consultation.Cases.Matters;
using Consultation.Storage;
using Consultation.Storage.Attachments;
using Consultation.Storage.Reading.Attachments;
using Consultation.Storage.Rehearsals;
using Consultation.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Attachments;

/// <summary>
/// Files go with the database wherever it goes, and with the person who wants them gone: in the database itself, in a
/// folder, and in a store that speaks S3.
/// </summary>
public sealed class FilesTravelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-travel-").FullName;
    private readonly FakeS3 _s3 = new(), _otherS3 = new();

    [Theory]
    [InlineData(ContentPlace.Database)]
    [InlineData(ContentPlace.Folder)]
    [InlineData(ContentPlace.S3)]
    public async Task A_backup_gives_back_every_file_byte_by_byte(ContentPlace place)
    {
        await using var desk = await FileDesk.StartAsync(null, Options(place, "here", _s3));
        var text = SampleFiles.Text(200_000, "backup");
        var kept = await desk.AttachAsync("一.txt", text);
        await desk.AttachAsync("二.txt", text);
        var photo = await desk.AttachAsync("三.jpg", SampleFiles.Photo());
        await desk.WorkAsync();
        var picture = await desk.ReadAsync(await desk.FindAsync(photo));

        // Database first, files second, as the guide says; life goes on meanwhile.
        var backup = Backup(desk.Host.Database);
        var late = await desk.AttachAsync("之后.txt", SampleFiles.Text(1000, "after the backup"));
        await desk.WorkAsync();
        CopyPlace(place);
        await desk.Acts.RemoveAsync(desk.Organisation, photo, "备份之后删除", desk.Person, default);

        var database = new Database(new StorageOptions { ConnectionString = $"Data Source={backup}" });
        using var stores = new ContentStores(Options(place, "there", _otherS3));
        var reader = new AttachmentReader(database, new ContentKeeper(stores, desk.Host.Clock));
        await using var db = database.Open();
        var files = await db.Set<Attachment>().AsNoTracking().ToListAsync();
        files.Should().HaveCount(3).And.NotContain(file => file.Id == late);
        foreach (var file in files)
        {
            foreach (var content in new[] { file.ContentId, file.ThumbnailId }.OfType<Guid>())
            {
                await using var bytes = await reader.OpenAsync(file, content, default);
                var row = await db.Set<AttachmentContent>().AsNoTracking().SingleAsync(one => one.Id == content);
                (await HashAsync(bytes!)).Should().Be((row.Sha256, row.Length), file.Name);
            }
        }

        (await ReadAsync(reader, files.Single(file => file.Id == kept))).Should().Equal(text);
        (await ReadAsync(reader, files.Single(file => file.Id == photo))).Should().Equal(
            picture, "what was removed after the backup is there again");
        (await OrphansAsync(db)).Should().Be(0);
    }

    [Theory]
    [InlineData(ContentPlace.Database)]
    [InlineData(ContentPlace.Folder)]
    [InlineData(ContentPlace.S3)]
    public async Task Who_asks_for_it_takes_the_own_files_along_and_what_others_share_stays(ContentPlace place)
    {
        await using var desk = await FileDesk.StartAsync(null, Options(place, "here", _s3));
        var shared = SampleFiles.Photo(320, 240);
        var own = await desk.HandInAsync(("我家.jpg", SampleFiles.Photo()), ("通知.jpg", shared));
        var other = await desk.AttachAsync("通知.jpg", shared);
        await desk.WorkAsync();
        var before = await desk.ReadAsync(await desk.FindAsync(other));

        (await desk.Own.ForgetAsync(desk.Organisation, own.Number, own.FollowSecret, files: true, default))
            .Should().BeEmpty();
        desk.Host.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Worker.TidyAsync(default);

        (await desk.ReadAsync(await desk.FindAsync(other))).Should().Equal(before);
        await using var db = desk.Host.Database.Open();
        var gone = await db.Set<Attachment>().AsNoTracking().Where(file => file.MatterId == own.MatterId).ToListAsync();
        gone.Should().HaveCount(2).And.OnlyContain(file => file.State == AttachmentState.Removed);
        (await db.Set<AttachmentContent>().CountAsync()).Should().Be(2, "what the other file is, and its small one");
        Kept(place).Should().HaveCount(place == ContentPlace.Database ? 0 : 2);
        (await OrphansAsync(db)).Should().Be(0);
        (await db.History.CountAsync(line => line.Verb == "attachment.removed")).Should().Be(2);
        var matter = await db.Matters.AsNoTracking().SingleAsync(one => one.Id == own.MatterId);
        (matter.ProposerName, matter.ProposerPhone, matter.State).Should().Be((null, null, MatterState.Pooled));
    }

    [Fact]
    public async Task Only_the_contact_data_go_where_nobody_asks_for_more_and_a_withdrawn_matter_loses_its_files()
    {
        await using var desk = await FileDesk.StartAsync(null, Options(ContentPlace.Folder, "here", _s3));
        var own = await desk.HandInAsync(("我家.jpg", SampleFiles.Photo()));
        await desk.WorkAsync();

        await desk.Own.ForgetAsync(desk.Organisation, own.Number, own.FollowSecret, files: false, default);
        await LaterAsync(desk);
        Kept(ContentPlace.Folder).Should().HaveCount(2, "the picture and the small one");
        await desk.Own.WithdrawAsync(desk.Organisation, own.Number, own.FollowSecret, default);
        await LaterAsync(desk);

        Kept(ContentPlace.Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_remover_that_died_left_behind_is_swept_away_and_what_is_on_its_way_is_not()
    {
        await using var desk = await FileDesk.StartAsync(null, Options(ContentPlace.Folder, "here", _s3));
        var file = await desk.AttachAsync("一.txt", SampleFiles.Text(1000, "one"));
        await desk.WorkAsync();
        await using (var db = desk.Host.Database.Open())
        {
            await db.Set<Attachment>().Where(row => row.Id == file)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, AttachmentState.Removed));
        }

        await desk.Worker.TidyAsync(default);
        Kept(ContentPlace.Folder).Should().HaveCount(1, "a moment old: its file may be written now");
        await LaterAsync(desk);

        Kept(ContentPlace.Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task A_rehearsal_is_given_no_file()
    {
        await using var desk = await FileDesk.StartAsync(null);
        await desk.AttachAsync("一.jpg", SampleFiles.Photo());
        await desk.WorkAsync();
        var play = new Database(new StorageOptions
        {
            ConnectionString = $"Data Source={Path.Combine(_folder, "play.db")}",
        });
        await play.MigrateAsync(default);

        (await new OrganisationCopy(desk.Host.Database, play).CopyAsync(desk.Organisation, default)).Should().BeTrue();

        await using var db = play.Open();
        (await db.Set<Attachment>().CountAsync()).Should().Be(0);
        (await db.Set<AttachmentPart>().CountAsync()).Should().Be(0);
        (await db.People.CountAsync()).Should().BePositive();
    }

    public void Dispose()
    {
        _s3.Dispose();
        _otherS3.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task LaterAsync(FileDesk desk)
    {
        desk.Host.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Worker.TidyAsync(default);
    }

    private MaterialOptions Options(ContentPlace place, string where, FakeS3 s3) => new()
    {
        Store = place,
        Folder = Path.Combine(_folder, where),
        S3Address = s3.Address,
        S3Bucket = "material",
        S3AccessKey = "key",
        S3SecretKey = "secret",
    };

    /// <summary>What lies outside the database.</summary>
    private string[] Kept(ContentPlace place) => place switch
    {
        ContentPlace.Folder => Directory.GetFiles(Path.Combine(_folder, "here"), "*", SearchOption.AllDirectories),
        ContentPlace.S3 => [.. _s3.Objects.Keys],
        _ => [],
    };

    private string Backup(Database from)
    {
        var path = Path.Combine(_folder, "backup.db");
        using var db = from.Open();
        using var source = new SqliteConnection(db.Database.GetConnectionString());
        using var target = new SqliteConnection($"Data Source={path}");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        return path;
    }

    private void CopyPlace(ContentPlace place)
    {
        foreach (var (key, bytes) in _s3.Objects) _otherS3.Objects[key] = bytes;
        if (place != ContentPlace.Folder) return;
        var (from, to) = (Path.Combine(_folder, "here"), Path.Combine(_folder, "there"));
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    /// <summary>Contents that no file names, parts that no content names, and files whose content is missing.</summary>
    private static async Task<int> OrphansAsync(ConsultationDb db)
    {
        var contents = await db.Set<AttachmentContent>().AsNoTracking().ToListAsync();
        var files = await db.Set<Attachment>().AsNoTracking()
            .Where(file => file.State == AttachmentState.Kept).ToListAsync();
        var named = files.SelectMany(file => new[] { file.ContentId, file.ThumbnailId, file.PreviewId })
            .OfType<Guid>().ToHashSet();
        var parts = await db.Set<AttachmentPart>().Select(part => part.ContentId).Distinct().ToListAsync();
        return contents.Count(content => !named.Contains(content.Id))
            + named.Count(id => contents.TrueForAll(content => content.Id != id))
            + parts.Count(id => contents.TrueForAll(
                content => content.Id != id || content.Place != ContentPlace.Database));
    }

    private static async Task<byte[]> ReadAsync(AttachmentReader reader, Attachment file)
    {
        await using var bytes = await reader.OpenAsync(file, file.ContentId!.Value, default);
        using var all = new MemoryStream();
        await bytes!.CopyToAsync(all);
        return all.ToArray();
    }

    private static async Task<(string Hash, long Length)> HashAsync(Stream bytes)
    {
        using var all = new MemoryStream();
        await bytes.CopyToAsync(all);
        return (Convert.ToHexStringLower(SHA256.HashData(all.ToArray())), all.Length);
    }
}
