using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Contracts.Requests;
using HsNas.Evaluation.InContext;
using HsNas.Kernel.Validation;
using HsNas.Llm;
using HsNas.Predictors.LanguageModels;
using HsNas.Translation;
using Microsoft.Extensions.Configuration;

namespace HsNas.Cli.Predictors;

/// <summary>Options that say which language model answers and how it is asked.</summary>
internal sealed class LanguageModelSettings
{
    /// <summary>Value of <c>--endpoint</c> for the regression that comes with the repository.</summary>
    public const string Local = "local";

    private readonly Option<string?> _endpoint =
        new("--endpoint") { Description = "Address of the model, as Llm__Endpoint; other settings Llm__..., a key for one, come from "
            + "the environment as docs/llm.md shows. Or \"local\": the in-context regression of this repository, no language model." };
    private readonly Option<string?> _model =
        new("--model") { Description = "Model at the endpoint; Llm__Model where not given. At \"local\": one of its regressions; all "
            + "where not given." };
    private readonly Option<decimal?> _most =
        new(EndpointModel.LimitOption) { Description = "Most that this run may spend on answers, US dollars; a hard limit. What was "
            + "bought is kept, and the next run goes on from there." };
    private readonly Option<int> _orders =
        new("--orders") { Description = "Orders of the demonstrations, for the spread.", DefaultValueFactory = _ => 5 };
    private readonly Option<int> _samples =
        new("--samples") { Description = "Answers to each of these prompts.", DefaultValueFactory = _ => 1 };
    private readonly Option<FileInfo?> _source =
        new("--source") { Description = "Sentences for the prompt's second instruction, one a line; the validation part of the task's "
            + "data set where not given." };
    private readonly Option<FileInfo?> _target = new("--target") { Description = "Their translations." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_endpoint, _model, _most, _orders, _samples, _source, _target]) command.Add(option);
    }

    /// <summary>Opens the model; null where the command line names none and <paramref name="otherwise"/> is null.</summary>
    /// <exception cref="CliException">The endpoint is no address, no model is named, or a setting is out of range.</exception>
    /// <exception cref="OptionException">An option is out of range.</exception>
    /// <exception cref="LabelUnavailableException">A limit on money, and no price to keep it with.</exception>
    public async Task<LanguageModelSession?> OpenAsync(
        CommandContext context, ParseResult parse, string? otherwise, CancellationToken cancellationToken)
    {
        if ((parse.GetValue(_endpoint) ?? otherwise) is not { } endpoint) return null;
        var (orders, samples) = (parse.GetValue(_orders), parse.GetValue(_samples));
        OptionException.ThrowUnless(orders is >= 1 and <= 100, "--orders", orders, "1 to 100");
        OptionException.ThrowUnless(samples is >= 1 and <= 100, "--samples", samples, "1 to 100");
        OptionException.ThrowUnless(orders * samples > 1, "--orders x --samples", orders * samples,
            "at least 2, since one answer has no spread");
        var pairs = await PairsAsync(parse.GetValue(_source), parse.GetValue(_target), cancellationToken);
        var most = parse.GetValue(_most);
        OptionException.ThrowUnless(
            most is null or (> 0 and <= LabelCount.MostDollars), EndpointModel.LimitOption, most,
                $"above 0, at most {LabelCount.MostDollars}");
        if (endpoint == Local)
        {
            var names = parse.GetValue(_model) is { } name ? [name] : StandInModels.Names;
            if (names.Except(StandInModels.Names, StringComparer.Ordinal).Any())
                throw new CliException(
                    $"--model is {names[0]}; with --endpoint {Local} expected {string.Join(" or ", StandInModels.Names)}, or nothing "
                        + "for both.");
            var server = await LocalModel.StartAsync(context.Workspace, cancellationToken);
            LanguageModelSession[] sessions =
                [.. names.Select(
                n => new LanguageModelSession(server.Model(n, most, context.Time), pairs, orders, samples, context.Say, server))];
            return sessions[0] with { Beside = sessions[1..] };
        }

        var options = Options(context, endpoint, parse.GetValue(_model));
        return new LanguageModelSession(
            new EndpointModel(options, context.Workspace.Data, most, context.Time), pairs, orders, samples, context.Say, null);
    }

    private static LlmOptions Options(CommandContext context, string endpoint, string? model)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CliException($"--endpoint is {endpoint}; expected an http address, or \"{Local}\".");
        var settings = LlmOptions.SettingNames.ToDictionary(
            n => n, n => context.Variable(n.Replace(":", "__", StringComparison.Ordinal)), StringComparer.Ordinal);
        settings["Llm:Endpoint"] = endpoint;
        settings["Llm:Model"] = model ?? settings["Llm:Model"]
            ?? throw new CliException("No model is named: give --model, or set Llm__Model.");
        try
        {
            return LlmOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Where(s => s.Value is not null)).Build());
        }
        catch (InvalidOperationException e)
        {
            throw new CliException(e.Message);
        }
    }

    private static async Task<IReadOnlyList<SentencePair>> PairsAsync(
        FileInfo? source, FileInfo? target, CancellationToken cancellationToken)
    {
        if (source is null && target is null) return [];
        if (source is null || target is null) throw new CliException("--source and --target belong together: give both or none.");
        foreach (var file in (FileInfo[])[source, target])
            if (!file.Exists) throw new CliException($"{file} does not exist.");
        var (left, right) = (await File.ReadAllLinesAsync(source.FullName, cancellationToken),
            await File.ReadAllLinesAsync(target.FullName, cancellationToken));
        return left.Length == right.Length && left.Length > 0 ? [.. left.Zip(right, (s, t) => new SentencePair(s, t)).Take(1000)]
            : throw new CliException(
                $"{source.Name} has {left.Length} lines and {target.Name} {right.Length}; expected as many, and at least one.");
    }
}
