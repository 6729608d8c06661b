using HsNas.Contracts.Supernets;
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
    /// <param name="kinds">Supernets that it may use; the built-in kinds where null.</param>
    public static ReadRequest Read(
        ReadOnlyMemory<byte> json, IReadOnlyCollection<string> tasks, ConstraintSet? constraints = null, SupernetKinds? kinds = null)
    {
        SearchRequest? request = null;
        (constraints, kinds) = (constraints ?? ConstraintSet.BuiltIn, kinds ?? SupernetKinds.BuiltIn);
        var errors = RequestDocument.Read(
            json, SearchFields.All(constraints, kinds), reader => request = Read(reader, tasks, constraints, kinds));
        return new ReadRequest(errors.Count == 0 ? request : null, errors);
    }

    /// <summary>The fault of a request that is too long to be read.</summary>
    public static FieldError TooLong(long length) => new("$", $"is {length} bytes long; at most {MaxBytes} are allowed.");

    private static SearchRequest Read(
        FieldReader reader, IReadOnlyCollection<string> tasks, ConstraintSet constraints, SupernetKinds kinds)
    {
        var (task, device) = (ReadTask(reader, tasks), reader.Text(SearchFields.Device)!);
        var evolution = ReadEvolution(reader.Object(SearchFields.Evolution));
        var limits = ReadLimits(reader.Object(SearchFields.Limits(constraints)), constraints);
        var trained = reader.Flag(SearchFields.TrainWinner);
        return new SearchRequest
        {
            Task = task ?? "",
            Device = device,
            Runtime = reader.Choice(SearchFields.Runtime),
            Limits = limits,
            LatencyConfidence = ReadConfidence(reader, limits),
            Objectives = ReadObjectives(reader, constraints, limits, evolution),
            Supernet = ReadSupernet(reader.Object(SearchFields.Supernet(kinds)), kinds),
            Teacher = reader.Choice(SearchFields.Teacher),
            Evolution = evolution,
            Window = reader.IsWord(SearchFields.Window)
                ? HybridSchedule.Auto : ReadWindow(reader.Object(SearchFields.Window), evolution.Iterations),
            Scoring = reader.Choice(SearchFields.Scoring),
            Labels = reader.Integer(SearchFields.Labels),
            MaxCostUsd = reader.OptionalNumber(SearchFields.MaxCostUsd),
            Compare = reader.Flag(SearchFields.Compare),
            TrainWinner = trained,
            Winner = ReadWinner(reader, trained),
            DistilText = ReadText(reader, trained),
        };
    }

    private static string? ReadTask(FieldReader reader, IReadOnlyCollection<string> tasks)
    {
        var (field, task) = (SearchFields.Task, reader.Text(SearchFields.Task));
        if (task is not null && !tasks.Contains(task, StringComparer.Ordinal))
            reader.Fault(field.Name, $"must be one of {string.Join(", ", tasks)}.");
        else if (reader.IsObject && !reader.Has(field))
            reader.Fault(field.Name, $"is required; allowed: {string.Join(", ", tasks)}.");
        return task;
    }

    private static SearchConstraints ReadLimits(FieldReader? reader, ConstraintSet constraints)
    {
        var limits = new SearchConstraints();
        if (reader is null) return limits;
        foreach (var constraint in constraints) limits = limits.With(constraint.Id, ReadLimit(reader, constraint));
        reader.RefuseUnknown();
        return limits;
    }

    private static IReadOnlyList<string>? ReadObjectives(
        FieldReader reader, ConstraintSet constraints, SearchConstraints limits, EvolutionOptions evolution)
    {
        var field = SearchFields.Objectives(constraints);
        if (reader.List(field) is not { } objectives) return null;
        if (!objectives.Contains(ObjectiveIds.Quality, StringComparer.Ordinal))
            reader.Fault(field.Name, $"must hold {ObjectiveIds.Quality}; a search without it has nothing to find.");
        foreach (var constraint in constraints.Where(c => objectives.Contains(c.Objective) && limits[c.Id] is not null))
        {
            reader.Fault(
                field.Name, $"holds {constraint.Objective}, and limits.{constraint.Id} limits the same; leave out one of them. "
                + "The answer for a limit can be read from the front.");
        }

        if (evolution.Convergence is not null)
        {
            reader.Fault(
                SearchFields.Convergence.Path, "does not go with objectives, because a front has no one best score; leave it out.");
        }

        return objectives;
    }

    private static double? ReadLimit(FieldReader reader, Constraint constraint)
    {
        var field = SearchFields.Limit(constraint);
        if (!constraint.IsFlag) return reader.OptionalNumber(field);
        return reader.Flag(field) ? SearchConstraints.FlagLimit : null;
    }

    private static double? ReadConfidence(FieldReader reader, SearchConstraints limits)
    {
        var confidence = reader.OptionalNumber(SearchFields.LatencyConfidence);
        if (confidence is not null && limits.LatencyMs is null)
            reader.Fault(SearchFields.LatencyConfidence.Name, $"needs a limit to keep: give limits.{ConstraintIds.LatencyMs}, too.");
        return confidence;
    }

    private static SupernetChoice ReadSupernet(FieldReader? reader, SupernetKinds kinds)
    {
        if (reader is null) return new SupernetChoice();
        var faults = reader.Faults;
        var choice = new SupernetChoice
        {
            Kind = reader.Choice(SearchFields.KindOf(kinds)),
            Steps = reader.OptionalInteger(SearchFields.SupernetSteps),
            Experts = reader.OptionalInteger(SearchFields.Experts),
            RouterWidth = reader.OptionalInteger(SearchFields.RouterWidth),
        };
        if (reader.Faults == faults && !kinds.Of(choice.Kind).Mixes && (choice.Experts ?? choice.RouterWidth) is not null)
        {
            var field = choice.Experts is null ? SearchFields.RouterWidth : SearchFields.Experts;
            reader.Fault(field.Name, $"belongs to mixtures; kind is {choice.Kind}.");
        }

        reader.RefuseUnknown();
        return choice;
    }

    private static WinnerChoice? ReadWinner(FieldReader document, bool trained)
    {
        if (document.Object(WinnerFields.Group) is not { } reader) return null;
        var choice = new WinnerChoice
        {
            Steps = reader.OptionalInteger(WinnerFields.Steps),
            CheckEvery = reader.OptionalInteger(WinnerFields.CheckEvery),
            Average = reader.Integer(WinnerFields.Average),
            Patience = reader.OptionalInteger(WinnerFields.Patience),
        };
        reader.RefuseUnknown();
        if (!trained) document.Fault(WinnerFields.Group.Name, $"says how to train a winner; {SearchFields.TrainWinner.Name} is false.");
        return choice;
    }

    private static TextDistillation? ReadText(FieldReader document, bool trained)
    {
        if (document.Object(TextFields.Group) is not { } reader) return null;
        var choice = new TextDistillation
        {
            Teacher = reader.Text(TextFields.Teacher) ?? TextDistillation.Largest,
            Steps = reader.OptionalInteger(TextFields.Steps),
        };
        if (choice is { IsTrained: false, Steps: not null })
            reader.Fault(TextFields.Steps.Name, $"goes with teacher {TextDistillation.Largest}; another teacher is trained already.");
        reader.RefuseUnknown();
        if (!trained) document.Fault(TextFields.Group.Name, $"says what a winner learns from; {SearchFields.TrainWinner.Name} is false.");
        return choice;
    }

    private static EvolutionOptions ReadEvolution(FieldReader? reader)
    {
        var defaults = SearchRequest.DefaultEvolution;
        if (reader is null) return defaults;
        var faults = reader.Faults;
        var options = defaults with
        {
            Iterations = reader.Integer(SearchFields.Iterations),
            Population = reader.Integer(SearchFields.Population),
            Parents = reader.Integer(SearchFields.Parents),
            Mutations = reader.Integer(SearchFields.Mutations),
            Crossovers = reader.Integer(SearchFields.Crossovers),
            MutationProbability = reader.Number(SearchFields.MutationProbability),
            Seed = reader.Long(SearchFields.Seed),
            DistinctPopulation = reader.Flag(SearchFields.DistinctPopulation),
            MaxAttempts = reader.Integer(SearchFields.MaxAttempts),
            Convergence = ReadConvergence(reader.Object(SearchFields.Convergence)),
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

    private static ConvergenceOptions? ReadConvergence(FieldReader? reader)
    {
        if (reader is null) return null;
        var options = new ConvergenceOptions
        {
            Patience = reader.Integer(SearchFields.Patience),
            Tolerance = reader.Number(SearchFields.Tolerance),
        };
        reader.RefuseUnknown();
        return options;
    }

    private static HybridSchedule? ReadWindow(FieldReader? reader, int iterations)
    {
        if (reader is null) return null;
        var faults = reader.Faults;
        var start = reader.Integer(SearchFields.WindowStart with { Most = iterations });
        var window = new HybridSchedule(start, reader.Integer(SearchFields.WindowEnd with { Most = iterations }));
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
