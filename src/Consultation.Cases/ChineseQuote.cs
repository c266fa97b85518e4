namespace Consultation.Cases;

/// <summary>Quotation in Chinese text: what is quoted inside a quotation stands in single marks (GB/T 15834).</summary>
public static class ChineseQuote
{
    /// <summary>The text in quotation marks: 关于“停车”的建议 becomes “关于‘停车’的建议”.</summary>
    public static string Of(string text) => $"“{text.Replace('“', '‘').Replace('”', '’')}”";
}
