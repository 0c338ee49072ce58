using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Ingest.Phantom;

namespace MhdNet.Ingest.Tests.Phantom;

public sealed class CtDistributionTests
{
    [Fact]
    public void Without_contrast_all_types_are_alike() => Assert.Single(Enumerable.Range(0, 5).Select(type => CtDistribution.Of(type, 5, 0)).Distinct());

    [Property]
    public Property More_contrast_moves_every_mean_outwards_and_none_out_of_a_body(byte types, byte contrast)
    {
        var (count, more) = (2 + (types % 9), contrast / 255.0 * CtDistribution.LargestContrast);
        return Enumerable.Range(0, count).All(type =>
        {
            var (near, far) = (CtDistribution.Of(type, count, more / 2), CtDistribution.Of(type, count, more));
            return FromTheMiddle(far.DiameterMm, 45) >= FromTheMiddle(near.DiameterMm, 45)
                && FromTheMiddle(far.DensityHu, 45) >= FromTheMiddle(near.DensityHu, 45)
                && far.DiameterMm is >= 20 and <= 90 && far.DensityHu is >= -10 and <= 120 && far.Elongation >= 1 && far.Lobulation >= 0
                && far.CalcificationShare is >= 0 and <= 1 && far.NecrosisShare is >= 0 and <= 1;
        }).ToProperty();
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(4.1)]
    [InlineData(double.NaN)]
    public void A_contrast_that_no_body_has_is_refused(double contrast) => Assert.Throws<ArgumentOutOfRangeException>(() => CtDistribution.Of(0, 3, contrast));

    private static double FromTheMiddle(double mean, double middle) => Math.Abs(mean - middle);
}
