using QRCoder;

namespace Consultation.Web.Drawing;

/// <summary>
/// Draws an address as a QR code, on the server. A quarter of it may be dirty or torn, as paper at a door gets.
/// </summary>
internal static class QrCode
{
    private const int PixelsPerModule = 8;

    /// <summary>As a drawing that scales, in one path; looks by class only.</summary>
    public static string Svg(string address, string label)
    {
        using var data = DataOf(address);
        // The library's own margin is in the matrix.
        var side = data.ModuleMatrix.Count;
        var path = new System.Text.StringBuilder();
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                if (!data.ModuleMatrix[row][column]) continue;
                var start = column;
                while (column + 1 < side && data.ModuleMatrix[row][column + 1]) column++;
                path.Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"M{start} {row}h{column - start + 1}v1H{start}z");
            }
        }

        return new SvgText()
            .Open("svg", ("class", "qr-code"), ("viewBox", $"0 0 {side} {side}"), ("role", "img"),
                ("aria-label", label), ("shape-rendering", "crispEdges"))
            .Empty("rect", ("width", side), ("height", side), ("fill", "#fff"))
            .Empty("path", ("d", path.ToString()), ("fill", "#000"))
            .Close("svg").ToString();
    }

    /// <summary>As a picture for a Word document.</summary>
    public static byte[] Png(string address)
    {
        using var data = DataOf(address);
        using var picture = new PngByteQRCode(data);
        return picture.GetGraphic(PixelsPerModule);
    }

    private static QRCodeData DataOf(string address) =>
        QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.Q);
}
