namespace Consultation.Cases.Forms;

/// <summary>How a field is entered.</summary>
public enum FieldKind
{
    /// <summary>One line.</summary>
    Line,
    /// <summary>Several lines.</summary>
    Text,
    /// <summary>Whole number.</summary>
    Number,
    /// <summary>A day.</summary>
    Date,
    /// <summary>An hour of the day, kept as 14:30.</summary>
    Time,
    /// <summary>Yes or no.</summary>
    YesNo,
    /// <summary>One of the choices.</summary>
    Choice,
    /// <summary>Any of the choices; stored comma-separated.</summary>
    Choices,
    /// <summary>A score 1–5.</summary>
    Score,
    /// <summary>A person of the organisation; stored as its id.</summary>
    Person,
    /// <summary>Any number of persons; ids comma-separated.</summary>
    Persons,
    /// <summary>A unit of the organisation; stored as its id.</summary>
    Unit,
    /// <summary>Any number of units; ids comma-separated.</summary>
    Units,
    /// <summary>
    /// Any of the fields that the organisation's people and units have (界别、专业领域、街道); comma-separated.
    /// </summary>
    Fields,
    /// <summary>
    /// A part of the case's plan, in rows only; entered by its key, kept with its name (<see cref="PlanPartCell"/>).
    /// </summary>
    PlanPart,
    /// <summary>A meeting of the organisation that is ahead; stored as its id.</summary>
    Meeting,
    /// <summary>Files: photos, scans, reports; ids comma-separated. Not in rows.</summary>
    Files,
    /// <summary>Rows of further fields; stored as a JSON array of objects.</summary>
    Rows,
}

/// <summary>One choice of a field.</summary>
/// <param name="Key">Stored.</param>
/// <param name="Label">Shown.</param>
public sealed record FieldChoice(string Key, LocalText Label);

/// <summary>One field of a form.</summary>
/// <param name="Key">Stored name, lower-case with hyphens.</param>
/// <param name="Label">Shown name.</param>
/// <param name="Kind">How it is entered.</param>
/// <param name="Required">Must be filled.</param>
/// <param name="Help">One sentence of help, or null.</param>
/// <param name="Choices">Choices, for the kinds that have them.</param>
/// <param name="Columns">Fields of one row, for <see cref="FieldKind.Rows"/>.</param>
/// <param name="Min">Smallest number; for texts the fewest characters.</param>
/// <param name="Max">Greatest number; for texts the most characters.</param>
/// <param name="RowsCited">Rows of the source documents, e.g. "P68".</param>
/// <param name="RequiredWhen">When it must be filled although it may be left empty otherwise; null for no
/// condition.</param>
/// <param name="AskedWhen">
/// When it is asked at all; null for always. A field that is not asked is hidden, neither required nor checked, and
/// what was entered in it is left out. Not for fields of rows.
/// </param>
/// <param name="AskedWhenSaid">The condition of <paramref name="AskedWhen"/> in words, for pages and slips that show
/// every field.</param>
/// <param name="Section">Heading of the part of the form that begins with this field, or null.</param>
/// <param name="OtherThan">
/// For a person in a row: the column with a unit to which the person does not belong. A choice against it is pointed
/// out beside the field while it is made; the step refuses it.
/// </param>
/// <param name="OtherThanSaid">What is said then, and how to mend it.</param>
/// <param name="NotFuture">
/// A day that has come: what was held, received or answered cannot lie ahead of today in the organisation's time zone.
/// </param>
/// <param name="IsMade">Not asked: the product fills it in when the entries are kept.</param>
/// <param name="IsOpinion">What is entered here is the reason of the answer; no other reason is asked beside it. At
/// most one field of a form.</param>
/// <param name="IsCode">A line that people and programs compare letter by letter: a number, a telephone, a mail
/// address. Kept with plain letters, digits and signs.</param>
/// <param name="IsHall">A unit that has a hall; shown by the hall's name.</param>
/// <param name="BarredWhen">When it cannot be filled because another entry says the opposite; null for never.</param>
/// <param name="BarredWhenSaid">What is said then, and how to mend it.</param>
public sealed record FormField(
    string Key,
    LocalText Label,
    FieldKind Kind,
    bool Required = false,
    LocalText? Help = null,
    IReadOnlyList<FieldChoice>? Choices = null,
    IReadOnlyList<FormField>? Columns = null,
    int? Min = null,
    int? Max = null,
    string RowsCited = "",
    FieldCondition? RequiredWhen = null,
    FieldCondition? AskedWhen = null,
    LocalText? AskedWhenSaid = null,
    LocalText? Section = null,
    string? OtherThan = null,
    LocalText? OtherThanSaid = null,
    bool NotFuture = false,
    bool IsMade = false,
    bool IsOpinion = false,
    bool IsCode = false,
    bool IsHall = false,
    FieldCondition? BarredWhen = null,
    LocalText? BarredWhenSaid = null);

