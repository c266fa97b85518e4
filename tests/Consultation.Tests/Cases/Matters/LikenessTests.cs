using Consultation.Cases.Matters;

namespace Consultation.Tests.Cases.Matters;

/// <summary>How alike two matters are, and which words say so (P19).</summary>
public sealed class LikenessTests
{
    private static readonly string[] Pool =
    [
        "河畔小区晚上停车太难了，消防通道被占", "河畔小区停车位不够，晚上停车难", "学校门口没有红绿灯，孩子过马路危险",
        "广场舞声音太大影响休息", "河畔小区电梯经常坏", "城北公园路灯不亮", "建议增加社区食堂", "村口公交站没有雨棚",
    ];

    [Fact]
    public void Matters_about_the_same_come_first_and_others_not_at_all()
    {
        var found = Search("河畔小区晚上停车难，没有车位", Pool);

        found.Select(one => one.Id).Take(2).Should().BeEquivalentTo([0, 1]);
        found.Select(one => one.Id).Should().NotContain([2, 3, 6]);
        found.Should().BeInDescendingOrder(one => one.Alike).And.OnlyContain(one => one.Alike <= 1);
    }

    [Fact]
    public void A_word_that_everybody_says_weighs_less_than_a_rare_one()
    {
        // All are of one place; only one says what the matter says.
        string[] pool = [.. Enumerable.Range(0, 40).Select(_ => "河畔小区绿化养护问题"), "东关大街井盖松动"];

        Search("河畔小区井盖松动", pool)[0].Id.Should().Be(40);
    }

    [Fact]
    public void How_people_ask_makes_nothing_alike() =>
        Likeness.SharedWords("路灯不亮，请协调解决，谢谢", "电梯停运，请协调解决。谢谢！").Should().BeEmpty();

    [Fact]
    public void The_words_that_make_two_alike_are_whole_and_the_most_telling_first()
    {
        var words = Likeness.SharedWords("河畔小区晚上停车难", "听说河畔小区停车难");

        words.Should().BeEquivalentTo(["河畔小区", "停车难"]);
        Likeness.SharedWords("停车难", "绿化好").Should().BeEmpty();
    }

    [Fact]
    public void Width_capitals_and_signs_make_no_difference_and_numbers_alone_nothing_alike()
    {
        Likeness.Signature("ＷｉＦｉ太慢", null, "").Should().Equal(Likeness.Signature("wifi太慢", null, ""));
        Likeness.Signature("停车。难", null, "").Should().NotEqual(Likeness.Signature("停车难", null, ""));
        Likeness.Signature("12345678", null, "").Should().BeEmpty();
    }

    [Fact]
    public void A_signature_never_grows_beyond_its_column()
    {
        var text = string.Concat(Enumerable.Range(0x4E00, 5000).Select(letter => (char)letter));

        Likeness.Signature("标题", "地点", text).Length.Should().Be(Likeness.LongestSignature);
    }

    private static IReadOnlyList<(int Id, double Alike)> Search(string title, string[] pool)
    {
        var search = new LikenessSearch<int>(Likeness.Signature(title, null, title));
        for (var index = 0; index < pool.Length; index++)
        {
            search.Pass(index, Likeness.Signature(pool[index], null, pool[index]));
        }

        return search.Best(10);
    }
}
