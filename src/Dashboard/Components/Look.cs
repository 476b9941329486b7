using MudBlazor;

namespace WorkerPool.Dashboard.Components;

/// <summary>Colours and letters. The letters are those of the reader's system: none are fetched.</summary>
internal static class Look
{
    private static readonly string[] Letters = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif"];

    /// <summary>The theme.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#4338ca",
            Secondary = "#0f766e",
            Info = "#0369a1",
            Success = "#166534",
            Warning = "#92400e",
            Error = "#a31515",
            Background = "#f6f7f9",
            Surface = "#ffffff",
            TextPrimary = "#16181d",
            TextSecondary = "#4b5361",
            ActionDefault = "#4b5361",
            Divider = "#e2e5ea",
            LinesDefault = "#e2e5ea",
            TableLines = "#e2e5ea",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#a5b4fc",
            PrimaryContrastText = "#16181d",
            Secondary = "#5eead4",
            Info = "#7dd3fc",
            InfoContrastText = "#16181d",
            Success = "#86efac",
            SuccessContrastText = "#16181d",
            Warning = "#fcd34d",
            WarningContrastText = "#16181d",
            Error = "#fca5a5",
            ErrorContrastText = "#16181d",
            Background = "#0f1116",
            Surface = "#181b22",
            TextPrimary = "#e8eaf0",
            TextSecondary = "#a4acba",
            ActionDefault = "#a4acba",
            Divider = "#2a2f3a",
            LinesDefault = "#2a2f3a",
            TableLines = "#2a2f3a",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Letters, FontSize = "0.9rem", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Letters },
            H2 = new H2Typography { FontFamily = Letters },
            H3 = new H3Typography { FontFamily = Letters },
            H4 = new H4Typography { FontFamily = Letters },
            H5 = new H5Typography { FontFamily = Letters },
            H6 = new H6Typography { FontFamily = Letters },
            Subtitle1 = new Subtitle1Typography { FontFamily = Letters },
            Subtitle2 = new Subtitle2Typography { FontFamily = Letters },
            Body1 = new Body1Typography { FontFamily = Letters },
            Body2 = new Body2Typography { FontFamily = Letters },
            Button = new ButtonTypography { FontFamily = Letters, TextTransform = "none", LetterSpacing = "normal" },
            Caption = new CaptionTypography { FontFamily = Letters },
            Overline = new OverlineTypography { FontFamily = Letters },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };
}
