using System.Runtime.CompilerServices;

namespace HsNas.GpuWorker.Tests.Support;

internal static class OneTorchThread
{
    // Small matrices on several threads spin more than they compute; tests also must not depend on the machine's cores.
    [ModuleInitializer]
    internal static void UseOne() => TorchSharp.torch.set_num_threads(1);
}
