using HsNas.GpuWorker.Hosting;

return args is ["seeds", ..] ? await SeedCommand.RunAsync(args[1..]) : await WorkerHost.RunAsync(args);
