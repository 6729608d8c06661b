using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Training;
using HsNas.Spaces;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Support;

/// <summary>Small supernets of every kind.</summary>
internal static class Designs
{
    public static SupernetDesign Of(string kind) => new(SupernetKinds.BuiltIn.Of(kind), Experts: 3, RouterWidth: 8);

    public static TheoryData<string> Kinds => [.. SupernetKinds.BuiltIn.Ids];

    public static Trainer Trainer(string kind, TrainingPlan plan, TaskDefinition? task = null)
    {
        var (space, design) = (ToyTask.Definition.Space, Of(kind));
        var schedule = ArchitectureSchedules.Create(design.Kind.Schedule, space, plan.Seed);
        return new Trainer(task ?? ToyTask.Definition, ToyTask.Data(), schedule, plan, torch.CPU, design);
    }
}
