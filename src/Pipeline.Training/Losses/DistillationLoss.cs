using MhdNet.Training.Network;
using static TorchSharp.torch;

namespace MhdNet.Training.Losses;

/// <summary>What the student learns from the frozen teacher.</summary>
public static class DistillationLoss
{
    /// <summary>Feature loss (eq. 12): mean squared error between F_s and con_s(F_s'), the three stages added.</summary>
    /// <param name="student">Holds con_s.</param>
    /// <param name="teacher">The teacher's F_s, stages 1 to 3, [P, c_s, t_s, h_s, w_s].</param>
    /// <param name="fused">The student's F_s' of the same samples.</param>
    public static Tensor Features(Student student, IReadOnlyList<Tensor> teacher, IReadOnlyList<Tensor> fused)
    {
        ArgumentNullException.ThrowIfNull(student);
        Tensor Stage(int s) => nn.functional.mse_loss(student.Align(s, fused[s - 1]), teacher[s - 1]);
        return Stage(1) + Stage(2) + Stage(3);
    }

    /// <summary>Eq. 13: KL(softmax(teacher/tau) || softmax(student/tau)) * tau², summed over classes, mean over samples.</summary>
    /// <param name="teacher">The fusion branch's logits, [P, K+1].</param>
    /// <param name="student">The student's logits of the same samples.</param>
    /// <param name="tau">Temperature.</param>
    public static Tensor Logits(Tensor teacher, Tensor student, double tau)
    {
        var wanted = nn.functional.log_softmax(teacher / tau, 1);
        var found = nn.functional.log_softmax(student / tau, 1);
        return (wanted.exp() * (wanted - found)).sum(1).mean() * (tau * tau);
    }
}
