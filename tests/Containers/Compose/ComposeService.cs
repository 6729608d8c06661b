namespace HsNas.Containers.Tests.Compose;

/// <summary>
/// A service of compose.yaml. Every key that the file uses has a property: a key without one is an error, so that nothing in the file
/// is left out of the runs.
/// </summary>
internal sealed class ComposeService
{
    public string Image { get; set; } = "";

    public ComposeBuild? Build { get; set; }

    public List<string> Command { get; set; } = [];

    public Dictionary<string, string> Environment { get; set; } = [];

    public List<string> Ports { get; set; } = [];

    public List<string> Volumes { get; set; } = [];

    public string? User { get; set; }

    public bool ReadOnly { get; set; }

    public List<string> CapDrop { get; set; } = [];

    public List<string> SecurityOpt { get; set; } = [];

    public List<string> Tmpfs { get; set; } = [];

    public string? Restart { get; set; }

    public List<string> DependsOn { get; set; } = [];

    public ComposeDeploy Deploy { get; set; } = new();

    public string? StopGracePeriod { get; set; }
}

/// <summary>How an image is built.</summary>
internal sealed class ComposeBuild
{
    public string Context { get; set; } = "";

    public string Dockerfile { get; set; } = "";

    public string? Target { get; set; }

    public Dictionary<string, string> Args { get; set; } = [];
}

/// <summary>How often a service runs.</summary>
internal sealed class ComposeDeploy
{
    public int Replicas { get; set; } = 1;
}
