namespace MhdNet.Tiling.Slides;

/// <summary>How the cells of a level lie.</summary>
/// <param name="Width">Width of a cell in pixels of the level.</param>
/// <param name="Height">Height of a cell in pixels of the level.</param>
/// <param name="Columns">Cells in a row.</param>
/// <param name="Rows">Rows of cells.</param>
public sealed record CellGrid(int Width, int Height, int Columns, int Rows)
{
    /// <summary>The cells that a rectangle in pixels of the level touches, row by row; what lies outside the image has none.</summary>
    public IEnumerable<Cell> Covering(long left, long top, int width, int height)
    {
        var (firstColumn, lastColumn) = Span(left, width, Width, Columns);
        var (firstRow, lastRow) = Span(top, height, Height, Rows);
        for (var row = firstRow; row <= lastRow; row++)
        {
            for (var column = firstColumn; column <= lastColumn; column++)
            {
                yield return new Cell(column, row);
            }
        }
    }

    private static (int First, int Last) Span(long start, int length, int cell, int count) =>
        ((int)(Math.Max(0, start) / cell), start + length <= 0 ? -1 : (int)Math.Min(count - 1L, (start + length - 1) / cell));
}
