namespace MhdNet.Host.Commands;

/// <summary>Exit codes of every command.</summary>
public static class ExitCode
{
    /// <summary>All that was asked for is done.</summary>
    public const int Ok = 0;

    /// <summary>The work was tried and failed; the last lines say what and where to look.</summary>
    public const int Failed = 1;

    /// <summary>The arguments or the input cannot be used; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>All work came to an end, but some items were quarantined: the rest is whole and can be used.</summary>
    public const int Quarantined = 3;

    /// <summary>The machine lacks something: a native library, room on the disk, a permission. <c>mhdnet doctor</c> tells more.</summary>
    public const int Environment = 4;
}
