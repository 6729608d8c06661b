using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Models;

namespace HsNas.Cli.Commands;

/// <summary><c>model get|put</c> and <c>translate</c>: what a search found, in use.</summary>
internal static class ModelCommands
{
    /// <summary><c>model</c></summary>
    public static Command Create(CommandContext context)
    {
        var search = new Argument<string>("search") { Description = "Id of a finished search." };
        var output = new Option<string?>("--out") { Description = "Folder to write to; model-ID where not given." };
        var compared = new Option<bool>(
            "--compared") { Description = "The winner of the plain supernet search that it was compared with." };
        var connection = Connection();
        var get = new Command("get", "Fetches a search's trained winner: weights (safetensors), configuration, vocabulary.") { search,
            output, compared, connection };
        context.Handle(get, async (parse, cancellationToken) =>
        {
            var id = ModelStore.SearchId(parse.GetRequiredValue(search));
            var folder = parse.GetValue(output) ?? $"model-{id}";
            var files = await ModelDownload.SaveAsync(
                ModelStore.Open(context, parse.GetValue(connection)), id, parse.GetValue(compared), folder, cancellationToken);
            context.Say($"{folder}: {string.Join(", ", files)}. Try: echo 'Open the file.' | ./hsnas translate --model {folder}");
            return 0;
        });
        return new Command("model", "Fetches trained models, and brings them back as teachers.") { get, CreatePut(context) };
    }

    private static Command CreatePut(CommandContext context)
    {
        var folder = new Argument<string>("folder") { Description = "Folder of an exported model." };
        var connection = Connection();
        var command = new Command(
            "put", "Stores an exported model, so that searches can train their winners on its translations (--distil-text ID).")
        {
            folder, connection,
        };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var model = ModelUpload.Of(parse.GetRequiredValue(folder));
            await model.WriteAsync(ModelStore.Open(context, parse.GetValue(connection)), cancellationToken);
            context.Say($"{model.Id}: a search takes it as its teacher with --distil-text {model.Id}");
            return 0;
        });
        return command;
    }

    /// <summary><c>translate</c></summary>
    public static Command CreateTranslate(CommandContext context)
    {
        var model = new Option<string?>("--model") { Description = "Folder of an exported model; the last demo's winner where not given." };
        var runtime = new Option<string>("--runtime") { Description =
            "torch, or onnx: without torch, also with a folder that 'hsnas export' wrote.", DefaultValueFactory = _ => "torch" };
        runtime.AcceptOnlyFromAmong("torch", "onnx");
        var command = new Command("translate", "Translates standard input line by line with a found model (beam 4).") { model, runtime };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var folder = parse.GetValue(model) ?? Path.Combine(context.Workspace.DemoFolder, "model");
            if (!Directory.Exists(folder))
                throw new CliException(
                    $"{Workspace.Display(Path.GetFullPath(folder))} does not exist: './hsnas demo' leaves its winner there, 'hsnas "
                        + "model get' fetches others.");
            if (parse.GetRequiredValue(runtime) == "onnx")
                return OnnxTranslation.Run(folder, Console.In, Console.Out, context.Errors, interactive: !Console.IsInputRedirected);
            return await new WorkerProgram(context.Workspace).AttachAsync(["translate", folder], cancellationToken);
        });
        return command;
    }

    private static Option<string?> Connection() => new("--connection")
    {
        Description = "Storage connection string; the local stack's where not given, else the account that the environment names.",
    };
}
