namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static implicit operator Tensor(byte value) => FromScalar(value);
        public static implicit operator Tensor(sbyte value) => FromScalar(value);
        public static implicit operator Tensor(short value) => FromScalar(value);
        public static implicit operator Tensor(int value) => FromScalar(value);
        public static implicit operator Tensor(long value) => FromScalar(value);
        public static implicit operator Tensor(float value) => FromScalar(value);
        public static implicit operator Tensor(double value) => FromScalar(value);
        public static implicit operator Tensor(bool value) => FromScalar(value);
        public static implicit operator Tensor(byte[] value) => FromArray(value, [value.Length], null, null, false);
        public static implicit operator Tensor(sbyte[] value) => FromArray(value, [value.Length], null, null, false);
        public static implicit operator Tensor(short[] value) => FromArray(value, [value.Length], null, null, false);
        public static implicit operator Tensor(int[] value) => FromArray(value, [value.Length], null, null, false);
        public static implicit operator Tensor(long[] value) => FromArray(value, [value.Length], null, null, false);
        public static implicit operator Tensor(float[] value) => FromArray(value, [value.Length], null, null, false);
        public static implicit operator Tensor(double[] value) => FromArray(value, [value.Length], null, null, false);
        public static implicit operator Tensor(bool[] value) => FromArray(value, [value.Length], null, null, false);
        public static implicit operator Tensor(Scalar scalar) => FromScalar(scalar);

        public static explicit operator float(Tensor value) => value.Item().ToSingle();
        public static explicit operator double(Tensor value) => value.Item().ToDouble();
        public static explicit operator sbyte(Tensor value) => value.Item().ToSByte();
        public static explicit operator byte(Tensor value) => value.Item().ToByte();
        public static explicit operator short(Tensor value) => value.Item().ToInt16();
        public static explicit operator int(Tensor value) => value.Item().ToInt32();
        public static explicit operator long(Tensor value) => value.Item().ToInt64();
        public static explicit operator bool(Tensor value) => value.Item().ToBoolean();

        private static Tensor FromScalar(Scalar value) => NativeMethods.hs_full([], 0, value, Options(value.Type, CPU));

        /// <summary>The single element, read wherever it is.</summary>
        internal Scalar Item()
        {
            NativeMethods.Check(NativeMethods.hs_item(this, out var number));
            return number.Kind switch
            {
                1 => BitConverter.Int64BitsToDouble(number.Bits),
                2 => number.Bits != 0,
                _ => number.Bits,
            };
        }
    }
}
