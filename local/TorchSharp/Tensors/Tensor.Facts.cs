using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => hs_ndim(this);

        public long ndim => Dimensions;

        public long dim() => Dimensions;

        public long NumberOfElements => hs_numel(this);

        public long numel() => NumberOfElements;

        public long ElementSize => hs_element_size(this);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_leaf => hs_is_leaf(this) != 0;

        public bool is_sparse => hs_is_sparse(this) != 0;

        public ScalarType dtype => (ScalarType)hs_dtype(this);

        public DeviceType device_type => (DeviceType)hs_device_type(this);

        public int device_index => hs_device_index(this);

        public Device device => new(device_type, device_index);

        public bool is_contiguous() => hs_is_contiguous(this) != 0;

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* first = sizes) hs_sizes(this, first);
                return sizes;
            }
        }

        internal unsafe long[] Strides()
        {
            var strides = new long[Dimensions];
            fixed (long* first = strides) hs_strides(this, first);
            return strides;
        }

        public long[] size() => shape;

        public long size(int dim)
        {
            var sizes = shape;
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        public override string ToString() => IsInvalid ? "[disposed]" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";
    }
}
