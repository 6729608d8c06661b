using System.Diagnostics;
using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.Kernel;
using HsNas.Local.Libstdcxx;

namespace HsNas.GpuWorker.Tests.Natives;

public sealed class NativeLibraryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hsnas-natives-");

    private static string Built => Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_known_library_asks_for_the_version_and_is_relaxed_in_one_bit()
    {
        var original = Original();
        var file = Write(original);
        var time = File.GetLastWriteTimeUtc(file);

        Assert.True(LibTorchSharpFile.Relax(file));

        var relaxed = File.ReadAllBytes(file);
        var changed = Assert.Single(Enumerable.Range(0, original.Length), i => original[i] != relaxed[i]);
        Assert.Equal((0, 2), (original[changed], relaxed[changed]));
        Assert.Equal(time, File.GetLastWriteTimeUtc(file));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void A_relaxed_library_is_left_alone()
    {
        var file = Write(Original());
        LibTorchSharpFile.Relax(file);

        Assert.False(LibTorchSharpFile.Relax(file));
    }

    [Fact]
    public void Another_library_is_refused_and_not_changed()
    {
        var other = Original();
        other[^1] ^= 1;
        var file = Write(other);

        var error = Assert.Throws<InvalidDataException>(() => LibTorchSharpFile.Relax(file));

        Assert.Contains(LibTorchSharpFile.NeededVersion, error.Message, StringComparison.Ordinal);
        Assert.Equal(other, File.ReadAllBytes(file));
        Assert.Throws<InvalidDataException>(() => LibTorchSharpFile.Relax(Write("no library"u8.ToArray())));
    }

    [Fact]
    public void A_version_that_no_library_is_asked_for_is_not_found() =>
        Assert.False(new ElfVersionNeeds(Original()).SetWeak("GLIBCXX_9.9.9", weak: true));

    [Fact]
    public void The_build_relaxed_its_library_exactly_where_the_system_is_too_old()
    {
        var original = Original();
        Assert.Equal(SystemLibstdcxx.HasNeededVersion(), File.ReadAllBytes(Built).AsSpan().SequenceEqual(original));
    }

    [Fact]
    public async Task Two_workers_that_start_at_the_same_instant_both_start_and_copy_no_library()
    {
        var worker = Path.Combine(AppContext.BaseDirectory, "HsNas.GpuWorker.dll");
        string Output(int number) => Path.Combine(_folder.FullName, $"probe-{number}.json");
        var workers = Enumerable.Range(0, 2).Select(i => Process.Start("dotnet", [worker, "probe", "tiny-en-de", Output(i)])).ToList();

        for (var i = 0; i < workers.Count; i++)
        {
            using var process = workers[i];
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            var probe = JsonSerializer.Deserialize<LatencyRange>(await File.ReadAllBytesAsync(Output(i)), Json.Options)!;
            Assert.InRange(probe.FastestMs, double.Epsilon, probe.SlowestMs);
        }

        // Where TorchSharp does not find libtorch at once, it copies it here, and two processes disturb each other.
        Assert.False(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "cpu")));
    }

    // The library as TorchSharp ships it, without what the build changed.
    private static byte[] Original()
    {
        var bytes = File.ReadAllBytes(Built);
        Assert.True(new ElfVersionNeeds(bytes).SetWeak(LibTorchSharpFile.NeededVersion, weak: false));
        return bytes;
    }

    private string Write(byte[] bytes)
    {
        var file = Path.Combine(_folder.FullName, "libLibTorchSharp.so");
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(50));
        return file;
    }
}
