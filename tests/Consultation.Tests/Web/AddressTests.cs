using Consultation.Web.Layout;
using Consultation.Web.Links;
using Microsoft.AspNetCore.Http;

namespace Consultation.Tests.Web;

/// <summary>Addresses as they come out of mails, by hand, and below the path of a shared host.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("/link/abc-_9。", "/link/abc-_9")]
    [InlineData("/link/abc-_9）", "/link/abc-_9")]
    [InlineData("/link/abc-_9 ", "/link/abc-_9")]
    [InlineData("/link/abc-_9。请尽快办理", "/link/abc-_9")]
    [InlineData("/link/abc-_9请尽快办理", "/link/abc-_9")]
    [InlineData("/link/abc-_9\u200b", "/link/abc-_9")]
    [InlineData("/link/abc-_9>", "/link/abc-_9")]
    [InlineData("/link/abc-_9).", "/link/abc-_9")]
    [InlineData("/link/abc-_9_", "/link/abc-_9_")]
    [InlineData("/t/abc/documents/0b\u3000", "/t/abc/documents/0b")]
    [InlineData("/tasks/0b，谢谢", "/tasks/0b")]
    [InlineData("/p/河畔。", "/p/河畔")]
    [InlineData("/p/河畔/new", "/p/河畔/new")]
    [InlineData("/workflows/six-step-procedure", "/workflows/six-step-procedure")]
    [InlineData("/t/<abc-_9>", "/t/")]
    [InlineData("/link/。", "/link/")]
    [InlineData("/n/ ", "/n/")]
    [InlineData("。", "/")]
    [InlineData("/", "/")]
    public void What_stands_behind_a_link_does_not_belong_to_it(string asked, string meant) =>
        TidyAddress.Of(asked).Should().Be(meant);

    [Theory]
    [InlineData("/tasks/1", "/xs/tasks/1")]
    [InlineData("http://host/tasks/1?a=b", "http://host/xs/tasks/1?a=b")]
    [InlineData("http://host/xs/tasks/1", "http://host/xs/tasks/1")]
    [InlineData("/xs/tasks/1", "/xs/tasks/1")]
    [InlineData("/xs2/tasks", "/xs/xs2/tasks")]
    [InlineData("//elsewhere/x", "//elsewhere/x")]
    [InlineData("https://provider/authorize", "https://provider/authorize")]
    [InlineData("?page=2", "?page=2")]
    public void A_redirect_stays_below_the_path(string to, string below) =>
        SubPath.Below(to, "/xs", "http://host").Should().Be(below);

    [Fact]
    public void The_addresses_of_a_page_get_the_path_and_what_people_typed_does_not()
    {
        const string page = """
            <a href="/tasks">x</a><form action="/sign-in"><input value="/tasks"></form><img src="//cdn/x">
            <a href="/xs/cases">y</a><a href="#top">z</a><p>href=&quot;/typed&quot;</p><a class="x" href="/">0</a>
            """;

        SubPath.LinksBelow(page, "/xs").Should().Be("""
            <a href="/xs/tasks">x</a><form action="/xs/sign-in"><input value="/tasks"></form><img src="//cdn/x">
            <a href="/xs/cases">y</a><a href="#top">z</a><p>href=&quot;/typed&quot;</p><a class="x" href="/xs/">0</a>
            """);
    }

    [Theory]
    [InlineData("99999", 3)]
    [InlineData("99999999999999999999", 3)]
    [InlineData("3", 3)]
    [InlineData("２", 2)]
    [InlineData("0", 1)]
    [InlineData("-1", 1)]
    [InlineData("x", 1)]
    public void A_page_behind_the_end_is_the_last_one(string asked, int page)
    {
        var table = Table($"?page={Uri.EscapeDataString(asked)}&size=20").EndsAfter(41);

        (table.Page, table.Skip).Should().Be((page, (page - 1) * 20));
        Table($"?page={Uri.EscapeDataString(asked)}").EndsAfter(0).Page.Should().Be(1);
    }

    [Fact]
    public void A_list_in_memory_is_searched_whatever_the_case_and_the_width()
    {
        Column<(string Name, string Phone)>[] columns =
            [new("name", "姓名", row => row.Name), new("phone", "电话", row => row.Phone)];

        Table("?q=" + Uri.EscapeDataString("ａｂｃ 010-65550000"))
            .Matching([("ABC", "（010）65550000"), ("abc", "13800000000")], columns)
            .Should().Equal(("ABC", "（010）65550000"));
    }

    private static TableQuery Table(string query)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new(query);
        return TableQuery.Of(http.Request);
    }
}
