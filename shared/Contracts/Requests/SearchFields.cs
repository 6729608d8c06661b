using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;

namespace HsNas.Contracts.Requests;

/// <summary>The fields of a <see cref="SearchRequest"/>: the only place that says their names, ranges, defaults and meanings.</summary>
public static class SearchFields
{
    private const int MostIterations = EvolutionOptions.MostIterations;
    private const int MostCandidates = EvolutionOptions.MostCandidates;
    private const int MostTolerance = 100;
    private const string WindowOption = "--window";
    private static readonly SearchRequest Defaults = new() { Task = "" };

    /// <summary>"task"</summary>
    public static RequestField Task { get; } =
        new("task", FieldKind.Text, "Name of the task, for example tiny-en-de.") { IsRequired = true };

    /// <summary>"device"</summary>
    public static RequestField Device { get; } = new("device", FieldKind.Text, "Name of the target device; its latencies are reused.")
    {
        Default = Defaults.Device,
        Pattern = "^[A-Za-z0-9-]{1,40}$",
        PatternFault = "must be 1 to 40 letters, digits or hyphens.",
    };

    /// <summary>"runtime"</summary>
    public static RequestField Runtime { get; } = new(
        "runtime", FieldKind.Choice, "What the model will run in on the device; latencies are measured, predicted and limited in it.")
    {
        Choices = LatencyRuntimes.All, Default = Defaults.Runtime,
    };

    /// <summary>"evolution.iterations"</summary>
    public static RequestField Iterations { get; } =
        Count("evolution.iterations", "Generations.", 1, MostIterations, Defaults.Evolution.Iterations);

    /// <summary>"evolution.population"</summary>
    public static RequestField Population { get; } = Count(
        "evolution.population", "Candidates a generation: parents + mutations + crossovers.", 4, MostCandidates,
        Defaults.Evolution.Population);

    /// <summary>"evolution.parents"</summary>
    public static RequestField Parents { get; } =
        Count("evolution.parents", "Best candidates kept from one generation to the next.", 2, MostCandidates, Defaults.Evolution.Parents);

    /// <summary>"evolution.mutations"</summary>
    public static RequestField Mutations { get; } =
        Count("evolution.mutations", "Mutants a generation.", 0, MostCandidates, Defaults.Evolution.Mutations);

    /// <summary>"evolution.crossovers"</summary>
    public static RequestField Crossovers { get; } =
        Count("evolution.crossovers", "Crossovers a generation.", 0, MostCandidates, Defaults.Evolution.Crossovers);

    /// <summary>"evolution.mutationProbability"</summary>
    public static RequestField MutationProbability { get; } =
        new("evolution.mutationProbability", FieldKind.Number, "Probability that a mutant's gene is drawn anew.")
        {
            Least = 0, Most = 1, Default = Defaults.Evolution.MutationProbability,
        };

    /// <summary>"evolution.seed"</summary>
    public static RequestField Seed { get; } =
        new("evolution.seed", FieldKind.WholeNumber, "Seed of the evolution.") { Default = Defaults.Evolution.Seed };

    /// <summary>"evolution.distinctPopulation"</summary>
    public static RequestField DistinctPopulation { get; } =
        new("evolution.distinctPopulation", FieldKind.Flag, "Whether the candidates of one generation must differ.")
        {
            Default = Defaults.Evolution.DistinctPopulation,
        };

    /// <summary>"evolution.maxAttempts"</summary>
    public static RequestField MaxAttempts { get; } = Count(
        "evolution.maxAttempts", "Most draws for one population before the limits are taken to leave too little of the space.",
        1, EvolutionOptions.MostAttempts, Defaults.Evolution.MaxAttempts);

    /// <summary>"evolution.convergence.patience"</summary>
    public static RequestField Patience { get; } = Count(
        "evolution.convergence.patience", "Generations without improvement after which the search ends early.", 1, MostIterations,
        new ConvergenceOptions().Patience);

