namespace MhdNet.Training.Trainer;

/// <summary>A network put to use. Not thread safe. A call is synchronous and leaves no tensor behind but the network's own.</summary>
public interface IPredictor : IDisposable
{
    /// <summary>Softmax over the K+1 classes, from CT alone (student, baseline, and the teacher's radiology branch) or, for the teacher where a sample has
    /// pathology, from its fusion branch.</summary>
    /// <returns>[N][K+1].</returns>
    double[][] Predict(Batch batch);
}
