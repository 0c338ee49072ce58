using System.Globalization;
using MhdNet.Benchmarks.Steps;

if (args is not [_, ..] || args.Length > 2)
{
    Console.Error.WriteLine("usage: steps-benchmark PRESET.json [ROUNDS]");
    return 2;
}

StepRun.Measure(args[0], args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10);
return 0;
