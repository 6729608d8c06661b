using System.CommandLine;
using System.CommandLine.Parsing;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Data;
using HsNas.Cli.Find;
using HsNas.Cli.Find.Wishes;
using HsNas.Local.Stack;

namespace HsNas.Cli.Commands;

/// <summary><c>find</c></summary>
internal static class FindCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var source = new Option<string>("--source")
        {
            Description = "Sentences to translate from, one a line; UTF-8, .gz allowed.", Required = true,
        };
        var target = new Option<string>("--target") { Description = "Their translations, line by line.", Required = true };
        var valid = Pair("--valid", "Validation text, source and target; a fiftieth of the text where not given.");
        var test = Pair("--test", "Test text, source and target; a fiftieth of the text where not given.");
        var languages = Pair(
            "--languages", "Codes of source and target language; from the file names (text.fr, text.en.gz) where not given.");
        var latency = new Option<double>("--latency-ms")
        {
            Description = "Most milliseconds for a sentence of average length on this machine.", Required = true,
        };
        latency.Validators.Add(given =>
        {
            var most = given.GetValueOrDefault<double>();
            if (!(most > 0 && double.IsFinite(most))) given.AddError("--latency-ms must be above 0.");
        });
        var budget = new Option<TimeSpan>("--budget")
        {
            Description = "How long all of it may take: 45m, 2h, 1h30m; two hours where not given.",
            DefaultValueFactory = _ => TimeSpan.FromHours(2), CustomParser = Budget,
        };
        var output = new Option<string?>("--out")
        {
            Description = "Folder for the model; in the work folder (.hsnas/find) where not given.",
        };
        var command = new Command("find", "From your own parallel text to a model that keeps a latency limit; the same command goes on.")
        {
            source, target, valid, test, languages, latency, budget, output,
        };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var files = new ParallelFiles(parse.GetRequiredValue(source), parse.GetRequiredValue(target));
            var wish = new FindWish(
                files, Files(parse.GetValue(valid)), Files(parse.GetValue(test)), parse.GetValue(latency), parse.GetValue(budget),
                parse.GetValue(languages) is [var from, var to] ? (from, to) : null, parse.GetValue(output));
            return await new FindRun(context, wish, StackOptions.WorkersOf(context.Variable)).RunAsync(cancellationToken);
        });
        return command;
    }

    private static ParallelFiles? Files(string[]? names) => names is [var source, var target] ? new ParallelFiles(source, target) : null;

    private static Option<string[]?> Pair(string name, string description) =>
        new(name) { Description = description, Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };

    private static TimeSpan Budget(ArgumentResult given)
    {
        var text = given.Tokens.Count == 1 ? given.Tokens[0].Value : "";
        if (BudgetText.TryParse(text, out var budget)) return budget;
        given.AddError($"--budget is '{text}'; allowed: hours, minutes and seconds such as 2h, 45m or 1h30m, from 1m to 720h.");
        return default;
    }
}
