using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Models;

namespace HsNas.Cli.Commands;

/// <summary><c>export</c>: a trained model in a form that other programs run.</summary>
internal static class ExportCommand
{
    /// <summary><c>export</c></summary>
    public static Command Create(CommandContext context)
    {
        var source = new Argument<string>("source") { Description = "Id of a finished search, or the folder of a model that was fetched." };
        var format = new Option<string>("--format") { Description = "onnx, onnx-int8 or safetensors.", DefaultValueFactory = _ =>
            ModelFormat.Names[0] };
        var output = new Option<string>("--out") { Description = "Folder to write to.", Required = true };
        var licence = new Option<string?>("--licence") { Description = "Licence of the weights, for the model card." };
        var connection = new Option<string?>("--connection") { Description = "Storage connection string, as of 'model get'." };
        var command = new Command("export", "Writes a trained model for use elsewhere (docs/deployment.md).") { source, format, output,
            licence, connection };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var chosen = ModelFormat.Of(parse.GetRequiredValue(format));
            var model = await ModelSource.OpenAsync(
                context, parse.GetRequiredValue(source), parse.GetValue(connection), parse.GetValue(licence), cancellationToken);
            var folder = parse.GetRequiredValue(output);
            var files = chosen.Write(model, folder);
            foreach (var (name, bytes) in files) context.Say($"{Path.Combine(folder, name)}  {bytes.Length:N0} bytes");
            return 0;
        });
        return command;
    }
}
