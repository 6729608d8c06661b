using HsNas.Contracts.Jobs;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Kernel.Validation;

namespace HsNas.Contracts.Requests;

/// <summary>Reads a search request from untrusted bytes: every fault is named, nothing is guessed.</summary>
public static class SearchRequestReader
{
    /// <summary>Largest request, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Reads a request.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="tasks">Names of the tasks that it may use.</param>
    /// <param name="constraints">What it may limit; the built-in constraints where null.</param>
    public static ReadRequest Read(ReadOnlyMemory<byte> json, IReadOnlyCollection<string> tasks, ConstraintSet? constraints = null)
    {
        SearchRequest? request = null;
        var errors = RequestDocument.Read(json, reader => request = Read(reader, tasks, constraints ?? ConstraintSet.BuiltIn));
        return new ReadRequest(errors.Count == 0 ? request : null, errors);
    }

    /// <summary>The fault of a request that is too long to be read.</summary>
    public static FieldError TooLong(long length) => new("$", $"is {length} bytes long; at most {MaxBytes} are allowed.");

    private static SearchRequest Read(FieldReader reader, IReadOnlyCollection<string> tasks, ConstraintSet constraints)
    {
        var task = reader.Text("task", null);
        if (task is null) { if (reader.IsObject && !reader.Has("task")) reader.Fault("task", $"is required; allowed: {string.Join(", ", tasks)}."); }
        else if (!tasks.Contains(task, StringComparer.Ordinal)) reader.Fault("task", $"must be one of {string.Join(", ", tasks)}.");
        var device = reader.Text("device", "default")!;
        if (device.Length is 0 or > 40 || device.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
            reader.Fault("device", "must be 1 to 40 letters, digits or hyphens.");
        var evolution = ReadEvolution(reader.Object("evolution"));
        return new SearchRequest
        {
            Task = task ?? "",
            Device = device,
            Limits = ReadLimits(reader.Object("limits"), constraints),
            Supernet = ReadSupernet(reader.Object("supernet")),
            Teacher = reader.OneOf("teacher", PredictorTeachers.LanguageModel, PredictorTeachers.All),
            Evolution = evolution,
            Window = ReadWindow(reader.Object("window"), evolution.Iterations),
            Labels = reader.Integer("labels", 3000, 20, 100_000),
            MaxCostUsd = ReadMoney(reader),
            Compare = reader.Flag("compare", fallback: false),
            TrainWinner = reader.Flag("trainWinner", fallback: true),
        };
    }

    internal static double? ReadMoney(FieldReader reader)
    {
        var dollars = reader.OptionalPositive("maxCostUsd");
        if (dollars > SearchRequest.MostDollars) reader.Fault("maxCostUsd", $"must be at most {SearchRequest.MostDollars}.");
        return dollars;
    }

    private static SearchConstraints ReadLimits(FieldReader? reader, ConstraintSet constraints)
    {
        var limits = new SearchConstraints();
        if (reader is null) return limits;
        foreach (var constraint in constraints) limits = limits.With(constraint.Id, ReadLimit(reader, constraint));
        reader.RefuseUnknown();
        return limits;
    }

    private static double? ReadLimit(FieldReader reader, Constraint constraint) =>
        !constraint.IsFlag ? reader.OptionalPositive(constraint.Id) : reader.Flag(constraint.Id, fallback: false) ? SearchConstraints.FlagLimit : null;

    private static SupernetChoice ReadSupernet(FieldReader? reader)
    {
        if (reader is null) return new SupernetChoice();
        var choice = new SupernetChoice
        {
            Kind = reader.OneOf("kind", SupernetKinds.Hat, SupernetKinds.All),
            Steps = reader.OptionalInteger("steps", 1, SupernetChoice.MostSteps),
            Experts = reader.OptionalInteger("experts", 1, SupernetKinds.MostExperts),
            RouterWidth = reader.OptionalInteger("routerWidth", 1, SupernetKinds.WidestRouter),
        };
        if (!SupernetKinds.IsMixture(choice.Kind) && (choice.Experts ?? choice.RouterWidth) is not null)
            reader.Fault(choice.Experts is null ? "routerWidth" : "experts", $"belongs to mixtures; kind is {choice.Kind}.");
        reader.RefuseUnknown();
        return choice;
    }

    private static EvolutionOptions ReadEvolution(FieldReader? reader)
    {
        var defaults = new EvolutionOptions { DistinctPopulation = true };
        if (reader is null) return defaults;
        var faults = reader.Faults;
        var options = new EvolutionOptions
        {
            Iterations = reader.Integer("iterations", defaults.Iterations, 1, 10_000),
            Population = reader.Integer("population", defaults.Population, 4, 100_000),
            Parents = reader.Integer("parents", defaults.Parents, 2, 100_000),
            Mutations = reader.Integer("mutations", defaults.Mutations, 0, 100_000),
            Crossovers = reader.Integer("crossovers", defaults.Crossovers, 0, 100_000),
            MutationProbability = reader.Number("mutationProbability", defaults.MutationProbability, 0, 1),
            Seed = reader.Long("seed", defaults.Seed),
            DistinctPopulation = reader.Flag("distinctPopulation", defaults.DistinctPopulation),
        };
        reader.RefuseUnknown();
        if (reader.Faults > faults) return defaults with { Iterations = options.Iterations };
        try
        {
            return options.Validated();
        }
        catch (OptionException e)
        {
            reader.Fault(e.Field, $"is {e.Value}; allowed: {e.Allowed}.");
            return defaults with { Iterations = options.Iterations };
        }
    }

    private static HybridSchedule? ReadWindow(FieldReader? reader, int iterations)
    {
        if (reader is null) return null;
        var faults = reader.Faults;
        var window = new HybridSchedule(reader.Integer("start", -1, -1, iterations), reader.Integer("end", -1, -1, iterations));
        reader.RefuseUnknown();
        if (reader.Faults > faults) return null;
        try
        {
            return window.Validated(iterations);
        }
        catch (OptionException e)
        {
            reader.Fault(e.Field[(e.Field.LastIndexOf('.') + 1)..], $"is {e.Value}; allowed: {e.Allowed}.");
            return null;
        }
    }
}
