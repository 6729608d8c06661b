using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tensors;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>A copy of a model's weights at one point of its training, on the model's device.</summary>
/// <param name="Check">When that was, and the validation loss then.</param>
/// <param name="Weights">Copies of all parameters by name, in registration order.</param>
internal sealed record WeightSnapshot(CheckedLoss Check, IReadOnlyList<(string Name, Tensor Tensor)> Weights) : IDisposable
{
    /// <summary>A copy of what <paramref name="model"/> has now.</summary>
    public static WeightSnapshot Of(SuperTransformer model, CheckedLoss check)
    {
        using var quiet = no_grad();
        return new WeightSnapshot(check,
            [.. Trainer.NamedParameters(model).Select(p => (p.Name, p.Tensor.detach().clone().DetachFromDisposeScope()))]);
    }

    /// <summary>Gives <paramref name="model"/> the mean of the weights of <paramref name="snapshots"/>, which are summed in their order;
    /// of one alone its very weights.</summary>
    public static void PutMean(IReadOnlyList<WeightSnapshot> snapshots, SuperTransformer model)
    {
        using var quiet = no_grad();
        var parameters = Trainer.NamedParameters(model);
        for (var i = 0; i < parameters.Count; i++)
        {
            using var scope = NewDisposeScope();
            var sum = snapshots[0].Weights[i].Tensor.clone();
            foreach (var other in snapshots.Skip(1)) sum.AddInPlace(other.Weights[i].Tensor);
            if (snapshots.Count > 1) sum.ScaleInPlace(1.0 / snapshots.Count);
            parameters[i].Tensor.copy_(sum);
        }
    }

    /// <summary>Writes it.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Check.Step);
        writer.Write(Check.LossBits);
        TensorArchive.Write(writer, Weights);
    }

    /// <summary>Reads what <see cref="Save"/> wrote of a model like <paramref name="model"/>.</summary>
    /// <exception cref="InvalidDataException">It is of another model.</exception>
    public static WeightSnapshot Read(BinaryReader reader, SuperTransformer model)
    {
        var snapshot = Of(model, new CheckedLoss(reader.ReadInt64(), reader.ReadDouble()));
        TensorArchive.ReadInto(reader, snapshot.Weights);
        return snapshot;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, tensor) in Weights) tensor.Dispose();
    }
}
