namespace MhdNet.Training.Options;

/// <summary>What a run trains.</summary>
public enum TrainedNetwork
{
    /// <summary>Teacher, memory and student.</summary>
    MhdNet,

    /// <summary>Teacher and memory, no student.</summary>
    Teacher,

    /// <summary>The teacher's radiology branch by itself, on CT: the ablation "radiology only".</summary>
    Radiology,

    /// <summary>The teacher's pathology branch by itself, on slides, and measured on slides: the ablation "pathology only".</summary>
    Pathology,
}
