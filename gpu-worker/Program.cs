using HsNas.GpuWorker.Hosting;

InputWatch.Begin();
TorchThreads.Settle();
return args switch
{
    ["seeds", .. var rest] => await SeedCommand.RunAsync(rest),
    ["jobs", .. var rest] => await JobsCommand.RunAsync(rest),
    ["supernet", .. var rest] => await SupernetCommand.RunAsync(rest),
    ["probe", .. var rest] => await MeasureCommands.ProbeAsync(rest),
    ["probe-training", .. var rest] => await ProbeTrainingCommand.RunAsync(rest),
    ["measure", .. var rest] => await MeasureCommands.MeasureFileAsync(rest),
    ["export", .. var rest] => await ExportCommands.ExportAsync(rest),
    ["translate", .. var rest] => ExportCommands.Translate(rest),
    _ => await WorkerHost.RunAsync(args),
};
