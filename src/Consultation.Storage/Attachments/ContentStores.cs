using Consultation.Cases.Attachments;

namespace Consultation.Storage.Attachments;

/// <summary>
/// Keeps contents outside the database. An interface because there are two: a folder, and an S3-compatible store. The
/// same content may be put twice, and deleting what is not there is no mistake.
/// </summary>
internal interface IContentStore
{
    /// <summary>Which it is.</summary>
    ContentPlace Place { get; }

    /// <summary>Keeps a content under its hash.</summary>
    Task PutAsync(AttachmentContent content, Stream bytes, CancellationToken cancellationToken);

    /// <summary>Reads it from its beginning.</summary>
    Task<Stream> OpenAsync(AttachmentContent content, CancellationToken cancellationToken);

    /// <summary>Takes it away.</summary>
    Task DeleteAsync(AttachmentContent content, CancellationToken cancellationToken);
}

/// <summary>All places where contents may lie, and the one where new ones go.</summary>
internal sealed class ContentStores(MaterialOptions options) : IDisposable
{
    private readonly FolderStore _folder = new(options.Folder);
    private readonly Lazy<S3Store> _s3 = new(() => new(options));

    /// <summary>Where new contents go; null for the database.</summary>
    public IContentStore? Newest => Of(options.Store);

    /// <summary>The store of a place; null for the database.</summary>
    public IContentStore? Of(ContentPlace place) => place switch
    {
        ContentPlace.Folder => _folder,
        ContentPlace.S3 => _s3.Value,
        _ => null,
    };

    /// <summary>
    /// The name of a content outside: its organisation, and its hash in a folder of its first two letters.
    /// </summary>
    public static string KeyOf(AttachmentContent content) =>
        $"{content.OrganisationId.Value:N}/{content.Sha256[..2]}/{content.Sha256}";

    public void Dispose()
    {
        if (_s3.IsValueCreated) _s3.Value.Dispose();
    }
}

/// <summary>Contents as files of a folder; written beside and moved, so that none is there half.</summary>
internal sealed class FolderStore(string folder) : IContentStore
{
    public ContentPlace Place => ContentPlace.Folder;

    public async Task PutAsync(AttachmentContent content, Stream bytes, CancellationToken cancellationToken)
    {
        var path = PathOf(content);
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                await bytes.CopyToAsync(file, AttachmentPart.Size, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    public Task<Stream> OpenAsync(AttachmentContent content, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new FileStream(
            PathOf(content), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));

    public Task DeleteAsync(AttachmentContent content, CancellationToken cancellationToken)
    {
        if (File.Exists(PathOf(content))) File.Delete(PathOf(content));
        return Task.CompletedTask;
    }

    private string PathOf(AttachmentContent content) =>
        Path.GetFullPath(Path.Combine(folder, ContentStores.KeyOf(content)));
}
