namespace MhdNet.Training.Arithmetic;

/// <summary>This machine does not compute rightly; nothing may be trained or typed on it as it is set.</summary>
/// <param name="result">What the self-test found.</param>
public sealed class WrongArithmeticException(SelfTestResult result)
    : Exception($"This machine computes wrongly, so nothing is trained or typed on it. {result.Problem} {result.Remedy}")
{
    /// <summary>What the self-test found.</summary>
    public SelfTestResult Result { get; } = result;
}
