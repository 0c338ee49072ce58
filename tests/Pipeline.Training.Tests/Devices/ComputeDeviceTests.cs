using MhdNet.Training.Devices;
using TorchSharp;

namespace MhdNet.Training.Tests.Devices;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("cpu", 2, "cpu")]
    [InlineData("auto", 0, "cpu")]
    [InlineData("auto", 2, "cuda:0")]
    [InlineData("cuda", 1, "cuda:0")]
    [InlineData("cuda:1", 2, "cuda:1")]
    public void A_word_names_a_device(string word, int there, string device) => Assert.Equal(device, ComputeDevice.Of(word, there).ToString());

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("CPU")]
    public void Other_words_are_refused(string word) => Assert.Contains($"'{word}'", Assert.Throws<FormatException>(() => ComputeDevice.Of(word, 4)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cuda", 0, "torch sees no CUDA device")]
    [InlineData("cuda:0", 0, "make build CUDA=1")]
    [InlineData("cuda:2", 2, "cuda:0 to cuda:1")]
    [InlineData("cuda:1", 1, "only 1 CUDA devices: cuda:0.")]
    public void A_device_that_is_not_there_is_a_sentence(string word, int there, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<DeviceMissingException>(() => ComputeDevice.Of(word, there)).Message, StringComparison.Ordinal);

    [SkippableFact]
    public void Batches_reach_a_cuda_device_unchanged()
    {
        Skip.If(ComputeDevice.CudaDevices == 0, "needs a CUDA device, which is not here");
        using var scope = torch.NewDisposeScope();
        var device = ComputeDevice.Of("cuda", ComputeDevice.CudaDevices).Open();
        Assert.Equal([1f, 2, 3, 4], DeviceCopy.Of([1, 2, 3, 4], [2, 2], device).cpu().data<float>().ToArray());
        Assert.True(torch.backends.cudnn.allow_tf32);
    }

    [Fact]
    public void On_the_processor_a_batch_is_a_plain_tensor()
    {
        using var scope = torch.NewDisposeScope();
        var copy = DeviceCopy.Of([1, 2, 3, 4, 5, 6], [2, 3], ComputeDevice.Cpu.Open());
        Assert.Equal((DeviceType.CPU, 6f), (copy.device_type, copy[1, 2].item<float>()));
    }
}
