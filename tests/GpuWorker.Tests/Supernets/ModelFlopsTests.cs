using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using HsNas.Spaces;

namespace HsNas.GpuWorker.Tests.Supernets;

public sealed class ModelFlopsTests
{
    /// <summary>
    /// The cost model counts the same matrix products, and element-wise products besides (docs/method.md, "Cost model").
    /// </summary>
    [Fact]
    public void Matrix_products_are_those_of_the_cost_model_less_its_element_wise_ones()
    {
        const int Length = 30;
        var space = ToyTask.Definition.Space;
        var model = new CostModel(space, Length, Length, ToyTask.Vocabulary);
        foreach (var a in ToyTask.Architectures(100))
        {
            long de = a.EncoderEmbedDim, dd = a.DecoderEmbedDim, q = space.QkvDim;
            var elementWise = (Length * (de + dd + 2))
                + (a.EncoderLayers * ((2 * Length * de) + (Length * q) + 3))
                + (a.DecoderLayers * ((3 * Length * dd) + (2 * Length * q) + 6));
            var products = ModelFlops.Forward(ModelShape.Of(ToyTask.Definition), a, 1, Length, Length, Length);
            Assert.Equal(model.Evaluate(a).TotalFlops - (2 * elementWise), products);
        }
    }
}
