using MhdNet.Ingest.Items;

namespace MhdNet.Host.Report;

/// <summary>Everything the report shows, gathered before a line of it is written.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Software">Name and version of the program.</param>
/// <param name="Finished">When the run ended.</param>
/// <param name="Took">Wall-clock time of the training.</param>
/// <param name="Preset">The preset's name.</param>
/// <param name="Types">The tumour types in the order of the logits.</param>
/// <param name="Splits">Patients, CT and slide sequences of each split.</param>
/// <param name="Networks">The scores, one row a network.</param>
/// <param name="Figures">Pictures of the training and of the test.</param>
/// <param name="Judge">The network that typed the test patients: the student, or the one network of a run without.</param>
/// <param name="TestPatients">What it says of each test patient.</param>
/// <param name="Predictions">What the student says of each patient without a label; null where the run has no student.</param>
/// <param name="Items">What became of everything in the drop folder.</param>
/// <param name="Notes">Remarks a reader must know: absent classes, skipped sequences.</param>
/// <param name="Options">The options as JSON.</param>
/// <param name="Machines">On what it was computed, one line a machine.</param>
public sealed record ReportModel(
    string Run,
    string Software,
    DateTimeOffset Finished,
    TimeSpan Took,
    string Preset,
    IReadOnlyList<string> Types,
    IReadOnlyList<SplitRow> Splits,
    IReadOnlyList<NetworkRow> Networks,
    IReadOnlyList<FigureRow> Figures,
    string Judge,
    IReadOnlyList<PatientRow> TestPatients,
    IReadOnlyList<PatientRow>? Predictions,
    IReadOnlyList<ItemRow> Items,
    IReadOnlyList<string> Notes,
    string Options,
    IReadOnlyList<string> Machines);

/// <summary>Size of one split.</summary>
/// <param name="Split">train, val, test, or unlabelled.</param>
/// <param name="Patients">Patients.</param>
/// <param name="CtSequences">CT sequences of 24 frames.</param>
/// <param name="SlideSequences">Slide sequences of 24 tiles.</param>
public sealed record SplitRow(string Split, int Patients, int CtSequences, int SlideSequences);

/// <summary>Scores of one network on the test patients; shares from 0 to 1, NaN where not defined.</summary>
/// <param name="Name">For people: Teacher (CT and slides), Student (CT only), …</param>
/// <param name="SequenceAccuracy">Share of the tumour sequences typed rightly.</param>
/// <param name="PatientAccuracy">Share of the patients typed rightly.</param>
/// <param name="Low">Lower end of the 95 % interval of the patient accuracy.</param>
/// <param name="High">Upper end.</param>
/// <param name="F1">Macro F1 over sequences.</param>
/// <param name="Kappa">Quadratic weighted kappa over sequences.</param>
/// <param name="Auc">Macro one-vs-rest ROC-AUC over sequences.</param>
public sealed record NetworkRow(string Name, double SequenceAccuracy, double PatientAccuracy, double Low, double High, double F1, double Kappa, double Auc);

/// <summary>A picture.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Path">Path of the PNG.</param>
public sealed record FigureRow(string Caption, string Path);

/// <summary>What a network says of one patient.</summary>
/// <param name="Patient">The patient's id.</param>
/// <param name="Truth">The label; null where there is none.</param>
/// <param name="Predicted">The type; null where no tumour sequence was found.</param>
/// <param name="Probabilities">In the order of the types; empty where no tumour sequence was found.</param>
/// <param name="Sequences">CT sequences read.</param>
public sealed record PatientRow(string Patient, string? Truth, string? Predicted, IReadOnlyList<double> Probabilities, int Sequences);

/// <summary>One item of the drop folder.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="Kind">CT series, slide or other file.</param>
/// <param name="Patient">The patient's id.</param>
/// <param name="Path">Relative to the drop folder.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it is not done, or null.</param>
/// <param name="ReasonCode">The code it begins with, or null.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Sequences">Sequences in the store.</param>
/// <param name="Picture">Path of the quality picture relative to the report, or null.</param>
public sealed record ItemRow(string Id, ItemKind Kind, string Patient, string Path, ItemState State, string? Reason, string? ReasonCode, int Attempts, int Sequences, string? Picture);
