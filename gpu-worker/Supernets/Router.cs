using HsNas.Spaces.Features;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>
/// Turns an architecture into shares of experts: Linear(10, h), ReLU, dropout 0.1 in training, Linear(h, m * rows), softmax
/// over the m experts of each row (docs/method.md, "Supernet kinds"). Layer-wise routers have one row, neuron-wise ones a
/// row per output.
/// </summary>
/// <remarks>Row r reads outputs r*m .. r*m + m - 1 whatever the number of rows, so cutting rows keeps the others' shares.</remarks>
internal sealed class Router : nn.Module
{
    private const double Dropout = 0.1;

    private readonly SlicedLinear hidden;   // [h, 10]
    private readonly SlicedLinear scores;   // [m * maxRows, h]
    private readonly int experts;

    public Router(int width, int experts, int maxRows) : base(nameof(Router))
    {
        this.experts = experts;
        hidden = new SlicedLinear(AggregateFeatures.FeatureCount, width);
        scores = new SlicedLinear(width, experts * maxRows);
        RegisterComponents();
    }

    /// <summary>Shares [rows, m] for features [1, 10]; each row sums to one.</summary>
    public Tensor Forward(Tensor features, long rows)
    {
        var x = nn.functional.relu(hidden.Forward(features, hidden.Outputs));   // [1, h]
        x = nn.functional.dropout(x, Dropout, training);                        // [1, h]
        return scores.Forward(x, rows * experts)                                // [1, rows * m]
            .view(rows, experts).softmax(-1);                                   // [rows, m]
    }
}
