namespace HsNas.Browser.Tests.Support;

/// <summary>The browser that is installed on this machine.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Its program: what HSNAS_CHROMIUM names, or where distributions put it.</summary>
    public static string Program => Environment.GetEnvironmentVariable("HSNAS_CHROMIUM") ?? Places.FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"No Chromium at {string.Join(", ", Places)}; ./hsnas test installs it, or set HSNAS_CHROMIUM.");
}
