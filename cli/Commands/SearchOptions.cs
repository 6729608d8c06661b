using System.CommandLine;
using HsNas.Cli.Http;
using HsNas.Contracts.Jobs;
using HsNas.Evolution.Constraints;

namespace HsNas.Cli.Commands;

/// <summary>Options that describe a search, for users who do not want to write a file.</summary>
internal sealed class SearchOptions(ConstraintSet constraints)
{
    private readonly LimitOptions _limits = new(constraints);
    private readonly Option<string?> _task = new("--task") { Description = "Task, for example tiny-en-de." };
    private readonly Option<string?> _device = new("--device") { Description = "Name of the target device." };
    private readonly Option<int?> _iterations = new("--iterations") { Description = "Generations (30)." };
    private readonly Option<long?> _seed = new("--seed") { Description = "Seed of the evolution (1)." };
    private readonly Option<string?> _supernet = new("--supernet") { Description = $"Kind of supernet: {string.Join(", ", SupernetKinds.All)} (hat)." };
    private readonly Option<int?> _supernetSteps = new("--supernet-steps") { Description = "Updates of the supernet; the task's own number where not given." };
    private readonly Option<string?> _teacher = new("--teacher") { Description = "Who labels for the distilled predictor: llm, or supernet for distilled HAT (llm)." };
    private readonly Option<int[]?> _window = new("--window")
    {
        Description = "First and last generation that the distilled MLP ranks; -1 -1 for none. The first half where not given.",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _labels = new("--labels") { Description = "Architectures labelled where there is no predictor yet (3000)." };
    private readonly Option<double?> _maxCost = new("--max-cost-usd") { Description = "Most that labels may cost, US dollars; asking stops before it is passed." };
    private readonly Option<bool> _compare = new("--compare") { Description = "Also run the plain supernet search (HAT) under the same limits." };
    private readonly Option<bool> _noTraining = new("--no-training") { Description = "Do not train the winner." };

    /// <summary>Adds all to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] others = [_iterations, _seed, _supernet, _supernetSteps, _teacher, _window, _labels, _maxCost, _compare, _noTraining];
        foreach (var option in (Option[])[_task, _device, .. _limits.All, .. others]) command.Options.Add(option);
    }

    /// <summary>The request; null where no task is named.</summary>
    public SearchRequestJson? Read(ParseResult parse) => parse.GetValue(_task) is not { } task ? null : new SearchRequestJson
    {
        Task = task,
        Device = parse.GetValue(_device),
        Limits = _limits.Read(parse),
        Iterations = parse.GetValue(_iterations),
        Seed = parse.GetValue(_seed),
        Supernet = parse.GetValue(_supernet),
        SupernetSteps = parse.GetValue(_supernetSteps),
        Teacher = parse.GetValue(_teacher),
        Window = parse.GetValue(_window) is [var start, var end] ? (start, end) : null,
        Labels = parse.GetValue(_labels),
        MaxCostUsd = parse.GetValue(_maxCost),
        Compare = parse.GetValue(_compare),
        NoTraining = parse.GetValue(_noTraining),
    };
}
