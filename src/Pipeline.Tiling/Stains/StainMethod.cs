namespace MhdNet.Tiling.Stains;

/// <summary>How the colours of stored tiles are brought to a common reference.</summary>
public enum StainMethod
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Mean and deviation of each channel in a decorrelated colour space (Reinhard et al., IEEE CG&amp;A 2001).</summary>
    Reinhard,

    /// <summary>The two stains' colours and strengths, found by the angle of optical densities (Macenko et al., ISBI 2009).</summary>
    Macenko,
}
