using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using WorkerPool;

public sealed record PageText(int Page, string Text);

public static class PdfTexts
{
    [WorkerFunction("pdf_text", Summary = "The text of a PDF file, page by page.")]
    public static PageText[] Read(string path)
    {
        using var document = PdfDocument.Open(path);
        return [.. document.GetPages().Select(page => new PageText(page.Number, ContentOrderTextExtractor.GetText(page)))];
    }
}
