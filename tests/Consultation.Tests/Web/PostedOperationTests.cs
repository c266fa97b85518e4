using System.Text.RegularExpressions;
using Consultation.Tests.Architecture;
using Consultation.Web.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Consultation.Tests.Web;

/// <summary>The same form with the same content is one operation; with another content it is another.</summary>
public sealed class PostedOperationTests
{
    private const string Id = "0199d9a5e0c07f3e8f0d5a4f1c2b3a49";

    [Fact]
    public void The_same_content_is_the_same_operation_whatever_token_and_labels_go_with_it() =>
        Of(("operation", Id), ("_handler", "matter"), ("title", " 路灯 "), ("text", "甲\r\n乙"), ("_token", "one"))
            .Should().Be(Of(("text", "甲\n乙"), ("_handler", "matter"), ("title", "路灯"), ("operation", Id),
                ("_token", "two"), ("_label.title", "标题")));

    [Theory]
    [InlineData("title", "路灯不亮")]
    [InlineData("place", "三号楼")]
    [InlineData("_handler", "other")]
    [InlineData("operation", "0199d9a5e0c07f3e8f0d5a4f1c2b3a50")]
    public void Anything_else_that_was_posted_makes_another_operation(string field, string value)
    {
        var fields = new Dictionary<string, string>
        {
            ["operation"] = Id,
            ["_handler"] = "matter",
            ["title"] = "路灯",
        };
        var first = Of([.. fields.Select(one => (one.Key, one.Value))]);
        fields[field] = value;

        Of([.. fields.Select(one => (one.Key, one.Value))]).Should().NotBe(first);
    }

    [Fact]
    public void Values_do_not_run_into_each_other() =>
        Of(("operation", Id), ("a", "bc")).Should().NotBe(Of(("operation", Id), ("ab", "c")));

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0199d9a5e0c07f3e8f0d5a4f1c2b3a49'; DROP")]
    public void What_is_no_id_of_a_form_of_ours_makes_an_operation_of_its_own(string id)
    {
        var first = Of(("operation", id), ("title", "路灯"));

        first.Should().NotBe(Of(("operation", id), ("title", "路灯")));
        first.Length.Should().BeLessThan(100, "operation ids are kept in columns of 200 characters");
    }

    [Fact]
    public void A_file_belongs_to_the_content()
    {
        static string With(string content) => PostedOperation.Of(new FormCollection(
            new Dictionary<string, StringValues> { ["operation"] = Id },
            new FormFileCollection
            {
                new FormFile(
                    new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), 0, content.Length, "file", "a"),
            }));

        With("one").Should().Be(With("one")).And.NotBe(With("two"));
    }

    [Fact]
    public void No_page_takes_the_hidden_id_for_the_operation() =>
        Repository.Files("src/Consultation.Web", ".cs", ".razor")
            .Where(path => Regex.IsMatch(Repository.Read(path), "Posted\\[\"operation\"\\]|PostedOperation\\.IdOf")
                && !path.EndsWith("Layout/PostedForm.cs", StringComparison.Ordinal))
            .Should().BeEmpty("PostedForm.Operation says what a form asks for");

    private static string Of(params (string Name, string Value)[] fields) => PostedOperation.Of(
        new FormCollection(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value))));
}
