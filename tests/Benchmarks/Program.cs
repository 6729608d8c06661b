using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Running;
using HsNas.Benchmarks.Deployment;
using HsNas.Benchmarks.Durability;
using HsNas.Benchmarks.Latency;
using HsNas.Benchmarks.Predictors;
using HsNas.Benchmarks.Fronts;
using HsNas.Benchmarks.Runtimes;
using HsNas.Benchmarks.SearchWork;
using HsNas.Benchmarks.Worker;

switch (args)
{
    case ["training-memory"]: return TrainingMemory.Run();
    case ["scoring", var store]: return await WholeSearchScoring.RunAsync(store);
    case ["winner", var store, var task, var steps]:
        return await WinnerTraining.RunAsync(store, task, int.Parse(steps, CultureInfo.InvariantCulture));
    case ["distil-text", var store, var task]: return await TextDistillationTable.RunAsync(store, task);
    case ["search-work", var store, var task, ..]:
        return await SearchWorkBenchmark.RunAsync(store, task, args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 10);
    case ["search-losses", var store, var task, var seed]:
        return await SearchWorkBenchmark.LossesAsync(store, task, int.Parse(seed, CultureInfo.InvariantCulture));
    case ["pareto", var store, var folder, ..]: return await ParetoBenchmark.RunAsync(store, folder, Number(3) ?? 5, Number(4));
    case ["device", var device, var task, ..]: return DeviceThroughput.Run(device, task, Number(3) ?? 50, Number(4));
    case ["generation-cost", var connection, var search]: return await GenerationCost.RunAsync(connection, search);
    case ["simulated-day"]: return await SimulatedDay.RunAsync();
    case ["engine-throughput"]: return await EngineThroughput.RunAsync();
    case ["throughput-server"]: return ThroughputServer.Run();
    case ["compare", var first, var second, ..]: return ServerComparison.Run(first, second, args.Length > 3 ? int.Parse(args[3]) : 12);
    case ["latency-promise", ..]: return LatencyPromise.Run(args.Length > 1 ? int.Parse(args[1]) : 200);
    case ["latency-adaptation", ..]: return LatencyAdaptation.Run(args.Length > 1 ? int.Parse(args[1]) : 50);
    case ["latency-pace", var task, ..]: return LatencyPace.Run(task, Number(2) ?? 120, args.ElementAtOrDefault(3) ?? "cpu");
    case ["runtimes", var task, ..]: return await RuntimeComparison.RunAsync(task, Number(2) ?? 120, Number(3), Number(4));
    case ["rank-loss", ..]: return await RankLossComparison.RunAsync(args.Length > 1 ? int.Parse(args[1]) : 30);
    case ["deployment", var model, var dataset, ..]: return DeploymentBenchmark.Run(model, dataset, Number(3) ?? 5);
    case ["onnx-agreement", ..]: return AgreementBenchmark.Run(Number(1) ?? 200);
    default:
        BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
        return 0;
}

int? Number(int index) => args.Length > index ? int.Parse(args[index]) : null;
