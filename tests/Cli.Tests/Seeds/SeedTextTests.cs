using HsNas.Cli.Hosting;
using HsNas.Cli.Models;
using HsNas.Cli.Seeds;
using HsNas.Cli.Tests.Models;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Storage;
using HsNas.Translation;

namespace HsNas.Cli.Tests.Seeds;

/// <summary>Teachers as the command line names them.</summary>
public sealed class SeedTextTests : IDisposable
{
    private static readonly TaskDefinition Tiny = TaskCatalog.Get("tiny-en-de");
    private static readonly PreparedTask Prepared =
        new(Tiny, Tiny.Training!, new DatasetManifest(Tiny.Name, "0123456789abcdef", "synthetic", 2000, 3, 2, 1));

    private readonly TemporaryFolder _root = new();

    public SeedTextTests()
    {
        Directory.CreateDirectory(Folder);
        foreach (var (name, bytes) in MadeUpModel.Files().ToFiles()) File.WriteAllBytes(Path.Combine(Folder, name), bytes);
    }

    private string Folder => Path.Combine(_root.Path, "model");

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_folders_model_is_stored_whole_under_a_name_that_its_bytes_make()
    {
        var store = new DirectoryArtifactStore(Path.Combine(_root.Path, "store"));
        var model = ModelUpload.Of(Folder);

        await model.WriteAsync(store, default);

        Assert.Equal(model.Id, new SeedText(Folder, null).IdOf(Prepared));
        Assert.Matches("^[0-9a-f]+$", model.Id);
        foreach (var file in ModelFiles.Names)
            Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, file)), await store.ReadAsync(BlobLayout.Export(model.Id, file)));
        File.WriteAllBytes(
            Path.Combine(Folder, ModelFiles.ConfigFile), [.. File.ReadAllBytes(Path.Combine(Folder, ModelFiles.ConfigFile)), (byte)'\n']);
        Assert.NotEqual(model.Id, ModelUpload.Of(Folder).Id);
    }

    [Fact]
    public void Updates_are_refused_for_a_model_that_is_trained_already() =>
        Assert.Equal("--distil-text-steps", Assert.Throws<OptionException>(() => new SeedText(Folder, 9).IdOf(Prepared)).Field);

    [Theory]
    [InlineData("seeds train tiny-en-de --distil-text-steps 9", "--distil-text-steps is 9; expected only beside --distil-text")]
    [InlineData("seeds collect tiny-en-de --distil-text largest --distil-text-steps 0", "--distil-text-steps is 0; expected 1 to 10000000")]
    [InlineData("model put nowhere", "nowhere")]
    public async Task Nonsense_is_refused_by_name(string line, string words)
    {
        var run = await CommandRun.OfAsync(line, ("HSNAS_ROOT", Root()));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
    }

    // Options are judged behind the data set, so there must be one.
    private string Root()
    {
        var data = new Workspace(_root.Path).Data;
        data.WriteJsonAsync(BlobLayout.CurrentDataset(Tiny.Name), Prepared.Dataset).GetAwaiter().GetResult();
        return _root.Path;
    }
}
