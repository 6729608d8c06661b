using System.CommandLine;
using System.Text;
using System.Text.Json;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Http;
using HsNas.Cli.Screens;
using HsNas.Client;
using HsNas.Kernel;

namespace HsNas.Cli.Commands;

/// <summary><c>sweep submit|status|table|stop|resume|add</c>: a client of any function app.</summary>
internal static class SweepCommands
{
    private static readonly string[] Formats = ["csv", "json", "html"];

    /// <summary><c>sweep</c></summary>
    public static Command Create(CommandContext context)
    {
        var app = new AppOptions(context);
        SweepClient Client(ParseResult parse) => new(app.AddressOf(parse));
        return new Command("sweep", "Starts, shows, stops and extends sweeps: grids of searches with one limit on money.")
        {
            app.Url, app.Key, CreateSubmit(context, Client), CreateStatus(context, Client), CreateTable(context, Client),
            CreateSteer(context, "stop", "Lets no further search start; those under way run to their end.", "Stopped.",
                Client, (http, id, token) => http.StopAsync(id, token)),
            CreateSteer(context, "resume", "Lets a sweep go on; searches that failed are begun once more.", "Resumed.",
                Client, (http, id, token) => http.ResumeAsync(id, token)),
            CreateAdd(context, Client),
        };
    }

    private static Command CreateSubmit(CommandContext context, Func<ParseResult, SweepClient> client)
    {
        var file = File("Request as JSON (docs/requests.md).");
        var name = new Option<string?>("--idempotency-key")
        {
            Description = "Names the request: repeated with the same key, it gets the sweep that it started first.",
        };
        var command = new Command("submit", "Starts a sweep and prints its id.") { file, name };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var request = await RequestFile.ReadAsync(parse.GetRequiredValue(file), cancellationToken);
            using var http = client(parse);
            context.Say((await http.SubmitAsync(request, parse.GetValue(name), cancellationToken)).Id);
            return 0;
        });
        return command;
    }

    private static Command CreateStatus(CommandContext context, Func<ParseResult, SweepClient> client)
    {
        var id = Id();
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON." };
        var command = new Command("status", "Shows how far a sweep is.") { id, json };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            using var http = client(parse);
            var status = await http.StatusAsync(parse.GetRequiredValue(id), cancellationToken);
            if (parse.GetValue(json)) context.Say(JsonSerializer.Serialize(status, Json.Indented));
            else SweepScreen.Print(context, status);
            return 0;
        });
        return command;
    }

    private static Command CreateTable(CommandContext context, Func<ParseResult, SweepClient> client)
    {
        var id = Id();
        var format = new Option<string>("--format") { Description = "csv, json or html.", DefaultValueFactory = _ => Formats[0] };
        format.AcceptOnlyFromAmong(Formats);
        var exact = new Option<bool>("--no-measured")
        {
            Description = "Leave out the columns that another run of the same sweep would fill otherwise.",
        };
        var output = new Option<FileInfo?>("--out") { Description = "File to write; printed where not given." };
        var command = new Command("table", "Shows the results of a sweep as far as they are there.") { id, format, exact, output };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            using var http = client(parse);
            var table = await http.TableAsync(
                parse.GetRequiredValue(id), parse.GetRequiredValue(format), !parse.GetValue(exact), cancellationToken);
            if (parse.GetValue(output) is not { } file)
            {
                context.Say(Encoding.UTF8.GetString(table).TrimEnd());
                return 0;
            }

            await System.IO.File.WriteAllBytesAsync(file.FullName, table, cancellationToken);
            context.Say(Workspace.Display(file.FullName));
            return 0;
        });
        return command;
    }

    private static Command CreateSteer(
        CommandContext context, string name, string description, string done, Func<ParseResult, SweepClient> client,
        Func<SweepClient, string, CancellationToken, Task> steerAsync)
    {
        var id = Id();
        var command = new Command(name, description) { id };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            using var http = client(parse);
            await steerAsync(http, parse.GetRequiredValue(id), cancellationToken);
            context.Say(done);
            return 0;
        });
        return command;
    }

    private static Command CreateAdd(CommandContext context, Func<ParseResult, SweepClient> client)
    {
        var (id, file) = (Id(), File("Request for more rows as JSON (docs/requests.md)."));
        var command = new Command("add", "Adds the rows of another grid; rows that the sweep has already are not repeated.") { id, file };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var request = await RequestFile.ReadAsync(parse.GetRequiredValue(file), cancellationToken);
            using var http = client(parse);
            await http.AddAsync(parse.GetRequiredValue(id), request, cancellationToken);
            context.Say("Added.");
            return 0;
        });
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "Id that 'submit' printed." };

    private static Argument<FileInfo> File(string description) => new("file") { Description = description };
}
