using System.Security.Cryptography;
using System.Text;

namespace MhdNet.Ingest.Phantom;

/// <summary>Random numbers and names that are the same on every machine and in every process.</summary>
internal static class SeededDraws
{
    /// <summary>A generator of its own for each purpose, so that one more draw here changes nothing there.</summary>
    public static Random For(int seed, string purpose) => new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{purpose}"))));

    /// <summary>Normally distributed (Box and Muller).</summary>
    public static double Normal(this Random random, double mean, double deviation) =>
        mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    /// <summary>Normally distributed, cut at two deviations.</summary>
    public static double Around(this Random random, double mean, double deviation) =>
        Math.Clamp(random.Normal(mean, deviation), mean - (2 * deviation), mean + (2 * deviation));

    /// <summary>A UID under 2.25, which needs no registration (PS3.5, B.2).</summary>
    public static string Uid(int seed, string purpose) =>
        "2.25." + new System.Numerics.BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{purpose}")).AsSpan(0, 15), isUnsigned: true);
}
