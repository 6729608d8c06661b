using System.Runtime.InteropServices;
using HsNas.FunctionsRuntime.Tests.Storage;

namespace HsNas.Containers.Tests.Engine;

/// <summary>
/// Images under the names of Microsoft's, made here where none can be fetched: this machine's release of Debian or Ubuntu, its .NET, its
/// Node.js. They are made once and kept.
/// </summary>
internal sealed class BaseImages(Podman podman)
{
    /// <summary>What stands for the registry's host.</summary>
    public const string Registry = "localhost/microsoft";

    private static readonly string Dotnet =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static readonly string Recipes = Path.Combine(AppContext.BaseDirectory, "Bases");

    /// <summary>Makes those that are not there in the form that this machine would make now.</summary>
    public async Task MakeAsync()
    {
        var system = $"localhost/hsnas-{Debian.Codename}";
        if ((await podman.TryAsync("image", "exists", system)).Code != 0)
        {
            var tree = Path.Combine(podman.Folder, "tree.tar");
            await Debian.MakeAsync(tree);
            await podman.RunAsync("import", tree, system);
            File.Delete(tree);
        }

        foreach (var kind in new[] { "runtime", "aspnet", "sdk" })
            await BuildAsync("dotnet", system, $"dotnet/{kind}:10.0", Dotnet, ["--target", kind]);
        var node = Path.Combine(podman.Folder, "node");
        await NodeFiles.CopyAsync(node);
        await BuildAsync("azurite", system, "azure-storage/azurite", node, []);
    }

    /// <summary>What the storage image takes from this machine when it runs.</summary>
    public static IEnumerable<string> StorageMounts()
    {
        var azurite = AzuriteProgram.File;
        yield return $"{azurite[..azurite.IndexOf("/node_modules/", StringComparison.Ordinal)]}:/opt/azurite:ro";
        if (Directory.Exists(NodeFiles.Modules)) yield return $"{NodeFiles.Modules}:{NodeFiles.Modules}:ro";
    }

    private Task BuildAsync(string recipe, string system, string name, string context, string[] options) => podman.RunAsync(
        ["build", "--isolation=chroot", "--pull=never", "--build-arg", $"BASE={system}", .. options,
            "-f", Path.Combine(Recipes, $"{recipe}.Containerfile"), "-t", $"{Registry}/{name}", context]);
}
