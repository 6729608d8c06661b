using HsNas.Local.InContextModel;

await ModelServer.Create(args).RunAsync();
