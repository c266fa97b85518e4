using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Consultation.Cases.Attachments;

namespace Consultation.Storage.Attachments;

/// <summary>Contents in a store that speaks S3: Amazon's own, MinIO, Ceph, the clouds of this country.</summary>
internal sealed class S3Store : IContentStore, IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly string _bucket;

    public S3Store(MaterialOptions options)
    {
        _bucket = options.S3Bucket ?? "";
        _client = new AmazonS3Client(
            new BasicAWSCredentials(options.S3AccessKey, options.S3SecretKey),
            new AmazonS3Config
            {
                ServiceURL = options.S3Address!.ToString(),
                AuthenticationRegion = options.S3Region,
                // Buckets in the path: an own store has no name server for buckets in the host.
                ForcePathStyle = true,
                // Not every store knows the newer checksums; the hash of the content is signed as it is.
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
                MaxErrorRetry = 2,
                Timeout = TimeSpan.FromMinutes(2),
            });
    }

    public ContentPlace Place => ContentPlace.S3;

    public Task PutAsync(AttachmentContent content, Stream bytes, CancellationToken cancellationToken) =>
        _client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _bucket,
                Key = ContentStores.KeyOf(content),
                InputStream = bytes,
                AutoCloseStream = false,
                ContentType = "application/octet-stream",
                UseChunkEncoding = false,
            }, cancellationToken);

    public async Task<Stream> OpenAsync(AttachmentContent content, CancellationToken cancellationToken) =>
        (await _client.GetObjectAsync(_bucket, ContentStores.KeyOf(content), cancellationToken)).ResponseStream;

    public Task DeleteAsync(AttachmentContent content, CancellationToken cancellationToken) =>
        _client.DeleteObjectAsync(_bucket, ContentStores.KeyOf(content), cancellationToken);

    public void Dispose() => _client.Dispose();
}
