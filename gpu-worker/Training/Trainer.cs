using System.Diagnostics;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tensors;
using HsNas.Kernel;
using HsNas.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>What a training run is, apart from its data.</summary>
/// <param name="Steps">Updates in all.</param>
/// <param name="Warmup">Warm-up updates.</param>
/// <param name="Seed">Seeds initial weights, batch order and dropout.</param>
/// <param name="Accumulate">Batches whose gradients make one update.</param>
/// <param name="Products">Type of matrix products; null for single precision.</param>
/// <param name="ScaleLoss">Whether the loss is scaled, which half precision needs.</param>
internal sealed record TrainingPlan(
    int Steps, int Warmup, long Seed, int Accumulate = 1, ScalarType? Products = null, bool ScaleLoss = false);

/// <summary>
/// Trains a <see cref="SuperTransformer"/> by Adam (0.9, 0.98, 1e-8). An update runs every architecture of its schedule on each
/// of its batches; gradients are summed and divided by the tokens of all these passes, so the loss is their mean. Everything
/// random in an update is a function of (seed, update number), so a run that was stopped and restored continues bit by bit on
/// the same device.
/// </summary>
/// <remarks>
/// A parameter that no sampled block touched has no gradient in that update and is left alone, momentum included. Inside a
/// touched parameter, rows and columns outside the slice get zero gradients and do drift with their momentum, as in HAT.
/// On a GPU the embedding table's gradient is summed in no fixed order, so there two runs agree in their state at a stop, and
/// afterwards up to rounding.
/// </remarks>
internal sealed class Trainer : IDisposable
{
    // The first bytes of every checkpoint: "HsNas", then the number of the form. Raise the number when the form changes.
    private const ulong Form = 0x48_73_4E_61_73_00_00_03;

    private readonly TrainingRecipe _recipe;
    private readonly TrainingPlan _plan;
    private readonly TrainingData _data;
    private readonly IArchitectureSchedule _architectures;
    private readonly LearningRateSchedule _learningRates;
    private readonly BatchOrder _batches;
    private readonly AdamOptimizer _adam;
    private readonly LossScale _scale;
    private readonly Device _device;
    private double _flops;
    private double _flopSeconds;

    /// <summary>A new training at update 0; the generator is seeded before weights are drawn.</summary>
    public Trainer(
        TaskDefinition task, TrainingData data, IArchitectureSchedule architectures, TrainingPlan plan, Device device,
        SupernetDesign? design = null)
    {
        (_recipe, _plan, _data, _architectures, _device) = (task.Training!, plan, data, architectures, device);
        manual_seed(plan.Seed);
        Model = (design ?? SupernetDesign.Hat).CreateModel(task);
        Model.to(device);
        _learningRates = new LearningRateSchedule(_recipe, plan.Warmup, plan.Steps);
        _batches = new BatchOrder(BatchPlan.Create(data.Train, data.TrainingRows(_recipe.LongestSentence), _recipe.BatchTokens), plan.Seed);
        _scale = new LossScale(plan.ScaleLoss);
        _adam = new AdamOptimizer(Model.parameters(), beta2: 0.98);
    }

    /// <summary>The model being trained.</summary>
    public SuperTransformer Model { get; }

    /// <summary>Where it trains.</summary>
    public Device Device => _device;

    /// <summary>What it was asked to do.</summary>
    public TrainingPlan Plan => _plan;

    /// <summary>Updates done.</summary>
    public long Step { get; private set; }

    /// <summary>Seconds spent in updates, over all parts of a resumed run.</summary>
    public double Seconds { get; private set; }

    /// <summary>Processor time of updates, over all parts of a resumed run. A busy machine does not distort it.</summary>
    public double CpuSeconds { get; private set; }

    /// <summary>Target tokens trained on; a token that several architectures of an update see counts once.</summary>
    public long Tokens { get; private set; }

    /// <summary>
    /// FLOP/s of matrix products since this object was made. A forward and a backward pass together count as three forward
    /// passes. On a processor the seconds are processor time.
    /// </summary>
    public double FlopsPerSecond => _flops / Math.Max(1e-9, _flopSeconds);

    /// <summary>Whether all updates are done.</summary>
    public bool Finished => Step >= _plan.Steps;

