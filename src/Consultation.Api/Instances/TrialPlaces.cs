namespace Consultation.Api.Instances;

/// <summary>
/// How many trials one person may have going at a time, so that nobody's scripts take the threads of all. Thread-safe.
/// </summary>
internal sealed class TrialPlaces
{
    /// <summary>Trials of one person at a time.</summary>
    public const int Most = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>A place until it is disposed; null when the person has all of his.</summary>
    public IDisposable? Take(string person)
    {
        lock (_gate)
        {
            var taken = _taken.GetValueOrDefault(person);
            if (taken >= Most) return null;
            _taken[person] = taken + 1;
            return new Place(this, person);
        }
    }

    private void GiveBack(string person)
    {
        lock (_gate)
        {
            if (--_taken[person] == 0) _taken.Remove(person);
        }
    }

    private sealed class Place(TrialPlaces places, string person) : IDisposable
    {
        private bool _given;

        public void Dispose()
        {
            if (_given) return;
            _given = true;
            places.GiveBack(person);
        }
    }
}
