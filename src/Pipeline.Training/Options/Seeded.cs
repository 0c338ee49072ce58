using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MhdNet.Training.Options;

/// <summary>Everything drawn at random, as a function of the run's seed and of what it is drawn for; nothing depends on what was drawn before.</summary>
public static class Seeded
{
    /// <summary>A generator of its own for one purpose (<c>epoch</c>, <c>bootstrap</c>) and number.</summary>
    public static Random Generator(int seed, string purpose, int number = 0) => new((int)Rank(seed, purpose, number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Where something stands in a random order. Another member of the same set does not change it, so a patient who joins later leaves the others in place.</summary>
    public static long Rank(int seed, string purpose, string what) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{purpose}\n{what}"))));
}
