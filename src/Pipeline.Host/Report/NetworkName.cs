namespace MhdNet.Host.Report;

/// <summary>What people call the networks.</summary>
public static class NetworkName
{
    /// <summary>The name of a phase's network.</summary>
    public static string Of(string phase) => phase switch
    {
        "teacher" => "Teacher (CT and slides)",
        "student" => "Student (CT alone, distilled)",
        "baseline" => "Plain network (CT alone, no distillation)",
        "radiology" => "Radiology branch (CT alone)",
        "pathology" => "Pathology branch (slides alone)",
        _ => phase,
    };
}
