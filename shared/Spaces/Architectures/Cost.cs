namespace HsNas.Spaces;

/// <summary>
/// What one architecture costs on a task's profiled sentence, exact integers (docs/method.md, "Cost model"). FLOPs are twice the
/// multiply-accumulate operations of one teacher-forced pass at batch 1.
/// </summary>
/// <param name="TotalFlops">All FLOPs, output layer included: what prompts and TFS-Eval's total state, and Tables 8 and 9.</param>
/// <param name="LastLayerFlops">FLOPs of the output projection.</param>
/// <param name="ParametersWithoutEmbeddings">Parameters P of all active layers.</param>
/// <param name="EmbeddingParameters">d_d times V, one table.</param>
public readonly record struct Cost(long TotalFlops, long LastLayerFlops, long ParametersWithoutEmbeddings, long EmbeddingParameters)
{
    /// <summary>FLOPs without the output projection: the "GFLOPs" of Tables 2, 3, 4, 7 and 10.</summary>
    public long FlopsWithoutLastLayer => TotalFlops - LastLayerFlops;

    /// <summary>Model size as the paper's tables count it: P plus one embedding table of the decoder's width.</summary>
    public long ModelSize => ParametersWithoutEmbeddings + EmbeddingParameters;

    /// <summary><see cref="TotalFlops"/> / 1e9.</summary>
    public double TotalGFlops => TotalFlops / 1e9;

    /// <summary><see cref="FlopsWithoutLastLayer"/> / 1e9.</summary>
    public double GFlopsWithoutLastLayer => FlopsWithoutLastLayer / 1e9;

    /// <summary><see cref="ModelSize"/> / 1e6.</summary>
    public double ModelSizeMillions => ModelSize / 1e6;
}
