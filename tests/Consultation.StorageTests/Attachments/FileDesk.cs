using System.Text;
using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Attachments;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Publishing;
using Consultation.Runtime.Loops;
using Consultation.Storage.Attachments;
using Consultation.Storage.Matters;
using Consultation.Storage.Reading.Attachments;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consultation.StorageTests.Attachments;

/// <summary>A database with a matter on which files are hung, and a scanner that finds what it is told to.</summary>
internal sealed class FileDesk : IAsyncDisposable
{
    private readonly ContentStores _stores;

    private FileDesk(TemporaryHost host, MaterialOptions options)
    {
        Host = host;
        _stores = new(options);
        var keeper = new ContentKeeper(_stores, host.Clock);
        var signal = new AttachmentSignal();
        Uploads = new(host.Database, host.Directories, signal, host.Clock);
        Acts = new(host.Database, host.Directories, keeper, host.Clock);
        Reader = new(host.Database, keeper);
        Worker = new(host.Database, host.Directories, keeper, new Scanner(), new NoPreviews(), signal, host.Mail,
            host.Clock, NullLogger<AttachmentWorker>.Instance);
        Own = new(new IntakeStore(host.Database, host.Directories, new WakeUp(), host.Clock), host.Clock);
    }

    internal TemporaryHost Host { get; }
    internal UploadStore Uploads { get; }
    internal AttachmentActs Acts { get; }
    internal AttachmentReader Reader { get; }
    internal AttachmentWorker Worker { get; }
    internal OrganisationId Organisation => Host.Seed.Organisation.Id;
    internal PersonId Person => Host.Seed.People[0].Id;
    internal OwnMatters Own { get; }
    private MatterId _matter;

    internal static async Task<FileDesk> StartAsync(TestDatabase? database, MaterialOptions? options = null)
    {
        var desk = new FileDesk(await TemporaryHost.StartAsync(database), options ?? new());
        var matter = (RegisterResult.Registered)await desk.Host.Register.RegisterAsync(
            new MatterEntry
            {
                OrganisationId = desk.Organisation,
                Source = MatterSource.PublicForm,
                Title = "有照片的事项",
                Text = "照片里看得清楚，请尽快处理。",
                OperationId = Guid.NewGuid().ToString("N"),
            }, default);
        desk._matter = matter.MatterId;
        return desk;
    }

    internal UploadEntry Entry(string name, long length) => new()
    {
        OrganisationId = Organisation,
        Door = AttachmentDoor.Desk,
        Name = name,
        Length = length,
        ById = Person,
    };

    internal async Task<UploadTicket> TakeAsync(string name, byte[] bytes) =>
        ((UploadStanding.Complete)await Uploads.TakeAsync(Entry(name, bytes.Length), new MemoryStream(bytes), default))
            .Ticket;

    internal async Task<AttachmentId> AttachAsync(string name, byte[] bytes)
    {
        var ticket = await TakeAsync(name, bytes);
        await HangAsync(ticket);
        return ticket.Id;
    }

    /// <summary>A resident hands a matter in with files.</summary>
    internal async Task<RegisterResult.Registered> HandInAsync(params (string Name, byte[] Bytes)[] files)
    {
        var tickets = new List<UploadTicket>();
        foreach (var (name, bytes) in files)
        {
            tickets.Add(((UploadStanding.Complete)await Uploads.TakeAsync(
                Entry(name, bytes.Length) with { Door = AttachmentDoor.Public, ById = null },
                new MemoryStream(bytes), default)).Ticket);
        }

        return (RegisterResult.Registered)await Host.Register.RegisterAsync(
            new MatterEntry
            {
                OrganisationId = Organisation,
                Source = MatterSource.PublicForm,
                Title = "居民提交的照片",
                Text = "照片里看得清楚，请尽快处理。",
                ProposerName = "刘女士",
                ProposerPhone = "000-12345678",
                Consented = true,
                Files = tickets,
                OperationId = Guid.NewGuid().ToString("N"),
            }, default);
    }

    internal Task HangAsync(UploadTicket ticket) =>
        Acts.AttachAsync(Organisation, [ticket], new(MatterId: _matter), new(), default);

    internal async Task WorkAsync()
    {
        while (await Worker.TurnAsync(default))
        {
        }
    }

    internal async Task<Attachment> FindAsync(AttachmentId id)
    {
        await using var db = Host.Database.Open();
        return await db.Set<Attachment>().AsNoTracking().SingleAsync(row => row.Id == id);
    }

    internal async Task<int> LooseAsync(UploadTicket ticket) =>
        (await Uploads.LooseAsync(Organisation, [ticket], default)).Count;

    internal async Task<byte[]> ReadAsync(Attachment file)
    {
        await using var bytes = await Reader.OpenAsync(file, file.ContentId!.Value, default);
        using var all = new MemoryStream();
        await bytes!.CopyToAsync(all);
        return all.ToArray();
    }

    /// <summary>What the person with that log-in sees.</summary>
    internal CaseScope Scope(string userName)
    {
        var person = Host.Seed.People.First(one => one.UserName == userName);
        return CaseScope.Of(person.Id, new OrganisationDirectory(
            Host.Seed.Organisation, [.. Host.Seed.Units], [.. Host.Seed.People], [.. Host.Seed.Grants], []));
    }

    public async ValueTask DisposeAsync()
    {
        _stores.Dispose();
        await Host.DisposeAsync();
    }

    private sealed class Scanner : IFileScan
    {
        public async Task<ScanResult> ScanAsync(Stream content, CancellationToken cancellationToken)
        {
            var head = new byte[20];
            var read = await content.ReadAtLeastAsync(head, 20, false, cancellationToken);
            return Encoding.ASCII.GetString(head, 0, read) switch
            {
                "EICAR" => new ScanResult.Infected("Eicar-Test"),
                "THROWS" => throw new InvalidOperationException("the check fails"),
                "UNAVAILABLE" => new ScanResult.Unavailable(),
                _ => new ScanResult.Clean(),
            };
        }
    }

    private sealed class NoPreviews : IPreviewMaker
    {
        public bool IsOn => false;

        public Task<string?> MakeAsync(Stream content, FileKind kind, CancellationToken cancellationToken) =>
            Task.FromResult<string?>(null);

        public Task<IReadOnlyList<byte[]?>> MakeAsync(
            IReadOnlyList<(string Ending, byte[] Content)> documents, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<byte[]?>>(new byte[]?[documents.Count]);
    }
}

/// <summary>Breaks off after so many bytes, as a connection does.</summary>
internal sealed class BreakingStream(byte[] bytes, int after) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Position >= after
            ? throw new IOException("the connection was lost")
            : base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, after - Position)], cancellationToken);
}

/// <summary>Text of any length that is nowhere, and how much memory was taken while it was read.</summary>
internal sealed class WatchedStream(long length) : Stream
{
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
    private long _position, _looked;

    /// <summary>Most memory above what was there before.</summary>
    internal long Most { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, length - _position);
        buffer.AsSpan(offset, read).Fill((byte)'a');
        _position += read;
        if (_position - _looked >= 2 * 1024 * 1024)
        {
            _looked = _position;
            Most = Math.Max(Most, GC.GetTotalMemory(forceFullCollection: true) - _before);
        }

        return read;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = new byte[buffer.Length];
        var read = Read(bytes, 0, bytes.Length);
        bytes.AsMemory(0, read).CopyTo(buffer);
        return ValueTask.FromResult(read);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