    /// <summary>One update; returns its loss per token, in nats.</summary>
    public double Update()
    {
        var start = MatrixPeak.Now();
        using var scope = NewDisposeScope();
        Model.train();
        manual_seed(unchecked((long)SeededRandom.For(_plan.Seed, checked((int)Step), "dropout").NextBits() & long.MaxValue));
        Model.zero_grad(set_to_none: true);
        var architectures = _architectures.At(Step);
        using var batches = new UpdateBatches(_data.Train, _batches, _plan, Step, _device);
        var passTokens = (double)batches.Tokens * architectures.Count;
        double value = 0, flops = 0;
        foreach (var batch in batches.All)
        {
            foreach (var architecture in architectures)
            {
                using var pass = NewDisposeScope();
                using var products = MatrixProducts.In(_plan.Products);
                var encoded = Model.Encode(architecture, batch.Source, batch.SourcePadded);
                var loss = TrainingLoss.Sum(Model, architecture, encoded, batch, _recipe.LabelSmoothing).DividedBy(passTokens); // scalar
                (_scale.Enabled ? loss.Times(_scale.Value) : loss).backward();
                value += loss.cpu().item<float>();
                flops += 3 * ModelFlops.Forward(Model.Shape, architecture, batch);
            }
        }

        if (!_scale.Enabled || Unscaled()) _adam.Step(_learningRates.At(Step));
        Step++;
        Tokens += batches.Tokens;
        Seconds += Stopwatch.GetElapsedTime(start.Wall).TotalSeconds;
        CpuSeconds += (Environment.CpuUsage.TotalTime - start.Cpu).TotalSeconds;
        (_flops, _flopSeconds) = (_flops + flops, _flopSeconds + MatrixPeak.Seconds(_device, start));
        return double.IsFinite(value) || _scale.Enabled ? value
            : throw new InvalidDataException($"The loss of update {Step} is {value}: training diverged.");
    }

    // Divides gradients by the loss scale; false, and the update is dropped, where one of them overflowed.
    private bool Unscaled()
    {
        using var inference = no_grad();
        var gradients = Model.parameters().Select(p => p.grad).OfType<Tensor>().ToList();
        // [], one number for all gradients, so that the device is asked once.
        var sum = gradients.Select(g => g.ScaleInPlace(1 / _scale.Value).sum()).Aggregate((a, b) => a.Plus(b));
        var finite = float.IsFinite(sum.cpu().item<float>());
        _scale.Note(finite);
        return finite;
    }

    /// <summary>About what <see cref="Save"/> takes: weights and Adam's two moments.</summary>
    public long CheckpointBytes => 3 * sizeof(float) * Model.parameters().Sum(p => p.numel());

    /// <summary>Everything needed to continue.</summary>
    public byte[] Save()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Form);
        writer.Write(Step);
        writer.Write(Seconds);
        writer.Write(CpuSeconds);
        writer.Write(Tokens);
        _scale.Save(writer);
        TensorArchive.Write(writer, NamedParameters(Model));
        _adam.Save(writer);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>
    /// Continues where <see cref="Save"/> was called. False, and nothing is changed, where another version
    /// of the worker wrote the checkpoint.
    /// </summary>
    /// <exception cref="InvalidDataException">The checkpoint is of another model.</exception>
    public bool TryRestore(byte[] checkpoint)
    {
        using var reader = new BinaryReader(new MemoryStream(checkpoint));
        if (checkpoint.Length < sizeof(ulong) || reader.ReadUInt64() != Form) return false;
        Step = reader.ReadInt64();
        Seconds = reader.ReadDouble();
        CpuSeconds = reader.ReadDouble();
        Tokens = reader.ReadInt64();
        _scale.Restore(reader);
        TensorArchive.ReadInto(reader, NamedParameters(Model));
        _adam.Restore(reader);
        return true;
    }

    /// <summary>Parameters by name, in registration order.</summary>
    public static IReadOnlyList<(string Name, Tensor Tensor)> NamedParameters(SuperTransformer model) =>
        [.. model.named_parameters().Select(p => (p.Item1, (Tensor)p.Item2))];

    /// <inheritdoc/>
    public void Dispose()
    {
        _adam.Dispose();
        Model.Dispose();
    }
}
