using System.Linq.Expressions;
using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Matters;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Testing;

namespace Consultation.Tests.Cases.Matters;

/// <summary>Intakes in memory: what a store promises, without a database.</summary>
internal sealed class MemoryIntake : IIntakeStore, IIntakeSession
{
    private readonly District _district;
    private readonly Dictionary<string, object> _answers = [];
    private readonly NumberSeries _series;
    private readonly List<object> _pending = [];

    internal MemoryIntake(District district)
    {
        _district = district;
        _series = new NumberSeries
        {
            OrganisationId = district.Id,
            Key = MatterRules.NumberSeries,
            Year = District.Now.Year
        };
        var clock = new FakeClock(District.Now);
        Register = new MatterRegister(this, Mail, clock);
        Opening = new CaseOpening(this, clock);
    }

    internal MatterRegister Register { get; }
    internal CaseOpening Opening { get; }
    internal RecordedMail Mail { get; } = new();
    internal List<Matter> Matters { get; } = [];

    /// <summary>What was written.</summary>
    internal List<object> Written { get; } = [];
    internal List<(Case File, IReadOnlyDictionary<string, object?> Inputs)> Started { get; } = [];
    internal List<Matter> Guarded { get; } = [];

    public OrganisationSnapshot Organisation => new(1, _district.Directory, _district.Calendar, PolicySet.None);

    public async Task<Intake<T>?> RunAsync<T>(
        OrganisationId organisation, string? operation, Func<IIntakeSession, Task<Intake<T>>> intake,
        CancellationToken cancellationToken)
    {
        if (organisation != _district.Id) return null;
        if (operation is not null && _answers.TryGetValue(operation, out var known)) return (Intake<T>)known;
        _pending.Clear();
        var result = await intake(this);
        if (result is not Intake<T>.Done) return result;
        Written.AddRange(_pending);
        Matters.AddRange(_pending.OfType<Matter>());
        if (operation is not null) _answers.Add(operation, result);
        return result;
    }

    /// <summary>Files that were handed in and belong to nobody yet.</summary>
    internal List<Attachment> Loose { get; } = [];

    public Task<IReadOnlyList<Attachment>> FilesAsync(
        IReadOnlyList<UploadTicket> tickets, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Attachment>>(
            [.. Loose.Where(file => tickets.Any(ticket => ticket.Opens(file)))]);

    public Task<NumberSeries> SeriesAsync(string key, int year, CancellationToken cancellationToken) =>
        Task.FromResult(_series);

    public Task<IReadOnlyList<Matter>> MattersAsync(IReadOnlyList<MatterId> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Matter>>(
            [.. ids.Select(id => Matters.Find(matter => matter.Id == id)).OfType<Matter>()]);

    public Task<IReadOnlyList<T>> RowsAsync<T>(Expression<Func<T, bool>> which, CancellationToken cancellationToken)
        where T : class => Task.FromResult<IReadOnlyList<T>>(
            [.. Written.Concat(Matters).Concat(_pending).OfType<T>().Distinct().Where(which.Compile())]);

    public async Task<int> CountAsync<T>(Expression<Func<T, bool>> which, CancellationToken cancellationToken)
        where T : class => (await RowsAsync(which, cancellationToken)).Count;

    public void TakeMergedAlong(IReadOnlyList<MatterId> leading, CaseId caseId)
    {
        foreach (var matter in Matters.Where(one => one.MergedIntoId is { } into && leading.Contains(into)))
        {
            matter.CaseId = caseId;
        }
    }

    public void Guard(Matter matter) => Guarded.Add(matter);

    public T Add<T>(T entity)
        where T : class
    {
        _pending.Add(entity);
        return entity;
    }

    public void Remove<T>(T entity)
        where T : class => Written.Remove(entity);

    public void Start(Case @case, IReadOnlyDictionary<string, object?> inputs) => Started.Add((@case, inputs));

    /// <summary>A hotline order that waits in the pool.</summary>
    internal Matter Pooled(string title = "小区停车难")
    {
        var matter = new Matter
        {
            OrganisationId = _district.Id,
            Id = MatterId.New(),
            Number = $"SX2026-{Matters.Count + 1:D6}",
            Source = MatterSource.Hotline,
            Title = title,
            Text = "晚上没有地方停车",
            RaisedAt = District.Now,
            ReceivedAt = District.Now,
        };
        Matters.Add(matter);
        return matter;
    }
}
