using MhdNet.Training.Options;

namespace MhdNet.Training.Tests.Options;

public class OptionsUseTests
{
    [Theory]
    [InlineData("alpha_kl is given, but network is radiology", "network=radiology", "baseline=false", "alpha_kl=0.3")]
    [InlineData("fusion is given, but network is pathology", "network=pathology", "baseline=false", "fusion=concatenation")]
    [InlineData("student_epochs is given, but network is teacher", "network=teacher", "baseline=false", "student_epochs=3")]
    [InlineData("pairing is given, but network is radiology", "network=radiology", "baseline=false", "pairing=same-patient")]
    [InlineData("window_low is given, but network is pathology", "network=pathology", "baseline=false", "window_low=-200")]
    [InlineData("kappa is given, but fusion is concatenation", "fusion=concatenation", "kappa=3")]
    [InlineData("plateau_factor is given, but plateau_patience is 0", "plateau_factor=0.1")]
    public void A_field_without_effect_is_named_with_the_reason(string told, params string[] given)
    {
        var problem = Assert.Single(OptionsUse.Check(OptionsFile.Override(new MhdOptions(), given), given));

        Assert.StartsWith(told, problem, StringComparison.Ordinal);
        Assert.EndsWith("leave it out.", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alpha_kl=0.3", "kappa=3")]
    [InlineData("network=teacher", "baseline=false", "alpha_conmb=0.1", "fusion=concatenation")]
    [InlineData("network=pathology", "baseline=false", "pairing=same-patient", "teacher_epochs=3")]
    [InlineData("network=radiology", "baseline=false", "window_high=300", "flip_probability=0")]
    [InlineData("plateau_patience=3", "plateau_factor=0.1")]
    public void Fields_with_an_effect_pass(params string[] given) => Assert.Empty(OptionsUse.Check(OptionsFile.Override(new MhdOptions(), given), given));

    [Fact]
    public void What_a_preset_holds_is_not_held_against_it() => Assert.Empty(OptionsUse.Check(new MhdOptions { Network = TrainedNetwork.Radiology, Baseline = false }, []));
}
