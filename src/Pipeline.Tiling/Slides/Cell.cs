namespace MhdNet.Tiling.Slides;

/// <summary>A tile as the slide's file stores it; "cell", because "tile" is what is cut for the network.</summary>
/// <param name="Column">Column of the cell, from 0.</param>
/// <param name="Row">Row of the cell, from 0.</param>
public readonly record struct Cell(int Column, int Row);