    /// <summary>"evolution.convergence.tolerance"</summary>
    public static RequestField Tolerance { get; } =
        new("evolution.convergence.tolerance", FieldKind.Number, "An improvement of at most this, in the metric's unit, does not count.")
        {
            Least = 0, Most = MostTolerance, Default = new ConvergenceOptions().Tolerance,
        };

    /// <summary>"evolution.convergence"</summary>
    public static RequestField Convergence { get; } = new(
        "evolution.convergence", FieldKind.Group,
        "Ends the search early where it improves no more, but never inside the window; all generations are run where it is null.")
    {
        IsNullable = true,
        Fields = [Patience, Tolerance],
    };

    /// <summary>"evolution"</summary>
    public static RequestField Evolution { get; } = new("evolution", FieldKind.Group, "Settings of the evolution.")
    {
        IsNullable = true,
        Fields = [Iterations, Population, Parents, Mutations, Crossovers, MutationProbability, Seed, DistinctPopulation, MaxAttempts,
            Convergence],
    };

    /// <summary>"supernet.kind"</summary>
    public static RequestField KindOf(SupernetKinds kinds) => new("supernet.kind", FieldKind.Choice, "Kind of supernet.")
    {
        Choices = kinds.Ids, Default = Defaults.Supernet.Kind, Option = "--supernet",
    };

    /// <summary>"supernet.steps"</summary>
    public static RequestField SupernetSteps { get; } = OptionalCount(
        "supernet.steps", "Updates of the supernet; the task's own number where not given.", SupernetChoice.MostSteps, "--supernet-steps");

    /// <summary>"supernet.experts"</summary>
    public static RequestField Experts { get; } = OptionalCount(
        "supernet.experts", $"Experts a layer of a mixture; {SupernetKinds.DefaultExperts} where not given.", SupernetKinds.MostExperts,
        "--supernet-experts");

    /// <summary>"supernet.routerWidth"</summary>
    public static RequestField RouterWidth { get; } = OptionalCount(
        "supernet.routerWidth", $"Hidden width of a mixture's routers; {SupernetKinds.DefaultRouterWidth} where not given.",
        SupernetKinds.WidestRouter, "--supernet-router-width");

    /// <summary>"supernet"</summary>
    public static RequestField Supernet(SupernetKinds kinds) => new("supernet", FieldKind.Group, "The weight-sharing supernet.")
    {
        IsNullable = true,
        Fields = [KindOf(kinds), SupernetSteps, Experts, RouterWidth],
    };

    /// <summary>"teacher"</summary>
    public static RequestField Teacher { get; } =
        new("teacher", FieldKind.Choice, "What labels architectures for the distilled predictor: the language model, or the supernet.")
        {
            Choices = PredictorTeachers.All, Default = Defaults.Teacher,
        };

    /// <summary>"window.start"; its greatest value is the number of generations.</summary>
    public static RequestField WindowStart { get; } =
        Count("window.start", "First generation that the distilled predictor ranks; -1 with end -1: none.", -1, MostIterations, -1)
            with { Option = WindowOption };

    /// <summary>"window.end"; its greatest value is the number of generations.</summary>
    public static RequestField WindowEnd { get; } =
        Count("window.end", "Last generation that the distilled predictor ranks.", -1, MostIterations, -1)
            with { Option = WindowOption };

    /// <summary>"window"</summary>
    public static RequestField Window { get; } = new(
        "window", FieldKind.Group,
        "First and last generation that the distilled predictor ranks; -1 -1 for none; the first half where not given; "
        + "auto: it takes part in every generation, and the supernet is asked only where that leaves a doubt.")
    {
        Word = HybridSchedule.AutoWord,
        IsNullable = true,
        Fields = [WindowStart, WindowEnd],
        Option = WindowOption,
    };

