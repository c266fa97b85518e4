using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Rules;

namespace Consultation.Tests.Cases.Attachments;

/// <summary>Names of files are made fit to show and to save.</summary>
public sealed class FileNameTests
{
    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Users\li\Desktop\照片.jpg", "照片.jpg")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("   ", "_")]
    [InlineData(null, "_")]
    [InlineData("会议<签到>表?.PDF", "会议_签到_表_.pdf")]
    [InlineData("trailing. . ", "trailing")]
    [InlineData("zero\u200Bwidth.png", "zerowidth.png")]
    public void A_name_is_cleaned(string? name, string clean) => FileNames.Clean(name).Should().Be(clean);

    [Fact]
    public void A_long_name_keeps_its_ending()
    {
        var clean = FileNames.Clean(new string('长', 500) + ".docx");

        clean.Should().HaveLength(FileNames.Longest).And.EndWith(".docx");
    }

    [Fact]
    public void A_name_gets_the_ending_of_its_kind() =>
        FileNames.EndedBy("照片", FileKinds.Find("png")!).Should().Be("照片.png");

    [Theory]
    [InlineData("photo.heic", 100, "HEIC")]
    [InlineData("photo.jpg", 0, "0 字节")]
    [InlineData("photo.jpg", 4_294_967_296, "最大 10 MB")]
    [InlineData("setup.exe", 100, "不能上传这种文件")]
    [InlineData("report.docx", 100, "不能上传这种文件")]
    public void What_cannot_be_let_in_is_refused_before_it_is_sent(string name, long length, string said) =>
        AttachmentRules.WhyNot(RuleSet.Defaults, Entry(name, length), 0)!.Zh.Should().Contain(said);

    [Fact]
    public void A_full_space_is_said_with_what_is_taken() =>
        AttachmentRules.WhyNot(RuleSet.Defaults, Entry("a.jpg", 1000), 10_737_418_240)!.Zh.Should()
            .Contain("空间已用 10240 MB");

    [Fact]
    public void A_ticket_opens_its_own_file_alone()
    {
        var ticket = UploadTicket.New();
        var file = AttachmentRules.Begin(Entry("a.jpg", 10), ticket, DateTimeOffset.UnixEpoch);

        UploadTicket.Read(ticket.ToString())!.Opens(file).Should().BeTrue();
        new UploadTicket(ticket.Id, UploadTicket.New().Secret).Opens(file).Should().BeFalse();
        UploadTicket.Read("x.y").Should().BeNull();
        UploadTicket.Read(null).Should().BeNull();
    }

    private static UploadEntry Entry(string name, long length) => new()
    {
        OrganisationId = OrganisationId.New(),
        Door = AttachmentDoor.Public,
        Name = name,
        Length = length,
    };
}
