namespace MhdNet.Training.Options;

/// <summary>How the features of two modalities become one.</summary>
public enum Fusion
{
    /// <summary>Spatial-differentiated hetero-modal fusion (eq. 1-3).</summary>
    Shfm,

    /// <summary>A 1x1x1 convolution over both, side by side: the ablation without SHFM.</summary>
    Concatenation,
}
