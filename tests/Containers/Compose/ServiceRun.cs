namespace HsNas.Containers.Tests.Compose;

/// <summary>What podman is told for a service of compose.yaml: every key of it, and nothing that Docker would not do too.</summary>
internal static class ServiceRun
{
    /// <summary>Options of <c>podman run</c> that follow from the file.</summary>
    public static IEnumerable<string> Options(ComposeService service)
    {
        foreach (var (name, value) in service.Environment) yield return $"--env={name}={value}";
        foreach (var port in service.Ports) yield return $"--publish={port}";
        foreach (var volume in service.Volumes) yield return $"--volume={volume}";
        if (service.User is { } user) yield return $"--user={user}";
        // Podman alone would lay writable folders over a read-only system; Docker lays those that the file names.
        if (service.ReadOnly) yield return "--read-only";
        yield return "--read-only-tmpfs=false";
        foreach (var capability in service.CapDrop) yield return $"--cap-drop={capability}";
        foreach (var option in service.SecurityOpt) yield return $"--security-opt={option.Replace(":true", "", StringComparison.Ordinal)}";
        foreach (var folder in service.Tmpfs) yield return $"--tmpfs={folder}";
        if (service.Restart is { } restart) yield return $"--restart={restart}";
        if (service.StopGracePeriod is { } grace) yield return $"--stop-timeout={grace.TrimEnd('s')}";
    }

    /// <summary>Arguments of <c>podman build</c> that follow from the file.</summary>
    /// <param name="service">A service that is built.</param>
    /// <param name="root">The folder of compose.yaml.</param>
    public static IEnumerable<string> Build(ComposeService service, string root)
    {
        var build = service.Build!;
        yield return "--file";
        yield return Path.Combine(root, build.Dockerfile);
        if (build.Target is { } target)
        {
            yield return "--target";
            yield return target;
        }

        foreach (var (name, value) in build.Args)
        {
            yield return "--build-arg";
            yield return $"{name}={value}";
        }

        yield return "--tag";
        yield return service.Image;
        yield return Path.GetFullPath(Path.Combine(root, build.Context));
    }
}
