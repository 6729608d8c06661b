using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Replaces parameters and buffers that are not yet of this type and on this device.</summary>
            internal void Move(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var module in submodules.Values) module.Move(dtype, device, non_blocking);
                using var constant = no_grad();
                foreach (var (key, parameter) in ownParameters.ToList())
                {
                    if (!Differs(parameter, dtype, device)) continue;
                    using var gradient = parameter.grad;
                    var moved = new Parameter(Moved(parameter, dtype, device, non_blocking), parameter.requires_grad);
                    if (gradient is not null)
                    {
                        using var movedGradient = Moved(gradient, dtype, device, non_blocking);
                        moved.grad = movedGradient;
                    }
                    Replace(key, moved);
                    parameter.Dispose();
                }
                foreach (var (key, (buffer, _)) in ownBuffers.ToList())
                {
                    if (!Differs(buffer, dtype, device)) continue;
                    Replace(key, Moved(buffer, dtype, device, non_blocking));
                    buffer.Dispose();
                }
            }

            private static bool Differs(Tensor tensor, ScalarType? dtype, Device? device) =>
                (dtype is { } type && type != tensor.dtype) ||
                (device is not null && (device.type != tensor.device_type || device.index != tensor.device_index));

            private static Tensor Moved(Tensor tensor, ScalarType? dtype, Device? device, bool non_blocking) =>
                tensor.to(dtype ?? tensor.dtype, device ?? tensor.device, non_blocking: non_blocking).DetachFromDisposeScope();
        }
    }
}

public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module => Move(module, type, null, non_blocking);

    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module => Move(module, type, device, non_blocking);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, null, new torch.Device(deviceType, deviceIndex), non_blocking);

    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module => Move(module, null, device, non_blocking);

    public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module => Move(module, null, new torch.Device(device), non_blocking);

    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false) where T : torch.nn.Module => Move(module, other.dtype, other.device, non_blocking);

    public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => Move(module, null, torch.CPU, non_blocking);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, null, new torch.Device(DeviceType.CUDA, deviceIndex), non_blocking);

    public static T half<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => Move(module, torch.ScalarType.Float16, null, non_blocking);

    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => Move(module, torch.ScalarType.BFloat16, null, non_blocking);

    public static T @float<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => Move(module, torch.ScalarType.Float32, null, non_blocking);

    public static T @double<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => Move(module, torch.ScalarType.Float64, null, non_blocking);

    private static T Move<T>(T module, torch.ScalarType? type, torch.Device? device, bool non_blocking) where T : torch.nn.Module
    {
        module.Move(type, device, non_blocking);
        return module;
    }
}
