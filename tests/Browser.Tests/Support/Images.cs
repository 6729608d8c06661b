namespace HsNas.Browser.Tests.Support;

/// <summary>Pictures of the documentation.</summary>
internal static class Images
{
    /// <summary>The checkout that the tests were built in.</summary>
    public static string Checkout { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Writes a picture into docs/images.</summary>
    public static Task KeepAsync(string name, byte[] picture) => File.WriteAllBytesAsync(
        Path.Combine(Directory.CreateDirectory(Path.Combine(Checkout, "docs", "images")).FullName, name), picture);

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "HsNas.sln")) ? folder.FullName : Find(folder.Parent!);
}
