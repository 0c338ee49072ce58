using MhdNet.Tiling.Slides;
using OpenCvSharp;

namespace MhdNet.Tiling.Tiles;

/// <summary>The pixels of a planned tile.</summary>
public static class TileReader
{
    /// <summary>Reads a tile and brings it to the grid's edge: pixel-area averaging when shrinking, bilinear when enlarging, untouched where the sizes agree.</summary>
    /// <returns>8-bit RGB, edge x edge; the caller disposes it.</returns>
    /// <exception cref="SlideException">Not decodable.</exception>
    public static Mat Read(ISlideReader reader, TileGrid grid, PlannedTile tile)
    {
        var read = reader.ReadRegion(tile.X, tile.Y, grid.Level, grid.ReadWidth, grid.ReadHeight);
        if (grid.ReadWidth == grid.Edge && grid.ReadHeight == grid.Edge)
        {
            return read;
        }

        using (read)
        {
            var resized = new Mat();
            var shrinks = grid.ResampleX >= 1 && grid.ResampleY >= 1;
            Cv2.Resize(read, resized, new Size(grid.Edge, grid.Edge), interpolation: shrinks ? InterpolationFlags.Area : InterpolationFlags.Linear);
            return resized;
        }
    }

    /// <summary>Reads and judges a tile; one that cannot be decoded is a verdict, not an exception.</summary>
    public static Task<ExaminedTile> Examine(SlideReaders readers, TileGrid grid, PlannedTile tile, TileFilterSettings settings) => readers.Use(
        reader =>
        {
            using var rgb = Read(reader, grid, tile);
            var scores = TileScores.Of(rgb, settings);
            return new ExaminedTile(tile, scores.Judge(settings), scores);
        },
        error => new ExaminedTile(tile, TileVerdict.Unreadable, Error: error.Message));
}
