using Consultation.Cases.Publishing;

namespace Consultation.Tests.Cases.Publishing;

public sealed class PersonalWordsTests
{
    [Theory]
    [InlineData("请打 13800138000 找我")]
    [InlineData("请打 138-0013-8000 找我")]
    [InlineData("电话１３８００１３８０００")]
    [InlineData("手机+86 138 0013 8000")]
    [InlineData("座机 010-65551234")]
    [InlineData("身份证110101199003071234")]
    [InlineData("11010119900307123X 的人")]
    [InlineData("写信到 li.si@mail.example.com 吧")]
    [InlineData("住在 3号楼2单元501室")]
    [InlineData("2单元501 漏水")]
    public void What_tells_of_a_person_is_found_however_it_is_written(string text) =>
        PersonalWords.Find(text).Should().NotBeNull();

    [Theory]
    [InlineData("2026年10月12日下午三点，河畔协商议事厅")]
    [InlineData("共有 1200 户，占 35%")]
    [InlineData("拨打12345热线")]
    [InlineData("预算 13800 元，60 盏灯")]
    [InlineData("三号楼门前的坡道")]
    [InlineData("")]
    public void What_tells_of_nobody_is_left(string text) => PersonalWords.Find(text).Should().BeNull();

    [Fact]
    public void Names_that_the_case_knows_are_found_and_masked()
    {
        PersonalWords.Find("刘洋说路太暗", ["刘洋"]).Should().Be("刘洋");
        PersonalWords.Mask("刘洋 13800138000 说路太暗", ["刘洋"]).Should()
            .Be($"{PersonalWords.Hidden} {PersonalWords.Hidden} 说路太暗");
    }
}