    /// <summary>"scoring"</summary>
    public static RequestField Scoring { get; } = new(
        "scoring", FieldKind.Choice,
        "How the supernet ranks a generation. full: each candidate on the whole text. race: only as far as the parents are in doubt. "
        + "surrogate: the same, and candidates whose architecture speaks against them are not scored at all.")
    {
        Choices = ScoringModes.All, Default = Defaults.Scoring,
    };

    /// <summary>"labels"</summary>
    public static RequestField Labels { get; } = Count(
        "labels", "Architectures that are labelled where there is no distilled predictor yet.",
        LabelCount.Least, LabelCount.Most, Defaults.Labels);

    /// <summary>"maxCostUsd"</summary>
    public static RequestField MaxCostUsd { get; } =
        new("maxCostUsd", FieldKind.Number, "Most that labels may cost, US dollars; asking stops before it is passed.")
        {
            Above = 0, Most = LabelCount.MostDollars, IsNullable = true,
        };

    /// <summary>"compare"</summary>
    public static RequestField Compare { get; } =
        new("compare", FieldKind.Flag, "Whether the plain supernet search (HAT) is run under the same limits, too.")
        {
            Default = Defaults.Compare,
        };

    /// <summary>"trainWinner"</summary>
    public static RequestField TrainWinner { get; } =
        new("trainWinner", FieldKind.Flag, "Whether the winner is trained from scratch.")
        {
            Default = Defaults.TrainWinner, Option = "--no-training",
        };

    /// <summary>"limits", with a field for each constraint.</summary>
    public static RequestField Limits(ConstraintSet constraints) => new("limits", FieldKind.Group, "Hard limits.")
    {
        IsNullable = true,
        Fields = [.. constraints.Select(Limit)],
    };

    /// <summary>"objectives"; what may be one is up to the constraints.</summary>
    public static RequestField Objectives(ConstraintSet constraints)
    {
        ArgumentNullException.ThrowIfNull(constraints);
        return new RequestField(
            "objectives", FieldKind.List, "What the search trades off instead of keeping one limit; quality is one of them.")
        {
            Choices = constraints.Objectives, Least = 2, Most = 3, IsNullable = true,
        };
    }

    /// <summary>The field of one limit.</summary>
    public static RequestField Limit(Constraint constraint)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        var kind = constraint.IsFlag ? FieldKind.Flag : FieldKind.Number;
        return new RequestField($"limits.{constraint.Id}", kind, constraint.Description)
        {
            Above = constraint.IsFlag ? null : 0,
            IsNullable = !constraint.IsFlag,
            Default = constraint.IsFlag ? false : null,
            Option = constraint.Option,
        };
    }

    /// <summary>"latencyConfidence"</summary>
    public static RequestField LatencyConfidence { get; } = new(
        "latencyConfidence", FieldKind.Number,
        "Probability with which the latency limit is kept: upper bounds at this confidence count instead of predictions.")
    {
        Above = 0.5, Below = 1, IsNullable = true,
    };

    /// <summary>All fields of a request, in the order in which they are documented.</summary>
    /// <param name="constraints">What a request may limit.</param>
    /// <param name="kinds">The supernets that it may use.</param>
    public static IReadOnlyList<RequestField> All(ConstraintSet constraints, SupernetKinds kinds) =>
        [Task, Device, Runtime, Evolution, Limits(constraints), LatencyConfidence, Objectives(constraints), Supernet(kinds), Teacher,
            Window, Scoring, Labels, MaxCostUsd, Compare, TrainWinner, WinnerFields.Group, TextFields.Group];

    private static RequestField Count(string path, string meaning, int least, int most, int fallback) =>
        new(path, FieldKind.WholeNumber, meaning) { Least = least, Most = most, Default = fallback };

    private static RequestField OptionalCount(string path, string meaning, int most, string option) =>
        new(path, FieldKind.WholeNumber, meaning) { Least = 1, Most = most, IsNullable = true, Option = option };
}
