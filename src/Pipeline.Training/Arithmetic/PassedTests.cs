using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MhdNet.Training.Arithmetic;

/// <summary>
/// Tests that were passed, each in a file of its own whose name is a hash of all that it holds for: machine, setting, operations and this
/// very build of the program. A test that failed is never remembered.
/// </summary>
/// <param name="folder">Where the files lie; it need not exist.</param>
public sealed class PassedTests(string folder)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // an error without filling up may be infinite
    };

    /// <summary>
    /// Those of this user: <c>$XDG_CACHE_HOME/mhdnet/arithmetic</c> (XDG base directory specification), or null where the user has no
    /// home.
    /// </summary>
    public static PassedTests? OfUser()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } given && Path.IsPathRooted(given)
            ? given
            : Environment.GetEnvironmentVariable("HOME") is { } home && Path.IsPathRooted(home) ? Path.Combine(home, ".cache") : null;
        return cache is null ? null : new PassedTests(Path.Combine(cache, "mhdnet", "arithmetic"));
    }

    /// <summary>A passed test of the same operations on the same machine; null where there is none, or none that can be read.</summary>
    internal SelfTestResult? Find(Machine machine, PaddingChoice choice, Operations operations)
    {
        try
        {
            var result = JsonSerializer.Deserialize<SelfTestResult>(File.ReadAllBytes(FileOf(machine, choice, operations)), Json);
            return result is { Worst: not null, Machine.Processor: not null } && result.Passed && result.Choice == choice && Fits(result, machine)
                ? result with { Operations = operations.Name }
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return null; // it is tested again
        }
    }

    /// <summary>Remembers a test. A folder that cannot be written costs the next command a test of its own, nothing else.</summary>
    internal void Keep(SelfTestResult result, Operations operations)
    {
        var file = FileOf(result.Machine, result.Choice, operations);
        if (File.Exists(file))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
            var half = $"{file}.{Environment.ProcessId}";
            File.WriteAllBytes(half, JsonSerializer.SerializeToUtf8Bytes(result, Json));
            File.Move(half, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As told above.
        }
    }

    /// <summary>Forgets all: a machine that once computed wrongly is tested again each time.</summary>
    internal void ForgetAll()
    {
        try
        {
            foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [])
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed could not be written either; the caller tells what is wrong.
        }
    }

    private static bool Fits(SelfTestResult result, Machine machine) =>
        result.Block is 1 or 8 or 16 && result.Machine.Processor == machine.Processor && result.Machine.Threads == machine.Threads;

    private string FileOf(Machine machine, PaddingChoice choice, Operations operations)
    {
        var names = operations.Convolutions.Select(each => each.Name).Concat(operations.Others.Select(each => each.Name));
        var holdsFor = JsonSerializer.Serialize(new { machine, choice, names, build = typeof(PassedTests).Module.ModuleVersionId });
        return Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(holdsFor)))[..32] + ".json");
    }
}
