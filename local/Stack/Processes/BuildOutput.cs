namespace HsNas.Local.Stack.Processes;

/// <summary>Where the programs of a checkout lie once they are built.</summary>
public static class BuildOutput
{
    /// <summary>The assembly of a project, for example of "functions" and "HsNas.Functions".</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="project">Folder of the project.</param>
    /// <param name="assembly">Name of its assembly.</param>
    /// <param name="configuration">Build configuration.</param>
    /// <exception cref="StackException">It is not built.</exception>
    public static string Find(string name, string root, string project, string assembly, string configuration = "Release")
    {
        var program = Path.Combine(root, project, "bin", configuration, "net10.0", assembly + ".dll");
        return File.Exists(program) ? program
            : throw new StackException($"{name} is not built: {program} does not exist. Run ./hsnas, which builds first.");
    }
}
