namespace HsNas.GpuWorker.Training;

/// <summary>
/// Keeps fp16 gradients away from underflow: the loss is multiplied by <see cref="Value"/>, gradients are divided by it. An
/// overflow drops the update and halves the scale; 2,000 updates without one double it.
/// </summary>
/// <param name="enabled">False leaves the scale at 1. Single precision and bf16 need none.</param>
internal sealed class LossScale(bool enabled)
{
    private const int Patience = 2000;
    private const double First = 65536;
    private const double Least = 1d / 1024;

    private int _good;

    /// <summary>Whether gradients are scaled at all.</summary>
    public bool Enabled => enabled;

    /// <summary>The factor now.</summary>
    public double Value { get; private set; } = enabled ? First : 1;

    /// <summary>Updates that were dropped.</summary>
    public long Dropped { get; private set; }

    /// <summary>Notes whether an update's gradients were finite.</summary>
    /// <exception cref="InvalidDataException">No scale avoids the overflow: training diverged.</exception>
    public void Note(bool finite)
    {
        if (!enabled) return;
        if (finite)
        {
            if (++_good < Patience) return;
            (Value, _good) = (Value * 2, 0);
            return;
        }

        (Value, _good) = (Value / 2, 0);
        Dropped++;
        if (Value < Least) throw new InvalidDataException("Gradients overflow at every loss scale: training diverged.");
    }

    /// <summary>Writes the state.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Value);
        writer.Write(_good);
        writer.Write(Dropped);
    }

    /// <summary>Continues from a saved state.</summary>
    public void Restore(BinaryReader reader)
    {
        Value = reader.ReadDouble();
        _good = reader.ReadInt32();
        Dropped = reader.ReadInt64();
    }
}
