using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

/// <summary>Makes PDF files to begin with.</summary>
public static class Letters
{
    public static string Write(string name)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        string[] pages = [$"Dear {name},", "yours sincerely."];
        foreach (var text in pages)
        {
            builder.AddPage(PageSize.A4).AddText(text, 12, new PdfPoint(50, 750), font);
        }

        var path = $"letters/{name}.pdf";
        File.WriteAllBytes(path, builder.Build());
        return path;
    }
}
