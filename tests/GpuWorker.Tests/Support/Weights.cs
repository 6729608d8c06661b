using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tensors;
using HsNas.GpuWorker.Training;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Support;

internal static class Weights
{
    /// <summary>Every parameter as a matrix; vectors become one row.</summary>
    public static Dictionary<string, double[,]> Of(SuperTransformer model) => Trainer.NamedParameters(model).ToDictionary(
        p => p.Name, p => Matrix(p.Tensor), StringComparer.Ordinal);

    public static double[,] Matrix(Tensor tensor)
    {
        var (rows, columns) = tensor.dim() == 1 ? (1L, tensor.shape[0]) : (tensor.shape[0], tensor.shape[1]);
        var values = tensor.detach().contiguous().data<float>().ToArray();
        var matrix = new double[rows, columns];
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++) matrix[r, c] = values[(r * columns) + c];
        return matrix;
    }

    /// <summary>A model whose norms and biases are not at their trivial initial values.</summary>
    public static SuperTransformer RandomModel(long seed, SupernetDesign? design = null)
    {
        manual_seed(seed);
        var model = (design ?? SupernetDesign.Hat).CreateModel(ToyTask.Definition);
        using (no_grad())
            foreach (var (_, parameter) in Trainer.NamedParameters(model)) parameter.AddInPlace(randn(parameter.shape).Times(0.1));
        model.eval();
        return model;
    }
}
