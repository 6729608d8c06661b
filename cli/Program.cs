using HsNas.Cli.Data;
using HsNas.Storage;

var start = System.Diagnostics.Stopwatch.GetTimestamp();
var task = System.Text.Json.JsonSerializer.Deserialize<HsNas.Shared.Tasks.TaskDefinition>(File.ReadAllText(args[0]), HsNas.Shared.Messaging.Json.Options)!;
var (pairs, provenance) = await new LibreOfficeCorpus(new DebianPackages(Path.GetFullPath(args[1]))).ReadAsync(task, default);
var manifest = await new DatasetBuilder(new DirectoryArtifactStore(args[2])).BuildAsync(task, pairs, provenance, default);
Console.WriteLine($"{manifest} {System.Diagnostics.Stopwatch.GetElapsedTime(start)}");
