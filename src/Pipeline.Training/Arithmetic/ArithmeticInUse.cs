using TorchSharp;

namespace MhdNet.Training.Arithmetic;

/// <summary>
/// How this process computes convolutions, and on what grounds. Commands test the operations of their network first
/// (<see cref="Require"/>); whoever computes without has the convolutions tested at the first use.
/// </summary>
public static class ArithmeticInUse
{
    private static readonly Lock Deciding = new();
    private static volatile Decision? s_decision;

    /// <summary>What the self-test found of the arithmetic in use.</summary>
    /// <exception cref="WrongArithmeticException">Nothing was tested yet, and this machine computes wrongly.</exception>
    public static SelfTestResult Result => Decided().Result;

    /// <summary>The convolutions in use.</summary>
    internal static Convolutions Convolutions => Decided().Convolutions;

    /// <summary>
    /// Tests operations and computes from now on as that test found right. A test that was passed before on the same machine is
    /// remembered.
    /// </summary>
    /// <param name="operations">What will be computed.</param>
    /// <param name="choice">The setting.</param>
    /// <param name="device">Where it will be computed.</param>
    /// <param name="passed">Remembers tests; null: nothing is remembered.</param>
    /// <param name="anew">Tests also what was passed before.</param>
    /// <exception cref="WrongArithmeticException">This machine computes wrongly.</exception>
    public static SelfTestResult Require(Operations operations, PaddingChoice choice, torch.Device device, PassedTests? passed, bool anew = false)
    {
        var machine = Machine.Read(device);
        lock (Deciding)
        {
            TorchNative.DisableNnpack();
            var result = (anew ? null : passed?.Find(machine, choice, operations)) ?? SelfTest.Run(operations, choice, machine, device);
            if (!result.Passed)
            {
                passed?.ForgetAll();
                throw new WrongArithmeticException(result);
            }

            passed?.Keep(result, operations);
            s_decision = new Decision(result, new Convolutions(result.Block, TorchConvolution.Compute), passed);
            return result;
        }
    }

    /// <summary>Tests operations as they are computed now, and decides nothing. Where they are wrong, no passed test is remembered any more.</summary>
    /// <param name="operations">What is looked at.</param>
    /// <param name="device">Where to compute.</param>
    internal static SelfTestResult TestAgain(Operations operations, torch.Device device)
    {
        var (decided, convolutions, passed) = Decided();
        var result = SelfTest.Try(operations, convolutions, decided.Choice, Machine.Read(device), device);
        if (!result.Passed)
        {
            passed?.ForgetAll();
        }

        return result;
    }

    /// <summary>Computes with other convolutions until the result is disposed of: for tests, one at a time.</summary>
    internal static IDisposable Use(Convolutions convolutions)
    {
        var before = Decided();
        s_decision = before with { Convolutions = convolutions };
        return new Restoring(before);
    }

    private static Decision Decided()
    {
        if (s_decision is { } decision)
        {
            return decision;
        }

        lock (Deciding)
        {
            if (s_decision is null)
            {
                Require(Operations.Any, PaddingChoice.Auto, torch.CPU, passed: null);
            }
        }

        return s_decision!;
    }

    private sealed record Decision(SelfTestResult Result, Convolutions Convolutions, PassedTests? Passed);

    private sealed class Restoring(Decision before) : IDisposable
    {
        public void Dispose() => s_decision = before;
    }
}
