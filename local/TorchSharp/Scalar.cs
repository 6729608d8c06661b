using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

[NativeMarshalling(typeof(ScalarMarshaller))]
public sealed class Scalar : IDisposable
{
    private Scalar(torch.ScalarType type, long kind, long bits)
    {
        Type = type;
        Number = new NativeNumber(kind, bits);
    }

    public torch.ScalarType Type { get; }

    internal NativeNumber Number { get; }

    internal double AsDouble => Number.Kind == 1 ? BitConverter.Int64BitsToDouble(Number.Bits) : Number.Bits;

    internal long AsLong => Number.Kind == 1 ? (long)BitConverter.Int64BitsToDouble(Number.Bits) : Number.Bits;

    internal bool IsIntegral => Number.Kind == 0;

    public static implicit operator Scalar(byte value) => new(torch.ScalarType.Byte, 0, value);
    public static implicit operator Scalar(sbyte value) => new(torch.ScalarType.Int8, 0, value);
    public static implicit operator Scalar(short value) => new(torch.ScalarType.Int16, 0, value);
    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int32, 0, value);
    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, 0, value);
    public static implicit operator Scalar(Half value) => Real(torch.ScalarType.Float16, (double)value);
    public static implicit operator Scalar(float value) => Real(torch.ScalarType.Float32, value);
    public static implicit operator Scalar(double value) => Real(torch.ScalarType.Float64, value);
    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, 2, value ? 1 : 0);

    /// <summary>Nothing native is held; the official type does hold something, so callers may dispose.</summary>
    public void Dispose() { }

    private static Scalar Real(torch.ScalarType type, double value) => new(type, 1, BitConverter.DoubleToInt64Bits(value));
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
    public static Scalar ToScalar(this Half value) => value;
    public static float ToSingle(this Scalar value) => (float)value.AsDouble;
    public static double ToDouble(this Scalar value) => value.AsDouble;
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsLong;
    public static byte ToByte(this Scalar value) => (byte)value.AsLong;
    public static short ToInt16(this Scalar value) => (short)value.AsLong;
    public static int ToInt32(this Scalar value) => (int)value.AsLong;
    public static long ToInt64(this Scalar value) => value.AsLong;
    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
    public static Half ToHalf(this Scalar value) => (Half)value.AsDouble;
}
