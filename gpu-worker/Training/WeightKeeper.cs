using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Supernets;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// Looks at the validation loss while a model trains, keeps the best weights and the last ones, and says when no more updates are
/// worth it (docs/method.md, "Which weights are kept"). It draws no random number and changes no weight before
/// <see cref="Choose"/>, so the training goes as it would without.
/// </summary>
/// <param name="choice">What is asked for.</param>
/// <param name="model">The model that trains.</param>
/// <param name="validate">Validation loss of the model as it is, bits per token.</param>
internal sealed class WeightKeeper(CheckpointChoice choice, SuperTransformer model, Func<double> validate) : IDisposable
{
    // First bytes of a saved state: "HsNasK", then the number of the form. Raise the number when the form changes.
    private const ulong Form = 0x48_73_4E_61_73_4B_00_01;

    private readonly List<CheckedLoss> _checks = [];
    private readonly List<WeightSnapshot> _last = [];
    private WeightSnapshot? _best;

    /// <summary>Looks in a row without a better loss have used up the patience.</summary>
    public bool GaveUp => choice.Patience is { } patience && _best is not null
        && _checks.Count - 1 - _checks.IndexOf(_best.Check) >= patience;

    /// <summary>About what <see cref="SaveBehind"/> adds at most.</summary>
    public long Bytes => (choice.Average + 1L) * sizeof(float) * model.parameters().Sum(p => p.numel());

    /// <summary>The last look in words; empty before the first.</summary>
    public string Note => _checks is [.., var check] ? $", validation {check.LossBits:F3} bits" : "";

    /// <summary>Looks at the model if it is time.</summary>
    /// <param name="step">Updates done.</param>
    /// <param name="finished">Whether that was the last update.</param>
    public void After(long step, bool finished)
    {
        if (step % choice.Every != 0 && !finished) return;
        var check = new CheckedLoss(step, validate());
        _checks.Add(check);
        if (_best is null || double.IsNaN(_best.Check.LossBits) || check.LossBits < _best.Check.LossBits)
        {
            _best?.Dispose();
            _best = WeightSnapshot.Of(model, check);
        }

        if (choice.Average < 2) return;
        _last.Add(WeightSnapshot.Of(model, check));
        if (_last.Count <= choice.Average) return;
        _last[0].Dispose();
        _last.RemoveAt(0);
    }

    /// <summary>Gives the model the mean of the last weights, or the best single ones where these are as good.</summary>
    public KeptWeights Choose()
    {
        var best = _best ?? throw new InvalidOperationException("There was no look at the validation loss.");
        double? mean = null;
        if (_last.Count > 1)
        {
            WeightSnapshot.PutMean(_last, model);
            mean = validate();
            if (mean < best.Check.LossBits) return new KeptWeights([.. _last.Select(l => l.Check.Step)], mean, [.. _checks]);
        }

        WeightSnapshot.PutMean([best], model);
        return new KeptWeights([best.Check.Step], mean, [.. _checks]);
    }

    /// <summary>A trainer's checkpoint with this state behind it.</summary>
    public byte[] SaveBehind(byte[] training)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Form);
        writer.Write(training.Length);
        writer.Write(training);
        writer.Write(_checks.Count);
        foreach (var check in _checks)
        {
            writer.Write(check.Step);
            writer.Write(check.LossBits);
        }

        Write(writer, _best is null ? [] : [_best]);
        Write(writer, _last);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>
    /// Restores this state, and the trainer's by <paramref name="restore"/>. False, and nothing is changed, where another version of the
    /// worker wrote the checkpoint.
    /// </summary>
    /// <exception cref="InvalidDataException">The checkpoint is of another model.</exception>
    public bool TryRestore(byte[] checkpoint, Func<byte[], bool> restore)
    {
        using var reader = new BinaryReader(new MemoryStream(checkpoint));
        if (checkpoint.Length < sizeof(ulong) || reader.ReadUInt64() != Form) return false;
        if (!restore(reader.ReadBytes(reader.ReadInt32()))) return false;
        var checks = reader.ReadInt32();
        for (var i = 0; i < checks; i++) _checks.Add(new CheckedLoss(reader.ReadInt64(), reader.ReadDouble()));
        _best = Read(reader).SingleOrDefault();
        _last.AddRange(Read(reader));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _best?.Dispose();
        foreach (var snapshot in _last) snapshot.Dispose();
    }

    private static void Write(BinaryWriter writer, List<WeightSnapshot> snapshots)
    {
        writer.Write(snapshots.Count);
        foreach (var snapshot in snapshots) snapshot.Save(writer);
    }

    private List<WeightSnapshot> Read(BinaryReader reader) =>
        [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => WeightSnapshot.Read(reader, model))];
}
