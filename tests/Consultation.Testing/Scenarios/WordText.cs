using Consultation.Cases.Documents;
using DocumentFormat.OpenXml.Packaging;

namespace Consultation.Testing.Scenarios;

/// <summary>Reads what a Word document says.</summary>
public static class WordText
{
    /// <summary>All its text in order, without breaks.</summary>
    public static string Of(CaseDocument document)
    {
        using var word = WordprocessingDocument.Open(new MemoryStream(document.Content), false);
        return word.MainDocumentPart!.Document.InnerText;
    }
}
