namespace MhdNet.Ingest.Items;

/// <summary>What an item of the drop folder is.</summary>
public enum ItemKind
{
    /// <summary>One CT series: all files of one SeriesInstanceUID of one patient.</summary>
    Ct,

    /// <summary>One whole-slide image.</summary>
    Slide,

    /// <summary>A file that is neither DICOM nor a slide, or cannot be read far enough to tell which series it belongs to.</summary>
    File,
}
