namespace HsNas.GpuWorker.Tests.Support;

/// <summary>What a model that knows nothing would score on the toy task.</summary>
internal static class UniformGuess
{
    /// <summary>Loss in bits of giving every token the same probability; a model that learned is below.</summary>
    public static readonly double Bits = Math.Log2(ToyTask.Vocabulary);
}
