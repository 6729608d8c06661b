using System.Diagnostics;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using TorchSharp;

namespace HsNas.Benchmarks.Worker;

/// <summary>
/// <c>training-memory</c>: 10,000 updates of the toy supernet; memory and live tensors must not grow. Only a forced collection
/// shows what is really held, so one precedes each line.
/// </summary>
internal static class TrainingMemory
{
    private const int Steps = 10_000;
    private const int Every = 1_000;

    public static int Run()
    {
        var task = ToyTask.Definition;
        using var trainer =
            new Trainer(task, ToyTask.Data(), new SinglePathOneShot(task.Space, 1), new TrainingPlan(Steps, 10, 1), torch.CPU);
        Console.WriteLine("| updates | resident MB | managed MB | live tensors | loss |");
        Console.WriteLine("|---|---|---|---|---|");
        for (var step = 1; step <= Steps; step++)
        {
            var loss = trainer.Update();
            if (step % Every != 0 && step != 10) continue;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using var process = Process.GetCurrentProcess();
            var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            var (resident, managed) = (process.WorkingSet64 / 1e6, GC.GetTotalMemory(false) / 1e6);
            Console.WriteLine($"| {step:N0} | {resident:F1} | {managed:F1} | {live} | {loss:F3} |");
        }

        return 0;
    }
}
