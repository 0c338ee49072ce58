namespace MhdNet.Training.Arithmetic;

/// <summary>Whether the channels of convolutions are filled up with zeros: the setting <c>mhdnet.training.channel-padding</c>.</summary>
public enum PaddingChoice
{
    /// <summary>Where the self-test finds that convolutions are wrong without.</summary>
    Auto,

    /// <summary>On every processor.</summary>
    Always,

    /// <summary>Nowhere; a machine whose convolutions are wrong without is refused.</summary>
    Never,
}
