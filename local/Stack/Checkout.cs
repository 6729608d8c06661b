using HsNas.Local.Stack.Processes;

namespace HsNas.Local.Stack;

/// <summary>Finds the checkout of this repository.</summary>
public static class Checkout
{
    private const string Marker = "HsNas.sln";

    /// <summary>The root of the checkout that HSNAS_ROOT names, else of the one this program was built in.</summary>
    /// <exception cref="StackException">There is none.</exception>
    public static string Find(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable("HSNAS_ROOT") is { Length: > 0 } root ? Path.GetFullPath(root) : OfThisProgram()
            ?? throw new StackException("This is no checkout of HsNas: set HSNAS_ROOT, or start through ./hsnas.");
    }

    private static string? OfThisProgram()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, Marker))) return folder.FullName;
        return null;
    }
}
