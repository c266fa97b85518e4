using SkiaSharp;

namespace Consultation.Cases.Attachments;

/// <summary>A picture made anew.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="MediaType">Its type.</param>
/// <param name="Width">Dots across.</param>
/// <param name="Height">Dots down.</param>
public sealed record MadePicture(byte[] Bytes, string MediaType, int Width, int Height);

/// <summary>
/// Makes pictures anew from their dots: what stood beside them (place, device, time, comments, a program behind the
/// end) is not carried over, and what is shown is what we wrote ourselves. Turned as the camera said.
/// </summary>
public static class Pictures
{
    /// <summary>Longest side of the small picture in lists.</summary>
    public const int ThumbnailSide = 320;

    /// <summary>Longest side of a kept picture: enough to print a page.</summary>
    public const int KeptSide = 4096;

    private const int Quality = 88, ThumbnailQuality = 75;

    /// <summary>
    /// The picture made anew, no larger than the longest side, and a small one; null when it cannot be read. One at a
    /// time: it takes four bytes of memory for each dot.
    /// </summary>
    public static (MadePicture Kept, MadePicture Thumbnail)? Make(Stream content)
    {
        try
        {
            content.Position = 0;
            using var managed = new SKManagedStream(content);
            using var codec = SKCodec.Create(managed);
            if (codec is null || IsTooLarge(codec.Info)) return null;
            using var bitmap = Decode(codec);
            if (bitmap is null) return null;
            using var upright = Upright(bitmap, codec.EncodedOrigin);
            var format = codec.EncodedFormat switch
            {
                SKEncodedImageFormat.Jpeg => SKEncodedImageFormat.Jpeg,
                SKEncodedImageFormat.Png => SKEncodedImageFormat.Png,
                SKEncodedImageFormat.Webp => SKEncodedImageFormat.Webp,
                _ => (SKEncodedImageFormat?)null,
            };
            return format is null ? null
                : (Encode(upright ?? bitmap, KeptSide, format.Value, Quality),
                    Encode(upright ?? bitmap, ThumbnailSide, SKEncodedImageFormat.Jpeg, ThumbnailQuality));
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or IOException
            or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsTooLarge(SKImageInfo info) =>
        info.Width <= 0 || info.Height <= 0 || (long)info.Width * info.Height > ContentInspection.MostPixels;

    /// <summary>
    /// Decoded no larger than needed where the format can (JPEG does eighths), so that a photo of a large camera does
    /// not take its full size. A picture that breaks off is damaged.
    /// </summary>
    private static SKBitmap? Decode(SKCodec codec)
    {
        var longest = Math.Max(codec.Info.Width, codec.Info.Height);
        var size = longest > 2 * KeptSide
            ? codec.GetScaledDimensions((float)KeptSide / longest)
            : new SKSizeI(codec.Info.Width, codec.Info.Height);
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888,
            codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul,
            SKColorSpace.CreateSrgb());
        var bitmap = new SKBitmap(info);
        if (codec.GetPixels(info, bitmap.GetPixels()) == SKCodecResult.Success) return bitmap;
        bitmap.Dispose();
        return null;
    }

    /// <summary>The picture as it was held, or null when it stands already.</summary>
    private static SKBitmap? Upright(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default) return null;
        var swaps = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom
            or SKEncodedOrigin.LeftBottom;
        var (width, height) = swaps ? (bitmap.Height, bitmap.Width) : (bitmap.Width, bitmap.Height);
        var turned = new SKBitmap(bitmap.Info.WithSize(width, height));
        using var canvas = new SKCanvas(turned);
        switch (origin)
        {
            case SKEncodedOrigin.TopRight: canvas.Scale(-1, 1, width / 2f, 0); break;
            case SKEncodedOrigin.BottomRight: canvas.RotateDegrees(180, width / 2f, height / 2f); break;
            case SKEncodedOrigin.BottomLeft: canvas.Scale(1, -1, 0, height / 2f); break;
            case SKEncodedOrigin.LeftTop: canvas.Concat(new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1)); break;
            case SKEncodedOrigin.RightTop: canvas.Concat(new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1)); break;
            case SKEncodedOrigin.RightBottom: canvas.Concat(new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1)); break;
            default: canvas.Concat(new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1)); break;
        }

        canvas.DrawBitmap(bitmap, 0, 0, SKSamplingOptions.Default);
        canvas.Flush();
        return turned;
    }

    private static MadePicture Encode(SKBitmap bitmap, int longest, SKEncodedImageFormat format, int quality)
    {
        var side = Math.Max(bitmap.Width, bitmap.Height);
        var (width, height) = side <= longest
            ? (bitmap.Width, bitmap.Height)
            : (Math.Max(1, (int)((long)bitmap.Width * longest / side)),
                Math.Max(1, (int)((long)bitmap.Height * longest / side)));
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888,
            format == SKEncodedImageFormat.Jpeg ? SKAlphaType.Opaque : bitmap.AlphaType, SKColorSpace.CreateSrgb());
        using var target = new SKBitmap(info);
        using (var canvas = new SKCanvas(target))
        {
            canvas.Clear(format == SKEncodedImageFormat.Jpeg ? SKColors.White : SKColors.Transparent);
            using var image = SKImage.FromBitmap(bitmap);
            canvas.DrawImage(
                image, new SKRect(0, 0, width, height),
                new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            canvas.Flush();
        }

        using var data = target.Encode(format, quality);
        return new(data.ToArray(), format switch
        {
            SKEncodedImageFormat.Png => "image/png",
            SKEncodedImageFormat.Webp => "image/webp",
            _ => "image/jpeg",
        }, width, height);
    }
}
