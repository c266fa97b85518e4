using Consultation.Cases.Matters;

namespace Consultation.Tests.Cases.Matters;

public sealed class MatterRulesTests
{
    private readonly District _district = new();

    [Theory]
    [InlineData("138 0000 0000", true)]
    [InlineData("(010) 6555-0000", true)]
    [InlineData("+86 13800000000", true)]
    [InlineData("１３８００００００００", true)]
    [InlineData("\u202d13800000000\u202c", true)]
    [InlineData("138\u00a00000\u00a00000", true)]
    [InlineData("010\u201465550000", true)]
    [InlineData("（010）6555－0000", true)]
    [InlineData("12", false)]
    [InlineData("打给我", false)]
    public void A_phone_number_has_digits(string phone, bool accepted) =>
        Errors(Entry() with { ProposerPhone = phone }).Should().HaveCount(accepted ? 0 : 1);

    [Fact]
    public void Every_wrong_field_is_named_in_both_languages()
    {
        var errors = MatterRules.Check(
            Entry() with
            {
                Title = "",
                Text = "短",
                PlatformId = _district.Department.Id,
                RaisedAt = District.Now.AddDays(2),
                Tags = ["nonsense"],
                Language = "fr",
                Consented = false,
            },
            _district.Directory, District.Now);

        errors.Select(error => error.Field).Should()
            .BeEquivalentTo("title", "text", "platform", "raised-at", "tags", "language", "consent");
        errors.Should().OnlyContain(error => error.Message.Zh.Length > 0 && error.Message.En != null);
    }

    [Fact]
    public void A_secret_opens_its_matter_however_it_is_typed_and_no_other()
    {
        var secret = MatterRules.FollowSecretFor("0195f3a0c0de7000800000000000000a");
        var matter = Matter("小区停车难", hash: MatterRules.HashFollowSecret(secret));

        secret.Should().HaveLength(8).And.Be(MatterRules.FollowSecretFor("0195f3a0c0de7000800000000000000a"));
        MatterRules.Opens(matter, secret.ToUpperInvariant().Insert(4, " ")).Should().BeTrue();
        MatterRules.Opens(matter, MatterRules.FollowSecretFor("0195f3a0c0de7000800000000000000b")).Should().BeFalse();
        MatterRules.Opens(Matter("x"), secret).Should().BeFalse();
    }

    [Fact]
    public void Numbers_look_like_the_receipt() => MatterRules.Number(2026, 12).Should().Be("SX2026-000012");

    [Fact]
    public void Only_matters_of_the_pool_are_merged_and_never_into_themselves()
    {
        var (leading, other, closed) = (Matter("a"), Matter("b"), Matter("c"));
        closed.State = MatterState.Closed;

        MatterRules.CheckMerge(leading, [other]).Should().BeNull();
        MatterRules.CheckMerge(leading, [leading]).Should().NotBeNull();
        MatterRules.CheckMerge(leading, [closed]).Should().NotBeNull();
        MatterRules.CheckMerge(closed, [other]).Should().NotBeNull();
        MatterRules.CheckMerge(leading, []).Should().NotBeNull();
    }

    [Fact]
    public void The_official_tags_are_seven_haves_and_five_natures() =>
        (PriorityTags.All.Count(tag => tag.Group == "have"), PriorityTags.All.Count(tag => tag.Group == "nature"))
            .Should().Be((7, 5));

    private IReadOnlyList<string> Errors(MatterEntry entry) =>
        [.. MatterRules.Check(entry, _district.Directory, District.Now).Select(error => error.Field)];

    private MatterEntry Entry() => new()
    {
        OrganisationId = _district.Id,
        Source = MatterSource.PublicForm,
        Title = "小区停车难",
        Text = "晚上没有地方停车",
        OperationId = "0195f3a0c0de7000800000000000000a",
    };

    private Matter Matter(string title, string? hash = null) => new()
    {
        OrganisationId = _district.Id,
        Id = Consultation.Cases.MatterId.New(),
        Number = "SX2026-000001",
        Source = MatterSource.Desk,
        Title = title,
        Text = "t",
        RaisedAt = District.Now,
        ReceivedAt = District.Now,
        FollowSecretHash = hash,
    };
}
