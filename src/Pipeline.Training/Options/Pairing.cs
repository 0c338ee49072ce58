namespace MhdNet.Training.Options;

/// <summary>Which slide sequence a CT sequence meets in training.</summary>
public enum Pairing
{
    /// <summary>Any slide sequence of the same tumour type, drawn anew each epoch.</summary>
    SameType,

    /// <summary>A slide sequence of the same patient.</summary>
    SamePatient,
}