/// <summary>Numbers that together may not be more than another.</summary>
public sealed record FieldSum(IReadOnlyList<string> Parts, string Most);

/// <summary>A day that may not come after another.</summary>
public sealed record FieldOrder(string Earlier, string Later);

/// <summary>A form that a task asks to fill in.</summary>
/// <param name="Key">Name used by workflows, e.g. "research-report".</param>
/// <param name="Title">Shown title; also the title of the record it leaves.</param>
/// <param name="Fields">Fields in order.</param>
/// <param name="Intro">One or two sentences above the form: what it is for, what happens with it.</param>
public sealed record Form(string Key, LocalText Title, IReadOnlyList<FormField> Fields, LocalText? Intro = null)
{
    /// <summary>Who gets it with a notice replies by it, so that "noted" would be too little.</summary>
    public bool IsReply { get; init; }

    /// <summary>
    /// Sums that may not be exceeded; pages point out while it is typed what the step refuses with its own sentence.
    /// </summary>
    public IReadOnlyList<FieldSum> Sums { get; init; } = [];

    /// <summary>Fields that together make a total; pointed out likewise.</summary>
    public IReadOnlyList<FieldTotal> Totals { get; init; } = [];

    /// <summary>Days of which one may not come after the other; pointed out likewise.</summary>
    public IReadOnlyList<FieldOrder> Orders { get; init; } = [];

    /// <summary>
    /// What is wrong with the entries, field by field; nothing when all is well. Errors in rows carry fields such as
    /// "problems[2].advice" (rows count from 0, messages from 1). When not <paramref name="complete"/>, missing fields
    /// are allowed and only what was typed is checked.
    /// </summary>
    /// <param name="fields">The entries by field key.</param>
    /// <param name="directory">Who and what may be chosen.</param>
    /// <param name="today">The organisation's day, for fields that take no day to come.</param>
    /// <param name="complete">Whether missing fields are wrong.</param>
    public IReadOnlyList<FieldError> Validate(
        IReadOnlyDictionary<string, string> fields, People.OrganisationDirectory directory, DateOnly today,
        bool complete = true) =>
        FormCheck.Run(Fields, Asked(fields), new FormCheck.Circumstances(directory, today, complete), prefix: "");

    /// <summary>The entries without those of fields that are not asked.</summary>
    public IReadOnlyDictionary<string, string> Asked(IReadOnlyDictionary<string, string> fields)
    {
        var kept = new Dictionary<string, string>(fields);
        while (Fields.FirstOrDefault(
            field => kept.ContainsKey(field.Key) && field.AskedWhen?.Holds(kept) == false) is { } hidden)
        {
            kept.Remove(hidden.Key);
        }

        return kept;
    }

    /// <summary>
    /// The entries as they are kept, whatever door they came by: without those of fields that are not asked, and each
    /// in the one way of writing of its kind.
    /// </summary>
    public IReadOnlyDictionary<string, string> Kept(IReadOnlyDictionary<string, string> fields)
    {
        var kept = Asked(fields).ToDictionary();
        foreach (var field in Fields.Where(field => kept.ContainsKey(field.Key)))
        {
            kept[field.Key] = FormValues.Kept(field, kept[field.Key]);
        }

        return kept;
    }

    /// <summary>The field whose text is the reason of the answer, or null.</summary>
    public FormField? Opinion => Fields.FirstOrDefault(one => one.IsOpinion);

    /// <summary>The field, or null when the form has none of that key.</summary>
    public FormField? Find(string key) => Fields.FirstOrDefault(field => field.Key == key);
}

/// <summary>Fields whose numbers together make a total, no more and no less.</summary>
/// <param name="Parts">Keys of the fields.</param>
/// <param name="Total">The total.</param>
public sealed record FieldTotal(IReadOnlyList<string> Parts, int Total);

/// <summary>What is wrong with one field, in words.</summary>
/// <param name="Field">Key of the field, or "" for the form as a whole.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
public sealed record FieldError(string Field, LocalText Message);
