using System.CommandLine;
using System.CommandLine.Parsing;
using HsNas.Simulation.Devices;
using HsNas.Simulation.Parts;

namespace HsNas.Simulation.Commands;

/// <summary><c>./hsnas scale</c>.</summary>
internal static class ScaleCommand
{
    public static Command Create()
    {
        var searches = Whole("--searches", "Searches, 1 to 100000.", 100, 100_000);
        var workers = Whole("--workers", "GPU workers at most, 1 to 1000.", 4, 1_000);
        var tasks = Whole("--tasks", "Tasks that the searches are spread over, 1 to 1000.", 1, 1_000);
        var hours = Positive("--hours", "Hours over which they come; 0: all at once.", 24);
        var device = new Option<string>("--device") { Description = "GPU: h100, a100 or t4.", DefaultValueFactory = _ => "a100" };
        device.AcceptOnlyFromAmong([.. GpuDevice.All.Select(d => d.Name)]);
        var spot = Positive("--spot-losses", "Losses of a spot worker an hour; 0: workers at the full price.", 0);
        var tokens = Positive("--tokens-per-minute", "Tokens a minute of the language model.", new Deployment().TokensPerMinute);
        var polling = Positive("--hub-polling", "Longest wait between looks at an empty queue of the task hub, s.", 1);
        var partitions = Whole("--partitions", "Control queues, 1 to 16.", 4, 16);
        var winner = new Option<bool>("--train-winner") { Description = "Train each winner from scratch." };
        var seed = new Option<long>("--seed") { Description = "Seed.", DefaultValueFactory = _ => 1 };
        var tables = new Option<bool>("--tables") { Description = "Print the tables of docs/scale.md." };
        var command = new Command("scale", "Simulates many searches of WMT size on a deployment and says what would be short first.")
        {
            searches, workers, tasks, hours, device, spot, tokens, polling, partitions, winner, seed, tables,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(tables)) return ScaleTables.Print(Console.Out);
            var gpu = GpuDevice.All.Single(d => d.Name == parsed.GetValue(device));
            var losses = parsed.GetValue(spot);
            var deployment = new Deployment
            {
                Workers = parsed.GetValue(workers), SpotLossesPerHour = losses, WorkerPrice = losses > 0 ? gpu.SpotPrice : gpu.Price,
                TokensPerMinute = parsed.GetValue(tokens), HubPolling = parsed.GetValue(polling), Partitions = parsed.GetValue(partitions),
            };
            var work = WmtWork.Search(gpu) with
            {
                Searches = parsed.GetValue(searches), Tasks = parsed.GetValue(tasks), Hours = parsed.GetValue(hours),
                Seed = parsed.GetValue(seed),
            };
            if (!parsed.GetValue(winner)) work = work with { Winner = 0 };
            Console.WriteLine(ScaleTables.Head);
            Console.WriteLine(ScaleTables.Row(gpu.Name, deployment, work));
            return 0;
        });
        return command;
    }

    private static Option<int> Whole(string name, string text, int value, int most)
    {
        var option = new Option<int>(name) { Description = text, DefaultValueFactory = _ => value };
        option.Validators.Add(r => Check(r, r.GetValueOrDefault<int>() is var v && v >= 1 && v <= most, $"1 to {most}"));
        return option;
    }

    private static Option<double> Positive(string name, string text, double value)
    {
        var option = new Option<double>(name) { Description = text, DefaultValueFactory = _ => value };
        option.Validators.Add(r => Check(r, r.GetValueOrDefault<double>() is >= 0 and < 1e12, "0 or more"));
        return option;
    }

    private static void Check(OptionResult result, bool holds, string allowed)
    {
        if (!holds) result.AddError($"{result.Option.Name}: allowed: {allowed}.");
    }
}
