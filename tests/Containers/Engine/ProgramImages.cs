using HsNas.Containers.Tests.Compose;

namespace HsNas.Containers.Tests.Engine;

/// <summary>Builds the images of this repository as compose.yaml says.</summary>
internal static class ProgramImages
{
    /// <summary>Builds the image of every service that has one.</summary>
    public static async Task BuildAsync(Podman podman, ComposeFile compose, string root)
    {
        foreach (var service in compose.Services.Values.Where(s => s.Build is not null))
            await podman.RunAsync(
                ["build", "--isolation=chroot", "--network=host", "--pull=never", .. Packages(), .. ServiceRun.Build(service, root)]);
    }

    // Packages come from where this machine has them, or gets them from. None of it stays in an image.
    private static IEnumerable<string> Packages()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages");
        yield return $"--volume={Directory.CreateDirectory(cache).FullName}:/root/.nuget/packages";
        var settings = Path.Combine(home, ".nuget", "NuGet");
        if (Directory.Exists(settings)) yield return $"--volume={settings}:/root/.nuget/NuGet:ro";
        yield return "--volume=/etc/ssl/certs:/etc/ssl/certs:ro";
    }
}
