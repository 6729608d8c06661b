using System.Runtime.CompilerServices;

namespace HsNas.Shared.Tests.Support;

/// <summary>Compares a text with a committed file; with HSNAS_UPDATE_GOLDEN=1 it writes the file instead.</summary>
internal static class Golden
{
    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
    {
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(caller))!;
        var path = Path.Combine(folder, name);
        if (Environment.GetEnvironmentVariable("HSNAS_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
