using System.CommandLine;
using MhdNet.Host.Machines;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet cookie</c>.</summary>
internal static class CookieCommand
{
    public static Command Create()
    {
        var output = new Option<FileInfo>("--out") { Description = "The file; it must not be there yet.", HelpName = "FILE", Required = true };
        var command = new Command("cookie", "Makes the secret that a host and the machines that work for it share. Copy the file to each of them, with 'scp -p'; who has it can read what the host reads.") { output };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output).FullName;
            CookieFile.Create(path);
            Console.WriteLine($"{path}: copy it to every machine, and let nobody else read it.");
            return ExitCode.Ok;
        });
        return command;
    }
}
