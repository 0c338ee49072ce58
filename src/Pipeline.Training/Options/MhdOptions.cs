namespace MhdNet.Training.Options;

/// <summary>
/// Everything a run depends on: the network's sizes, the losses' weights, the training's length and seeds. A preset is such a record as JSON
/// (snake_case names) under <c>config/</c>; a run saves the whole as <c>options.json</c>. Defaults are the paper's.
/// </summary>
public sealed record MhdOptions
{
    /// <summary>Names of the K tumour types, in the order of the logits; <c>other</c> follows as index K. Empty: taken from the labels, in order of first appearance in the alphabet.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Frames of a sequence; 8n or 8n-1.</summary>
    public int Frames { get; init; } = 24;

    /// <summary>Height and width of a frame, in pixels.</summary>
    public int Size { get; init; } = 224;

    /// <summary>Channels of the stem and of stage 1 (c_1).</summary>
    public int Width { get; init; } = 64;

    /// <summary>Residual blocks of the teacher's four stages.</summary>
    public IReadOnlyList<int> TeacherBlocks { get; init; } = [3, 4, 6, 3];

    /// <summary>Residual blocks of the student's four stages.</summary>
    public IReadOnlyList<int> StudentBlocks { get; init; } = [2, 2, 2, 2];

    /// <summary>Edge of the involution kernel; odd.</summary>
    public int Kappa { get; init; } = 7;

    /// <summary>Edge of the attention convolution's kernel; odd.</summary>
    public int AttentionKernel { get; init; } = 7;

    /// <summary>Channel reduction r of the pathology features in SHFM.</summary>
    public int Reduction { get; init; } = 4;

    /// <summary>Memory items of a type in stages 1 to 3; square numbers.</summary>
    public IReadOnlyList<int> MemoryItems { get; init; } = [784, 784, 196];

    /// <summary>Decay lambda of the memory's moving average.</summary>
    public double Decay { get; init; } = 0.999;

    /// <summary>Temperature of the memory's softmax (eq. 7).</summary>
    public double ReadTemperature { get; init; } = 1;

    /// <summary>Updates of a bank without winning a query after which an item is re-seeded; 0: never.</summary>
    public int ReseedAfter { get; init; }

    /// <summary>Weight of the ConMB loss (eq. 10).</summary>
    public double AlphaConmb { get; init; } = 0.3;

    /// <summary>Weight of the feature loss (eq. 14).</summary>
    public double AlphaMse { get; init; } = 0.1;

    /// <summary>Weight of the distillation loss (eq. 14).</summary>
    public double AlphaKl { get; init; } = 0.5;

    /// <summary>Temperature of the distillation.</summary>
    public double Tau { get; init; } = 1;

    /// <summary>Sequences of a batch.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Epochs of the teacher's training.</summary>
    public int TeacherEpochs { get; init; } = 100;

    /// <summary>Epochs of the student's training.</summary>
    public int StudentEpochs { get; init; } = 100;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Epochs without a lower validation loss after which the learning rate is multiplied by <see cref="PlateauFactor"/> (one more epoch is waited for, as in PyTorch's ReduceLROnPlateau); 0: never.</summary>
    public int PlateauPatience { get; init; }

    /// <summary>What the learning rate is multiplied by on a plateau.</summary>
    public double PlateauFactor { get; init; } = 0.5;

    /// <summary>How much lower than the lowest so far a validation loss must be to count as lower, on a plateau.</summary>
    public double PlateauMinDelta { get; init; }

    /// <summary>The learning rate is never lowered below this.</summary>
    public double PlateauMinLearningRate { get; init; }

    /// <summary>Epochs in a row without a lower validation loss after which a phase ends before its last epoch; 0: never.</summary>
    public int EarlyStoppingPatience { get; init; }

    /// <summary>How much lower than the lowest so far a validation loss must be to count as lower, for early stopping.</summary>
    public double EarlyStoppingMinDelta { get; init; }

    /// <summary>Largest L2 norm of the gradient of all parameters together; a longer one is scaled down to it. 0: no limit.</summary>
    public double GradientClip { get; init; }

    /// <summary>Weight of each class in every cross entropy: K types, then <c>other</c>. Empty: all alike.</summary>
    public IReadOnlyList<double> ClassWeights { get; init; } = [];

    /// <summary>Have <see cref="ClassWeights"/> filled in when a run begins, so that each class weighs alike over the training sequences.</summary>
    public bool BalanceClasses { get; init; }

    /// <summary>Probability that a whole sequence is mirrored left to right.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>Which slide sequence a CT sequence meets.</summary>
    public Pairing Pairing { get; init; }

    /// <summary>Lowest Hounsfield value shown; everything below is black.</summary>
    public int WindowLow { get; init; } = -160;

    /// <summary>Highest Hounsfield value shown; everything above is white.</summary>
    public int WindowHigh { get; init; } = 240;

    /// <summary>Share of the training patients that decides which checkpoint is best; at least one of each type that has three.</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Share of the labelled patients without a split that become test patients.</summary>
    public double TestShare { get; init; } = 0.25;

    /// <summary>Also train a CT-only network of the student's size, without memory and teacher, for comparison.</summary>
    public bool Baseline { get; init; } = true;

    /// <summary>What the run trains; all but <see cref="TrainedNetwork.MhdNet"/> are for ablations.</summary>
    public TrainedNetwork Network { get; init; }

    /// <summary>How radiology and pathology features become one, in teacher and student.</summary>
    public Fusion Fusion { get; init; }

    /// <summary>Whether the student fuses what it reads from the memory. Without (an ablation) it is a plain network, whose stages are held against the teacher's.</summary>
    public bool StudentMemory { get; init; } = true;

    /// <summary>Seed of everything drawn at random.</summary>
    public int Seed { get; init; } = 1;
}
