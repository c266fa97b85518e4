using System.Text;
using Consultation.Storage.Mapping;

namespace Consultation.StorageTests.Mapping;

/// <summary>What was packed once must be read for ever, so the samples may never change.</summary>
public sealed class TextPackerTests
{
    private const string MailFile = "Mail.MailSample.txt";
    private const string JournalFile = "Runs.JournalSample.txt";

    [Theory]
    [InlineData(MailFile, "请您审批：确定协商议题", "ASM4bwcA")]
    [InlineData(JournalFile, "{\"l\":[{\"s\":1,\"e\":\"Started\",\"y\":\"Elsa.Flowchart\"}]}",
        "AUNuU6OPIIKynGtOcaIeKCcCS+qiEmCWrgUA")]
    public void What_was_packed_before_is_still_read(string file, string text, string packed) =>
        Encoding.UTF8.GetString(new TextPacker(1, file).Unpack(Convert.FromBase64String(packed))).Should().Be(text);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("【案件】XS2026-00012 新华街道老旧小区加装电梯\r\n\u0000\U0001F600")]
    public void What_is_packed_comes_back(string text)
    {
        var packer = new TextPacker(1, MailFile);
        var bytes = Encoding.UTF8.GetBytes(text);

        var packed = packer.Pack(bytes);

        packer.IsPacked(packed).Should().BeTrue();
        packer.Unpack(packed).Should().Equal(bytes);
    }

    [Fact]
    public void A_long_text_comes_back_and_a_mail_like_the_sample_takes_a_tenth()
    {
        var packer = new TextPacker(1, MailFile);
        var noise = new byte[300_000];
        new Random(1).NextBytes(noise);
        using var sample = typeof(TextPacker).Assembly.GetManifestResourceStream($"Consultation.Storage.{MailFile}")!;
        using var reader = new StreamReader(sample);
        var mail = Encoding.UTF8.GetBytes(reader.ReadToEnd().Replace("李敏", "王芳", StringComparison.Ordinal));

        packer.Unpack(packer.Pack(noise)).Should().Equal(noise);
        packer.Pack(mail).Length.Should().BeLessThan(mail.Length / 10);
    }
}
