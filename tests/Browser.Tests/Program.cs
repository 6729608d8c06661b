using HsNas.Browser.Tests;
using HsNas.Browser.Tests.Support;

// dotnet run --project tests/Browser.Tests -c Release: prints the figures of docs/dashboard.md. Tests are run by the test host.
var stage = new Stage();
try
{
    await stage.InitializeAsync();
    await Figures.PrintAsync(stage);
    return 0;
}
finally
{
    await stage.DisposeAsync();
}
