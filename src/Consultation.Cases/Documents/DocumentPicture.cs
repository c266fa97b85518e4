using DocumentFormat.OpenXml.Wordprocessing;
using A = DocumentFormat.OpenXml.Drawing;
using DW = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using PIC = DocumentFormat.OpenXml.Drawing.Pictures;

namespace Consultation.Cases.Documents;

/// <summary>A picture in a line of a Word document.</summary>
internal static class DocumentPicture
{
    /// <summary>Three centimetres: a phone reads it from an arm's length.</summary>
    private const long Side = 3 * 360_000;

    /// <summary>A square drawing that shows the image part of an id.</summary>
    internal static Drawing Square(string part, string description)
    {
        var shape = new PIC.ShapeProperties(
            new A.Transform2D(
                new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = Side, Cy = Side }),
            new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle });
        var picture = new PIC.Picture(
            new PIC.NonVisualPictureProperties(
                new PIC.NonVisualDrawingProperties { Id = 1, Name = part },
                new PIC.NonVisualPictureDrawingProperties()),
            new PIC.BlipFill(new A.Blip { Embed = part }, new A.Stretch(new A.FillRectangle())),
            shape);
        return new Drawing(new DW.Inline(
            new DW.Extent { Cx = Side, Cy = Side },
            new DW.DocProperties { Id = 1, Name = part, Description = description },
            new A.Graphic(new A.GraphicData(picture)
            {
                Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture",
            })));
    }
}
