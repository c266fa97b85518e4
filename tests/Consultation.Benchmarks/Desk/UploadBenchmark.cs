using System.Diagnostics;
using System.Globalization;
using Consultation.Cases.Attachments;
using Consultation.Storage;
using Consultation.Storage.Attachments;
using Consultation.Web.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Benchmarks.Desk;

/// <summary>
/// Memory of taking in one large file and of checking it: bytes asked for altogether, and how much more the process
/// held at its most than before. The file comes from nowhere, so that only the server's part is counted.
/// </summary>
internal sealed class UploadBenchmark : BenchmarkHost
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>Most megabytes held above what was there before.</summary>
    private const double MostHeld = 10;

    /// <summary>Takes in a file of so many megabytes; true when it stayed within its memory.</summary>
    public static async Task<bool> RunAsync(int megabytes)
    {
        await using var benchmark = new UploadBenchmark();
        return await benchmark.MeasureAsync(megabytes);
    }

    private async Task<bool> MeasureAsync(int megabytes)
    {
        await Services.GetRequiredService<ISampleData>().LoadAsync(default);
        var (uploads, worker) = (
            Services.GetRequiredService<UploadStore>(), Services.GetRequiredService<AttachmentWorker>());
        await using var db = Services.GetRequiredService<Database>().Open();
        var organisation = (await db.Organisations.SingleAsync(one => one.IsSample)).Id;
        // The first one also pays for what is made once: statements, buffers of the pool, the database's own cache.
        for (var round = 0; round < 2; round++) await TakeAsync(round, $"warm-up-{round}.txt");
        var good = true;
        for (var round = 0; round < Effort.Of(3, 1); round++)
        {
            good &= await TakeAsync(round + 2, $"large-{round}.txt") || Effort.Small;
        }

        return good;

        async Task<bool> TakeAsync(int mark, string name)
        {
            using var source = new Made((long)megabytes * Megabyte, (byte)('a' + mark));
            var entry = new UploadEntry
            {
                OrganisationId = organisation,
                Door = AttachmentDoor.Desk,
                Name = name,
                Length = source.Length,
            };
            GC.Collect();
            var (managed, resident) = (GC.GetTotalMemory(true), Resident());
            source.Begin(managed, resident);
            var (before, started) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
            var taken = await uploads.TakeAsync(entry, source, default);
            var (asked, took) = (
                GC.GetTotalAllocatedBytes(precise: true) - before - source.Own, Stopwatch.GetElapsedTime(started));
            before = GC.GetTotalAllocatedBytes(precise: true);
            await worker.TurnAsync(default);
            var check = GC.GetTotalAllocatedBytes(precise: true) - before;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name}, {megabytes} MB, SQLite: {took.TotalMilliseconds:F0} ms; asked for {Mega(asked):F1} MB, "
                    + $"held at most {Mega(source.MostManaged):F1} MB more (managed), "
                    + $"{Mega(source.MostResident):F1} MB more (resident); checking it asked for {Mega(check):F1} MB"));
            return taken is UploadStanding.Complete && Mega(source.MostManaged) < MostHeld
                && Mega(source.MostResident) < MostHeld;
        }
    }

    private static double Mega(long bytes) => bytes / (double)Megabyte;

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    /// <summary>Letters that are nowhere; looks at the memory after every two megabytes without collecting.</summary>
    private sealed class Made(long length, byte letter) : Stream
    {
        private long _position, _looked, _managed, _resident;

        internal long MostManaged { get; private set; }
        internal long MostResident { get; private set; }

        /// <summary>What looking itself asked for.</summary>
        internal long Own { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get => _position; set => throw new NotSupportedException(); }

        internal void Begin(long managed, long resident) => (_managed, _resident) = (managed, resident);

        public override int Read(Span<byte> buffer)
        {
            var read = (int)Math.Min(buffer.Length, length - _position);
            buffer[..read].Fill(letter);
            _position += read;
            if (_position - _looked < 2 * Megabyte) return read;
            _looked = _position;
            var before = GC.GetAllocatedBytesForCurrentThread();
            MostManaged = Math.Max(MostManaged, GC.GetTotalMemory(false) - _managed);
            MostResident = Math.Max(MostResident, Resident() - _resident);
            Own += GC.GetAllocatedBytesForCurrentThread() - before;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
