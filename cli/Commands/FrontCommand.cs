using System.CommandLine;
using System.Text.Json;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Screens;
using HsNas.Client;
using HsNas.Kernel;

namespace HsNas.Cli.Commands;

/// <summary><c>search front</c>: the front of a finished search, or what it says to limits.</summary>
internal static class FrontCommand
{
    /// <summary>The command, with an option for each limit that is a number. Exit code 3 where the front does not know.</summary>
    public static Command Create(CommandContext context, Func<ParseResult, SearchClient> client)
    {
        var id = new Argument<string>("id") { Description = "Id that 'submit' printed." };
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON." };
        var limits = context.Constraints.Where(c => !c.IsFlag)
            .Select(c => (c.Id, Option: new Option<double?>(c.Option) { Description = c.Description })).ToList();
        const string about = "Reads the front of a finished search with objectives: all of it, or the best point within limits.";
        var command = new Command("front", about) { id, json };
        foreach (var (_, option) in limits) command.Options.Add(option);
        context.Handle(command, async (parse, cancellationToken) =>
        {
            using var http = client(parse);
            var (search, asked) = (parse.GetRequiredValue(id), new SortedDictionary<string, double>(StringComparer.Ordinal));
            foreach (var (name, option) in limits)
                if (parse.GetValue(option) is { } most) asked.Add(name, most);
            if (asked.Count == 0)
            {
                var front = await http.FrontAsync(search, cancellationToken);
                if (parse.GetValue(json)) context.Say(JsonSerializer.Serialize(front, Json.Indented));
                else context.Console.Write(FrontTable.Build(front, context.Constraints, front.Points.Count));
                return 0;
            }

            var answer = await http.FrontAsync(search, asked, cancellationToken);
            if (parse.GetValue(json)) context.Say(JsonSerializer.Serialize(answer, Json.Indented));
            else foreach (var line in FrontTable.Lines(answer, context.Constraints)) context.Say(line);
            return answer.IsKnown ? 0 : 3;
        });
        return command;
    }
}
