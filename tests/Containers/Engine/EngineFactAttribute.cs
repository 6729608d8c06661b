using Xunit.Abstractions;
using Xunit.Sdk;

namespace HsNas.Containers.Tests.Engine;

/// <summary>
/// A test that runs containers. Where none can be run there is no such test: it is neither passed nor skipped.
/// <see cref="MachineTests"/> holds that this happens for a reason only.
/// </summary>
[XunitTestCaseDiscoverer("HsNas.Containers.Tests.Engine.EngineFactDiscoverer", "HsNas.Containers.Tests")]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EngineFactAttribute : FactAttribute;

/// <summary>Finds no test where no container can be run.</summary>
internal sealed class EngineFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        Machine.WhyNot is null ? base.Discover(discoveryOptions, testMethod, factAttribute) : [];
}
