using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>Keeps the managed object alive until the native call is over, which a bare pointer would not.</summary>
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Out))]
internal static class TensorMarshaller
{
    internal ref struct In
    {
        private torch.Tensor tensor;

        public void FromManaged(torch.Tensor managed) => tensor = managed;
        public readonly nint ToUnmanaged() => tensor.Handle;
        public readonly void Free() => GC.KeepAlive(tensor);
    }

    internal static class Out
    {
        public static torch.Tensor ConvertToManaged(nint handle) => new(NativeMethods.Check(handle));
    }
}

[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class OptionalTensorMarshaller
{
    internal ref struct In
    {
        private torch.Tensor? tensor;

        public void FromManaged(torch.Tensor? managed) => tensor = managed;
        public readonly nint ToUnmanaged() => tensor is null ? 0 : tensor.Handle;
        public readonly void Free() => GC.KeepAlive(tensor);
    }
}

[CustomMarshaller(typeof(torch.Generator), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class GeneratorMarshaller
{
    internal ref struct In
    {
        private torch.Generator? generator;

        public void FromManaged(torch.Generator? managed) => generator = managed;
        public readonly nint ToUnmanaged() => generator?.Handle ?? 0;
        public readonly void Free() => GC.KeepAlive(generator);
    }
}

[CustomMarshaller(typeof(Scalar), MarshalMode.ManagedToUnmanagedIn, typeof(ScalarMarshaller))]
internal static class ScalarMarshaller
{
    private static readonly NativeNumber None = new(-1, 0);

    public static NativeNumber ConvertToUnmanaged(Scalar? managed) => managed?.Number ?? None;
}
