using Consultation.Cases;

namespace Consultation.Tests.Cases;

public sealed class OrderedGuidTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_of_one_instant_sort_by_the_order_in_which_they_were_made()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => OrderedGuid.New(Now)).ToList();

        ids.Should().OnlyHaveUniqueItems();
        ids.Select(Hex).Should().BeInAscendingOrder(StringComparer.Ordinal);
        ids.Should().OnlyContain(id => id.Version == 7 && id.Variant >= 8 && id.Variant < 12);
    }

    [Fact]
    public void A_later_instant_sorts_later_whatever_was_counted() =>
        string.CompareOrdinal(Hex(OrderedGuid.New(Now.AddMilliseconds(1))), Hex(OrderedGuid.New(Now)))
            .Should().BePositive();

    [Fact]
    public async Task Many_at_once_never_make_the_same()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Enumerable.Range(0, 5_000).Select(_ => OrderedGuid.New(Now)).ToList())));

        ids.SelectMany(some => some).Should().OnlyHaveUniqueItems();
    }

    private static string Hex(Guid id) => Convert.ToHexString(id.ToByteArray(bigEndian: true));
}
