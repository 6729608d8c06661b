using System.Globalization;
using HsNas.Containers.Tests.Engine;
using HsNas.Containers.Tests.Support;
using Xunit.Abstractions;

namespace HsNas.Containers.Tests;

/// <summary>The images that compose.yaml builds.</summary>
[Collection(ContainerCollection.Name)]
public sealed class ImageTests(RunningContainers running, ITestOutputHelper output)
{
    private const long Megabyte = 1_000_000;

    [EngineFact]
    public async Task The_workers_image_for_processors_has_at_most_900_megabytes()
    {
        foreach (var image in Built()) output.WriteLine($"{image}: {await SizeAsync(image) / Megabyte} MB");
        Assert.InRange(await SizeAsync("hsnas/worker"), 1, 900 * Megabyte);
    }

    [EngineFact]
    public async Task No_image_holds_the_SDK_or_sources()
    {
        foreach (var image in Built())
        {
            var found = await RunAsync(image, "find / -xdev ( -name *.csproj -o -name *.cs -o -name csc.dll -o -name MSBuild.dll )");
            Assert.Equal("", found.Trim());
            Assert.Equal("", (await RunAsync(image, "dotnet --list-sdks")).Trim());
            Assert.NotEqual("", (await RunAsync(image, "find / -xdev -name HsNas.*.dll")).Trim());
        }
    }

    private IEnumerable<string> Built() => running.Compose.Services.Values.Where(s => s.Build is not null).Select(s => s.Image);

    private async Task<long> SizeAsync(string image) => long.Parse(
        (await running.Podman.RunAsync("image", "inspect", "--format", "{{.Size}}", image)).Trim(), CultureInfo.InvariantCulture);

    private async Task<string> RunAsync(string image, string command)
    {
        var words = command.Split(' ');
        var (code, text, errors) = await running.Podman.TryAsync(
            ["run", "--rm", "--pull=never", "--network=none", "--user=0", "--entrypoint", words[0], image, .. words[1..]]);
        Assert.True(code == 0, errors);
        return text;
    }
}
