using System.Globalization;
using Consultation.Cases.Forms;

namespace Consultation.Cases.Surveys;

/// <summary>How often an option, or a step of a scale, was chosen.</summary>
/// <param name="Key">Key of the option; the number of a scale's step.</param>
/// <param name="Count">How often.</param>
public sealed record OptionCount(string Key, int Count);

/// <summary>What the answers to one question come to.</summary>
public sealed record QuestionCount
{
    public required string Key { get; init; }

    /// <summary>How many answered it.</summary>
    public int Answered { get; init; }

    /// <summary>Options, or steps of a scale, in their order.</summary>
    public IReadOnlyList<OptionCount> Options { get; init; } = [];

    /// <summary>Of a scale or a number; null when nobody answered.</summary>
    public decimal? Mean { get; init; }
    public decimal? Median { get; init; }

    /// <summary>What people wrote, in the order of the alphabet, so that it says nothing of who wrote when.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The share of an option in those who answered, in percent with one decimal.</summary>
    public decimal Share(OptionCount option) =>
        Answered == 0 ? 0 : Math.Round(100m * option.Count / Answered, 1, MidpointRounding.AwayFromZero);
}

/// <summary>What the answers to a survey come to.</summary>
public sealed record SurveyCount
{
    /// <summary>How many answered, by whatever way: the sample.</summary>
    public int Answers { get; init; }
    public int OnPaper { get; init; }

    /// <summary>How many were asked by name, and how many of these have answered.</summary>
    public int Invited { get; init; }
    public int AnsweredOfInvited { get; init; }
    public IReadOnlyList<QuestionCount> Questions { get; init; } = [];

    /// <summary>Share of those asked by name who answered, in percent; null when nobody was.</summary>
    public decimal? ResponseRate => Invited == 0 ? null
        : Math.Round(100m * AnsweredOfInvited / Invited, 1, MidpointRounding.AwayFromZero);

    /// <summary>The counts of a question; null when the survey has none of that key.</summary>
    public QuestionCount? Find(string key) => Questions.FirstOrDefault(question => question.Key == key);
}

/// <summary>
/// Counts answers one after the other, in memory that does not grow with them but for texts and numbers. An answer to a
/// question that the survey does not have is not counted.
/// </summary>
public sealed class SurveyCounter
{
    /// <summary>So many texts of a question are kept for the counts; the export has them all.</summary>
    public const int MostTexts = 500;

    private readonly List<Tally> _tallies;
    private int _answers, _onPaper;

    /// <summary>Begins with nothing counted.</summary>
    public SurveyCounter(IEnumerable<SurveyQuestion> questions) =>
        _tallies = [.. questions.Select(question => new Tally(question))];

    /// <summary>Counts one answer.</summary>
    public void Add(IReadOnlyDictionary<string, string> values, AnswerWay way)
    {
        _answers++;
        if (way == AnswerWay.Paper) _onPaper++;
        foreach (var tally in _tallies)
        {
            if (values.TryGetValue(tally.Question.Key, out var value) && value.Length > 0) tally.Add(value);
        }
    }

    /// <summary>What was counted.</summary>
    /// <param name="invited">How many were asked by name.</param>
    /// <param name="answeredOfInvited">How many of these have answered.</param>
    public SurveyCount Result(int invited = 0, int answeredOfInvited = 0) => new()
    {
        Answers = _answers,
        OnPaper = _onPaper,
        Invited = invited,
        AnsweredOfInvited = answeredOfInvited,
        Questions = [.. _tallies.Select(tally => tally.Result())],
    };

    private sealed class Tally
    {
        private readonly Dictionary<string, int> _options;
        private readonly SortedDictionary<int, int> _numbers = [];
        private readonly List<string> _texts = [];
        private int _answered;

        public Tally(SurveyQuestion question)
        {
            Question = question;
            _options = question.Options.ToDictionary(option => option.Key, _ => 0);
        }

        public SurveyQuestion Question { get; }

        public void Add(string value)
        {
            var counts = Question.Kind switch
            {
                QuestionKind.One => Choose(value),
                QuestionKind.Several => ChooseAll(value),
                QuestionKind.Text => Note(value),
                _ => Number(value),
            };
            if (counts) _answered++;
        }

        public QuestionCount Result() => new()
        {
            Key = Question.Key,
            Answered = _answered,
            Options = Question.Kind == QuestionKind.Scale
                ? [.. Enumerable.Range(Question.Min ?? 1, Math.Max(0, (Question.Max ?? 5) - (Question.Min ?? 1) + 1))
                    .Select(step => new OptionCount(
                        step.ToString(CultureInfo.InvariantCulture), _numbers.GetValueOrDefault(step)))]
                : [.. Question.Options.Select(option => new OptionCount(option.Key, _options[option.Key]))],
            Mean = _numbers.Count == 0 ? null : Math.Round(
                _numbers.Sum(one => (decimal)one.Key * one.Value) / _answered, 2, MidpointRounding.AwayFromZero),
            Median = _numbers.Count == 0 ? null : (At((_answered - 1) / 2) + At(_answered / 2)) / 2m,
            Texts = [.. _texts.Order(StringComparer.Ordinal).Take(MostTexts)],
        };

        /// <summary>The number at that place of all numbers in their order.</summary>
        private int At(int place)
        {
            foreach (var (number, count) in _numbers)
            {
                if (place < count) return number;
                place -= count;
            }

            return 0;
        }

        private bool Choose(string key)
        {
            if (!_options.TryGetValue(key, out var count)) return false;
            _options[key] = count + 1;
            return true;
        }

        private bool ChooseAll(string keys)
        {
            var any = false;
            foreach (var key in FormValues.List(keys)) any |= Choose(key);
            return any;
        }

        private bool Note(string text)
        {
            _texts.Add(text);
            return true;
        }

        private bool Number(string text)
        {
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            _numbers[number] = _numbers.GetValueOrDefault(number) + 1;
            return true;
        }
    }
}
