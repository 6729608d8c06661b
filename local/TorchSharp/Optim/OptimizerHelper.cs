using static TorchSharp.torch;

namespace TorchSharp.Modules;

public abstract class OptimizerState
{
    protected OptimizerState(Parameter parameter) => Parameter = parameter;

    internal Parameter Parameter { get; }

    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void Initialize(OptimizerOptions options);
}

/// <summary>Saves options by group and states by parameter, in the order of the parameters.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private protected abstract IEnumerable<OptimizerState> States { get; }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        var states = States.ToList();
        writer.Write(GetType().Name);
        writer.Write(Groups.Count);
        writer.Write(states.Count);
        foreach (var group in Groups) group.Options.SaveStateDict(writer);
        foreach (var state in states) state.SaveStateDict(writer);
    }

    public void load_state_dict(BinaryReader reader)
    {
        var states = States.ToList();
        if (reader.ReadString() != GetType().Name) throw new InvalidDataException("the state belongs to another kind of optimizer");
        if (reader.ReadInt32() != Groups.Count || reader.ReadInt32() != states.Count) throw new InvalidDataException("the state belongs to other parameters");
        foreach (var group in Groups) group.Options.LoadStateDict(reader);
        foreach (var state in states) state.LoadStateDict(reader);
    }
}
