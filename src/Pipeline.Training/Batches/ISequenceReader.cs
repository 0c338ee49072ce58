using MhdNet.Training.Cohorts;

namespace MhdNet.Training.Batches;

/// <summary>Reads the pixels of samples. Called from several threads at once.</summary>
public interface ISequenceReader
{
    /// <summary>Reads one sample; a file that cannot be read is a value of the result, not an exception.</summary>
    /// <exception cref="IOException">The folder with all files is not there.</exception>
    SampleRead Read(PlannedSample sample);
}
