using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Host.Ablations;
using MhdNet.Host.Commands;
using MhdNet.Training.Devices;

namespace MhdNet.Host.Tests.Ablations;

public sealed class AblationLanesTests
{
    private const long GiB = 1L << 30;

    [Theory]
    [InlineData(8, 64, 1, 8, 1)] // small networks: one for each core
    [InlineData(8, 64, 10, 4, 2)] // memory for four, two cores each
    [InlineData(8, 16, 19, 1, null)] // the paper's size: one, with all cores
    [InlineData(1, 64, 1, 1, null)]
    public void As_many_as_cores_and_memory_allow(int cores, int memory, int step, int count, int? threads) =>
        Assert.Equal(new AblationLanes(count, threads), AblationLanes.Of(null, ComputeDevice.Cpu, cores, memory * GiB, step * GiB));

    [Fact]
    public void A_gpu_trains_one_at_a_time() => Assert.Equal(1, AblationLanes.Of(null, new ComputeDevice(0), 16, 64 * GiB, GiB).Count);

    [Fact]
    public void What_was_asked_for_goes_before_memory() => Assert.Equal(new AblationLanes(2, 2), AblationLanes.Of(2, ComputeDevice.Cpu, 4, GiB, 19 * GiB));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void More_than_there_are_cores_is_refused_with_both_numbers(int asked)
    {
        var refused = Assert.Throws<InputException>(() => AblationLanes.Of(asked, ComputeDevice.Cpu, 4, GiB, GiB));
        Assert.Equal($"--parallel is {asked}; give a number from 1 to 4, which is how many cores there are.", refused.Message);
    }

    [Property]
    public Property The_lanes_never_have_more_threads_than_there_are_cores(PositiveInt cores, PositiveInt memory, PositiveInt step)
    {
        var lanes = AblationLanes.Of(null, ComputeDevice.Cpu, cores.Get, memory.Get * GiB, step.Get * GiB);
        return (lanes.Count >= 1 && lanes.Count * (lanes.Threads ?? 1) <= cores.Get && lanes.Threads is not 0).ToProperty();
    }
}
