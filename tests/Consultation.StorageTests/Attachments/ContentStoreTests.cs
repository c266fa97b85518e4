using System.Text;
using Consultation.Cases.Attachments;
using Consultation.Storage.Attachments;
using Consultation.Testing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Attachments;

/// <summary>Contents outside the database: in a folder, and in a store that speaks S3.</summary>
public sealed class ContentStoreTests
{
    [Fact]
    public async Task A_folder_keeps_them_by_their_hash_and_none_half()
    {
        var folder = Directory.CreateTempSubdirectory("consultation-store-").FullName;
        await using var desk = await FileDesk.StartAsync(
            null, new MaterialOptions { Store = ContentPlace.Folder, Folder = folder });
        var text = Encoding.UTF8.GetBytes("会议记录");

        await ProveAsync(desk, text, () => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')));

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_store_that_speaks_S3_keeps_them_signed()
    {
        using var store = new FakeS3();
        await using var desk = await FileDesk.StartAsync(null, new MaterialOptions
        {
            Store = ContentPlace.S3,
            S3Address = store.Address,
            S3Bucket = "material",
            S3AccessKey = "key",
            S3SecretKey = "secret",
        });

        await ProveAsync(desk, Encoding.UTF8.GetBytes("会议记录"), () =>
            store.Objects.Keys.Select(key => key["/material/".Length..]));

        store.Signatures.Should().NotBeEmpty().And.OnlyContain(
            one => one.StartsWith("AWS4-HMAC-SHA256 Credential=key/", StringComparison.Ordinal));
    }

    private static async Task ProveAsync(FileDesk desk, byte[] text, Func<IEnumerable<string>> kept)
    {
        var first = await desk.AttachAsync("一.txt", text);
        var second = await desk.AttachAsync("二.txt", text);
        var photo = await desk.AttachAsync("三.jpg", SampleFiles.Photo());
        await desk.WorkAsync();

        (await desk.ReadAsync(await desk.FindAsync(first))).Should().Equal(text);
        (await desk.ReadAsync(await desk.FindAsync(photo))).Should().NotBeEmpty();
        kept().Should().HaveCount(3, "one text, a picture and its small one");
        await using (var db = desk.Host.Database.Open())
        {
            (await db.Set<AttachmentPart>().CountAsync()).Should().Be(0, "the database is left empty");
            var names = (await db.Set<AttachmentContent>().ToListAsync()).Select(ContentStores.KeyOf);
            kept().Should().BeEquivalentTo(names);
        }

        foreach (var id in new[] { first, second, photo })
        {
            await desk.Acts.RemoveAsync(desk.Organisation, id, "不再需要", desk.Person, default);
        }

        kept().Should().BeEmpty();
    }
}
