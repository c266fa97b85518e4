using Consultation.Cases.Forms;

namespace Consultation.Tests.Cases.Forms;

public sealed class FormCatalogueTests
{
    private readonly District _district = new();

    private static readonly DateOnly Today = new(2026, 3, 5);

    public static TheoryData<string> Keys => new(FormCatalogue.All.Select(form => form.Key));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_field_is_named_in_both_languages_and_cites_its_row(string key)
    {
        var form = FormCatalogue.Find(key)!;

        form.Title.En.Should().NotBeNullOrEmpty();
        form.Fields.Select(field => field.Key).Should().OnlyHaveUniqueItems();
        foreach (var field in form.Fields.Concat(form.Fields.SelectMany(field => field.Columns ?? [])))
        {
            field.Key.Should().MatchRegex("^[a-z0-9-]+$");
            field.Label.Zh.Should().NotBeEmpty();
            field.Label.En.Should().NotBeNullOrEmpty();
            field.RowsCited.Should().MatchRegex("^[PQO][0-9]{1,3}( [PQO][0-9]{1,3})*$", $"{key}/{field.Key}");
            (field.Choices is { Count: > 0 }).Should()
                .Be(field.Kind is FieldKind.Choice or FieldKind.Choices, field.Key);
            (field.Columns is { Count: > 0 }).Should().Be(field.Kind == FieldKind.Rows, field.Key);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_empty_form_names_exactly_its_required_fields(string key)
    {
        var form = FormCatalogue.Find(key)!;

        var errors = form.Validate(new Dictionary<string, string>(), _district.Directory, Today);

        form.Fields.Where(field => field.Required && field.AskedWhen?.Holds(new Dictionary<string, string>()) != false)
            .Select(field => field.Key).Should().BeSubsetOf(errors.Select(error => error.Field));
        errors.Where(error => error.Message.Zh.Length == 0 || string.IsNullOrEmpty(error.Message.En))
            .Should().BeEmpty();
        form.Validate(new Dictionary<string, string>(), _district.Directory, Today, complete: false).Should().BeEmpty();
    }

    [Fact]
    public void A_condition_refers_to_fields_that_exist()
    {
        foreach (var form in FormCatalogue.All)
        {
            foreach (var fields in form.Fields.Select(field => field.Columns ?? []).Prepend(form.Fields))
            {
                var terms = fields.SelectMany(field => new[] { field.RequiredWhen, field.AskedWhen })
                    .OfType<FieldCondition>().SelectMany(condition => condition.Terms);
                terms.Select(term => term.Field).Should().BeSubsetOf(fields.Select(field => field.Key), form.Key);
            }

            form.Fields.Should()
                .NotContain(field => field.AskedWhen != null
                    && (field.AskedWhenSaid == null || field.AskedWhenSaid.En == null), form.Key);
            form.Fields.SelectMany(field => field.Columns ?? []).Should()
                .NotContain(column => column.AskedWhen != null, form.Key);
        }
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("substitute", "substitute", "substitute-contact")]
    [InlineData("no", "reason")]
    public void An_invitation_asks_only_what_its_reply_calls_for(string reply, params string[] missing) =>
        FormCatalogue.Find("attendance-reply")!.Validate(
            new Dictionary<string, string> { ["reply"] = reply }, _district.Directory, Today)
            .Select(error => error.Field).Should().Equal(missing);

    [Fact]
    public void What_was_entered_where_nothing_is_asked_is_left_out()
    {
        var fields = Answers(2);
        fields["class"] = "Policy";
        fields["excl-2-reason"] = "文件标有密级";
        fields["excl-3-reason"] = "先选了是，又改成否";
        fields["facts"] = "不应当写下来的内容";

        var asked = FormCatalogue.Find("screening")!.Asked(fields);

        asked.Keys.Should().BeEquivalentTo(Answers(2).Keys.Append("excl-2-reason"));
    }

    [Fact]
    public void A_wrong_entry_where_nothing_is_asked_is_no_error() =>
        FormCatalogue.Find("attendance-reply")!
            .Validate(new Dictionary<string, string> { ["reply"] = "yes", ["reason"] = new('长', 5000) },
                _district.Directory, Today)
                .Should().BeEmpty();

    [Fact]
    public void An_exclusion_that_applies_needs_its_reason_and_reference_and_no_class()
    {
        var fields = Answers(4);

        var errors = FormCatalogue.Find("screening")!.Validate(fields, _district.Directory, Today);

        errors.Select(error => error.Field).Should().BeEquivalentTo(
            "excl-4-reason", "excl-4-ref", "excl-confirm", "facts");
    }

    [Fact]
    public void Without_exclusion_class_and_public_concern_are_needed()
    {
        var errors = FormCatalogue.Find("screening")!.Validate(Answers(null), _district.Directory, Today);

        errors.Select(error => error.Field).Should().BeEquivalentTo("class", "concern", "facts");
    }

    [Fact]
    public void Rows_name_the_row_and_the_column()
    {
        var fields = new Dictionary<string, string>
        {
            ["lines"] = """[{"task":"修路","unit":"x","due":"明天"},{}]""",
            ["goal"] = "解决停车难问题",
        };

        var errors = FormCatalogue.Find("implementation-plan")!.Validate(fields, _district.Directory, Today);

        errors.Should().Contain(error => error.Field == "lines[0].unit" && error.Message.Zh.StartsWith("第 1 行："));
        errors.Should().Contain(error => error.Field == "lines[0].due" && error.Message.Zh.Contains("2026-03-01"));
        errors.Should().Contain(error => error.Field == "lines[1].task");
    }

    [Theory]
    [InlineData("percent", "101", "0 到 100")]
    [InlineData("percent", "四成", "0 到 100")]
    [InlineData("progress", "好", "至少 5 字")]
    [InlineData("done", "也许", "选择是或否")]
    public void A_wrong_entry_says_how_to_mend_it(string field, string value, string message) =>
        FormCatalogue.Find("progress-entry")!.Validate(
            new Dictionary<string, string> { [field] = value }, _district.Directory, Today, complete: false)
            .Should().ContainSingle().Which.Message.Zh.Should().Contain(message);

    [Fact]
    public void Persons_units_and_choices_must_exist()
    {
        _district.Outsider.Active = false;
        var fields = new Dictionary<string, string>
        {
            ["tellers"] = $"{_district.Ma.Id.Value},{_district.Outsider.Id.Value}",
            ["host"] = _district.Ma.Id.Value.ToString(),
            ["others"] = """[{"name":"王阿姨","class":"celebrity"}]""",
        };

        FormCatalogue.Find("meeting-plan")!.Validate(fields, _district.Directory, Today, complete: false)
            .Select(error => error.Field).Should().Equal("tellers", "others[0].class");
    }

    [Fact]
    public void Broken_rows_are_refused_with_words_not_with_a_crash() =>
        FormCatalogue.Find("problem-list")!.Validate(
            new Dictionary<string, string> { ["items"] = "[{" }, _district.Directory, Today)
            .Should().ContainSingle().Which.Message.Zh.Should().Contain("无法读取");

    [Theory]
    [InlineData("submission-receipt", "on")]
    [InlineData("submission-reply", "on")]
    [InlineData("visit-record", "on")]
    [InlineData("research-report", "to")]
    [InlineData("inspection", "on")]
    [InlineData("interview", "on")]
    public void What_was_held_or_received_is_not_ahead_of_today(string form, string field)
    {
        IReadOnlyList<FieldError> On(string day) =>
            FormCatalogue.Find(form)!.Validate(
                new Dictionary<string, string> { [field] = day }, _district.Directory, Today, complete: false);

        On("2026-03-05").Should().BeEmpty();
        On("2026-03-06").Should().ContainSingle(error => error.Field == field).Which.Message.Zh.Should()
            .Contain("不能晚于今天（2026-03-05）");
    }

    [Fact]
    public void A_row_of_what_was_held_is_not_ahead_of_today_but_what_is_due_may_be()
    {
        var fields =
            new Dictionary<string, string> { ["items"] = """[{"consulted-on":"2026-03-06","due":"2026-06-30"}]""" };

        FormCatalogue.Find("problem-list")!.Validate(fields, _district.Directory, Today, complete: false)
            .Should().ContainSingle(error => error.Field == "items[0].consulted-on").Which.Message.Zh.Should()
            .StartWith("第 1 行：");
        FormCatalogue.Find("meeting-plan")!.Validate(new Dictionary<string, string> { ["on"] = "2026-03-20" },
            _district.Directory, Today, complete: false).Should().BeEmpty();
    }

    [Fact]
    public void A_form_has_one_place_for_the_reason_at_most() =>
        FormCatalogue.All.Should().OnlyContain(form => form.Fields.Count(field => field.IsOpinion) <= 1);

    private static Dictionary<string, string> Answers(int? applies) =>
        Enumerable.Range(1, 8).ToDictionary(code => $"excl-{code}", code => code == applies ? "yes" : "no");
}
