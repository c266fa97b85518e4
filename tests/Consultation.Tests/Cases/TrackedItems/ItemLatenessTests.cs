using Consultation.Cases;
using Consultation.Cases.TrackedItems;

namespace Consultation.Tests.Cases.TrackedItems;

/// <summary>One rule says how late an item is, at hand and in queries.</summary>
public sealed class ItemLatenessTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly CaseId Resting = CaseId.New(), Running = CaseId.New();

    [Fact]
    public void A_query_finds_for_each_level_the_items_that_the_rule_gives_it()
    {
        var items = Items();
        foreach (var level in Enum.GetValues<ItemLateness>())
        {
            var found = items.AsQueryable().Where(ItemLatenessRule.Query(
                new[] { Resting }.AsQueryable(), Today, (_, lateness) => lateness == level));

            found.Should()
                .NotBeEmpty().And.BeEquivalentTo(items.Where(item => Of(item) == level), $"{level} is one rule");
        }
    }

    [Fact]
    public void A_query_may_shape_an_item_and_its_lateness()
    {
        var items = Items();

        var shaped = items.AsQueryable().Select(ItemLatenessRule.Query(
            new[] { Resting }.AsQueryable(), Today, (item, lateness) => new { item.State, Lateness = lateness }));

        shaped.Should().Equal(items.Select(item => new { item.State, Lateness = Of(item) }));
    }

    [Theory]
    [InlineData(0, ItemLateness.DueSoon)]
    [InlineData(ItemLatenessRule.SoonDays, ItemLateness.DueSoon)]
    [InlineData(ItemLatenessRule.SoonDays + 1, ItemLateness.OnTime)]
    [InlineData(-1, ItemLateness.Late)]
    public void The_borders_belong_to_the_nearer_level(int days, ItemLateness expected) =>
        ItemLatenessRule.Of(TrackedItemState.InProgress, Today.AddDays(days), suspended: false, Today).Should()
            .Be(expected);

    private static ItemLateness Of(TrackedItem item) =>
        ItemLatenessRule.Of(item.State, item.DueOn, item.CaseId == Resting, Today);

    private static List<TrackedItem> Items() =>
    [
        .. from state in Enum.GetValues<TrackedItemState>()
           from due in new DateOnly?[] { null, Today.AddDays(-1), Today, Today.AddDays(7), Today.AddDays(8) }
           from file in new[] { Resting, Running }
           select new TrackedItem
           {
               OrganisationId = default,
               Id = TrackedItemId.New(),
               CaseId = file,
               Number = 1,
               Year = 2026,
               Topic = "停车",
               Advice = "增设车位",
               OpenedAt = District.Now,
               State = state,
               DueOn = due,
           },
    ];
}
