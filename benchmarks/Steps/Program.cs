using System.Globalization;
using MhdNet.Benchmarks.Steps;
using MhdNet.Training.Arithmetic;

if (args is not [_, ..])
{
    Console.Error.WriteLine("usage: steps-benchmark PRESET.json [ROUNDS [auto|always|never…]]");
    return 2;
}

StepRun.Measure(
    args[0],
    args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10,
    args.Length > 2 ? [.. args[2..].Select(choice => Enum.Parse<PaddingChoice>(choice, ignoreCase: true))] : [PaddingChoice.Never, PaddingChoice.Always]);
return 0;
