using System.Text;
using Consultation.Cases.Attachments;
using Consultation.Testing;

namespace Consultation.Tests.Cases.Attachments;

/// <summary>What is let in and what is not: told by the content, said in words.</summary>
public sealed class ContentInspectionTests
{
    public static TheoryData<string, byte[], string> LetIn => new()
    {
        { "photo.jpg", SampleFiles.Photo(), "jpg" },
        { "photo.JPEG", SampleFiles.Photo(), "jpg" },
        { "picture.png", SampleFiles.Png(), "png" },
        { "no-ending", SampleFiles.Png(), "png" },
        { "report.docx", SampleFiles.Word(), "docx" },
        { "old.doc", SampleFiles.Compound("Root Entry", "WordDocument"), "doc" },
        { "paper.pdf", Encoding.ASCII.GetBytes("%PDF-1.7\n%%EOF"), "pdf" },
        { "paper.ofd", SampleFiles.Zip(("OFD.xml", "<ofd/>")), "ofd" },
        { "notes.txt", Encoding.UTF8.GetBytes("会议记录\r\n第一条"), "txt" },
    };

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "empty.jpg", [], "0 字节" },
        { "photo.png", SampleFiles.Photo(), "内容却是JPEG" },
        { "photo.jpg", SampleFiles.Png(), "内容却是PNG" },
        { "report.pdf", SampleFiles.Word(), "内容却是Word" },
        { "photo.jpg", Encoding.ASCII.GetBytes("<html><script>alert(1)</script>"), "网页" },
        { "drawing.png", Encoding.ASCII.GetBytes("<?xml version=\"1.0\"?><svg onload=\"x\"/>"), "SVG" },
        { "photo.jpg", Encoding.ASCII.GetBytes("MZ\u0090\0program"), "程序" },
        { "script.txt", Encoding.ASCII.GetBytes("#!/bin/sh\nrm -rf /"), "程序" },
        { "IMG_1.heic", [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[16]], "HEIC" },
        { "bytes.txt", [1, 2, 3, 0, 255], "不能上传这种文件" },
        { "macros.docx", SampleFiles.Word(("word/vbaProject.bin", "x")), "宏" },
        { "object.docx", SampleFiles.Word(("word/embeddings/oleObject1.bin", "x")), "宏" },
        { "macros.doc", SampleFiles.Compound("Root Entry", "WordDocument", "_VBA_PROJECT"), "宏" },
        { "locked.docx", SampleFiles.Compound("Root Entry", "EncryptedPackage"), "密码" },
        {
            "template.docx",
            SampleFiles.Word(("word/_rels/settings.xml.rels",
                "<Relationship Type=\"http://x/attachedTemplate\" TargetMode=\"External\" Target=\"http://evil\"/>")),
            "模板"
        },
        { "archive.docx", SampleFiles.Zip(("a.txt", "x")), "压缩包" },
        { "bomb.docx", SampleFiles.Word(("word/media/a.xml", new string('a', 20_000_000))), "展开后过大" },
        { "broken.docx", [.. "PK\u0003\u0004"u8, .. new byte[200]], "损坏" },
        { "huge.png", SampleFiles.PngOf(60_000, 60_000), "图片太大" },
        { "wide.png", SampleFiles.PngOf(9_000, 9_000), "图片太大" },
        { "minus.png", SampleFiles.PngOf(-1, 5), "损坏" },
        { "cut.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "损坏" },
        { "loop.jpg", [0xFF, 0xD8, .. Enumerable.Repeat((byte)0xFF, 20_000)], "损坏" },
    };

    [Theory]
    [MemberData(nameof(LetIn))]
    public void What_is_what_its_name_says_is_let_in(string name, byte[] content, string kind)
    {
        var found = Look(name, content);

        found.Why.Should().BeNull();
        found.Kind!.Key.Should().Be(kind);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_lies_or_can_do_harm_is_refused_in_words(string name, byte[] content, string said)
    {
        var found = Look(name, content);

        found.Kind.Should().BeNull();
        found.Why!.Zh.Should().Contain(said);
        found.Why.En.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public void What_the_rule_does_not_name_is_not_let_in()
    {
        using var content = new MemoryStream(SampleFiles.Word());

        var found = ContentInspection.Look(content, "report.docx", FileKinds.Read("jpg, png")!);

        found.Why!.Zh.Should().Contain("Word 文档").And.Contain("JPEG 图片、PNG 图片");
    }

    [Fact]
    public void A_picture_says_how_large_it_is() =>
        Look("photo.jpg", SampleFiles.Photo(640, 480)).Size.Should().Be((640, 480));

    private static Inspection Look(string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        return ContentInspection.Look(stream, name, FileKinds.All);
    }
}
