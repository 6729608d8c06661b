using System.CommandLine;
using System.Text.Json;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Http;
using HsNas.Cli.Screens;
using HsNas.Client;
using HsNas.Kernel;

namespace HsNas.Cli.Commands;

/// <summary><c>search submit|status|watch|report|front|cancel</c>: a client of any function app.</summary>
internal static class SearchCommands
{
    /// <summary><c>search</c></summary>
    public static Command Create(CommandContext context)
    {
        var app = new AppOptions(context);
        SearchClient Client(ParseResult parse) => new(app.AddressOf(parse));
        return new Command("search", "Starts, shows, follows and cancels searches.")
        {
            app.Url, app.Key, CreateSubmit(context, Client), CreateStatus(context, Client), CreateWatch(context, Client),
                CreateReport(context, Client), FrontCommand.Create(context, Client), CreateCancel(context, Client),
        };
    }

    private static Command CreateSubmit(CommandContext context, Func<ParseResult, SearchClient> client)
    {
        var file = new Argument<FileInfo?>(
            "file") { Description = "Request as JSON; instead of options.", Arity = ArgumentArity.ZeroOrOne };
        var watch = new Option<bool>("--watch") { Description = "Follow the search to its end." };
        var options = new SearchOptions(context.Constraints, context.SupernetKinds);
        var command = new Command("submit", "Starts a search and prints its id.") { file, watch };
        options.AddTo(command);
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var request = (parse.GetValue(file), options.Read(parse)) switch
            {
                ({ } given, null) => await RequestFile.ReadAsync(given, cancellationToken),
                (null, { } json) => json.ToBytes(),
                (null, null) => throw new CliException("What to search? Name a request file, or at least --task."),
                _ => throw new CliException("Give either a request file or options, not both."),
            };
            using var http = client(parse);
            var accepted = await http.SubmitAsync(request, key: null, cancellationToken);
            context.Say(accepted.Id);
            return parse.GetValue(watch) ? await WatchAsync(context, http, accepted.Id, cancellationToken) : 0;
        });
        return command;
    }

    private static Command CreateStatus(CommandContext context, Func<ParseResult, SearchClient> client)
    {
        var id = Id();
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON." };
        var command = new Command("status", "Shows how far a search is.") { id, json };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            using var http = client(parse);
            var status = await http.StatusAsync(parse.GetRequiredValue(id), cancellationToken);
            if (parse.GetValue(json)) context.Say(JsonSerializer.Serialize(status, Json.Indented));
            else
            {
                context.Say(status.Error is null ? status.Status : $"{status.Status}: {status.Error}");
                context.Console.Write(StatusTable.Build(status, trouble: null));
            }

            return 0;
        });
        return command;
    }

    private static Command CreateWatch(CommandContext context, Func<ParseResult, SearchClient> client)
    {
        var id = Id();
        var command = new Command("watch", "Follows a search to its end and prints what it found.") { id };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            using var http = client(parse);
            return await WatchAsync(context, http, parse.GetRequiredValue(id), cancellationToken);
        });
        return command;
    }

    private static Command CreateReport(CommandContext context, Func<ParseResult, SearchClient> client)
    {
        var id = Id();
        var output = new Option<FileInfo>(
            "--out") { Description = "File to write.", DefaultValueFactory = _ => new FileInfo("hsnas-report.html") };
        var command = new Command("report", "Saves a finished search's report.") { id, output };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            using var http = client(parse);
            var file = parse.GetRequiredValue(output);
            await File.WriteAllBytesAsync(
                file.FullName, await http.ReportAsync(parse.GetRequiredValue(id), cancellationToken), cancellationToken);
            context.Say(Workspace.Display(file.FullName));
            return 0;
        });
        return command;
    }

    private static Command CreateCancel(CommandContext context, Func<ParseResult, SearchClient> client)
    {
        var id = Id();
        var command = new Command("cancel", "Stops a search.") { id };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            using var http = client(parse);
            await http.CancelAsync(parse.GetRequiredValue(id), cancellationToken);
            context.Say("Cancelled.");
            return 0;
        });
        return command;
    }

    private static async Task<int> WatchAsync(CommandContext context, SearchClient client, string id, CancellationToken cancellationToken)
    {
        var outcome = await SearchOutcome.FollowAsync(context, client, id, cancellationToken);
        if (outcome.Result is null) return outcome.ExitCode;
        ResultScreen.Print(context.Console, outcome.Result, [$"Report: {client.ReportAddress(id)}"], context.Constraints);
        return outcome.ExitCode;
    }

    private static Argument<string> Id() => new("id") { Description = "Id that 'submit' printed." };
}
