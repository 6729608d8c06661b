using HsNas.Containers.Tests.Engine;

namespace HsNas.Containers.Tests;

/// <summary>Where containers are run and where not.</summary>
public sealed class MachineTests
{
    [Fact]
    public void Containers_are_run_wherever_the_machine_lets_its_root_do_so()
    {
        // The launcher installs the tools there, so that tools alone are never the reason.
        var could = OperatingSystem.IsLinux() && File.Exists("/usr/bin/apt-get") && Machine.IsAdministrator();
        Assert.True(could == (Machine.WhyNot is null), $"Containers are not run: {Machine.WhyNot}. ./hsnas test installs what is missing.");
    }
}
