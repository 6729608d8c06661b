using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>The functions of Native/shim.cpp, under their native names.</summary>
internal static partial class NativeMethods
{
    private const string Library = "HsNasTorch";

    internal static void Check(int status)
    {
        if (status != 0) Throw();
    }

    internal static nint Check(nint handle)
    {
        if (handle == 0) Throw();
        return handle;
    }

    [DoesNotReturn]
    internal static void Throw() => throw new ExternalException(TakeError() ?? "libtorch failed without a message");

    internal static void ThrowIfFailed()
    {
        if (TakeError() is { } text) throw new ExternalException(text);
    }

    private static string? TakeError() => Marshal.PtrToStringUTF8(hs_last_error());
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NativeNumber(long Kind, long Bits);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NativeOptions(int Dtype, int DeviceType, int DeviceIndex, int RequiresGrad);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NativeIndex(long Kind, long Start, long Stop, long Step, nint Tensor);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NativeAdamStep(double Lr, double Beta1, double Beta2, double Eps, double WeightDecay, long Step, long Maximize);
