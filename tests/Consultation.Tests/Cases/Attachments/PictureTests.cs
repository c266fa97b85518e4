using System.Text;
using Consultation.Cases.Attachments;
using Consultation.Testing;

namespace Consultation.Tests.Cases.Attachments;

/// <summary>Pictures are made anew: upright, and without what a camera writes beside them.</summary>
public sealed class PictureTests
{
    [Fact]
    public void Place_and_device_are_gone_and_the_picture_stands_upright()
    {
        var photo = SampleFiles.Photo(640, 480);
        Encoding.Latin1.GetString(photo).Should().Contain(SampleFiles.Marker).And.Contain("Exif");

        var (kept, thumbnail) = Make(photo)!.Value;

        Encoding.Latin1.GetString(kept.Bytes).Should().NotContain(SampleFiles.Marker).And.NotContain("Exif");
        Encoding.Latin1.GetString(thumbnail.Bytes).Should().NotContain(SampleFiles.Marker).And.NotContain("Exif");
        (kept.Width, kept.Height, kept.MediaType).Should().Be((480, 640, "image/jpeg"));
        Math.Max(thumbnail.Width, thumbnail.Height).Should().Be(Pictures.ThumbnailSide);
        // The yellow corner was on the top left; turned clockwise it is on the top right.
        using var shown = SkiaSharp.SKBitmap.Decode(kept.Bytes);
        shown.GetPixel(470, 10).Blue.Should().BeLessThan(100);
        shown.GetPixel(10, 10).Blue.Should().BeGreaterThan(120);
    }

    [Fact]
    public void What_stands_behind_the_end_is_gone()
    {
        byte[] photo = [.. SampleFiles.Photo(), .. "<script>alert(1)</script>PK\u0003\u0004"u8];

        var kept = Make(photo)!.Value.Kept;

        Encoding.Latin1.GetString(kept.Bytes).Should().NotContain("<script>");
    }

    [Fact]
    public void A_picture_that_breaks_off_is_damaged() => Make(SampleFiles.Photo()[..^2000]).Should().BeNull();

    [Fact]
    public void A_large_picture_is_made_smaller()
    {
        var kept = Make(SampleFiles.Photo(6000, 200, turned: false))!.Value.Kept;

        kept.Width.Should().Be(Pictures.KeptSide);
    }

    private static (MadePicture Kept, MadePicture Thumbnail)? Make(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Pictures.Make(stream);
    }
}
