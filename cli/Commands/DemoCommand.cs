using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Contracts.Requests;

namespace HsNas.Cli.Commands;

/// <summary><c>demo</c></summary>
internal static class DemoCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var compare = new Option<bool>("--compare")
        {
            Description = "Also run the plain supernet search (HAT) under the same limits, and show both side by side.",
        };
        var seed = new Option<long>("--seed")
        {
            Description = SearchFields.Seed.Meaning,
            DefaultValueFactory = _ => SearchRequest.DefaultEvolution.Seed,
        };
        var latency = new Option<double?>("--latency-ms")
        {
            Description = "Latency limit; chosen after a quick look at this machine where not given.",
        };
        var keep = new Option<bool>("--keep") { Description = "Reuse the last demo's labels and supernet, too." };
        var fresh = new Option<bool>("--fresh")
        {
            Description = "Measure this machine again instead of reusing an earlier demo's latencies.",
        };
        var command = new Command(
            "demo", "A whole hybrid search on this machine: real text, real training, a report. About five minutes on two cores.")
        {
            compare, seed, latency, keep, fresh,
        };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var demo = new Demo(context, DemoTask, parse.GetValue(keep), parse.GetValue(fresh));
            await demo.PrepareAsync(cancellationToken);
            var wish = new DemoWish(parse.GetValue(latency), parse.GetValue(seed), parse.GetValue(compare));
            return await demo.RunAsync(wish, cancellationToken);
        });
        return command;
    }

    private const string DemoTask = "tiny-en-de";
}
