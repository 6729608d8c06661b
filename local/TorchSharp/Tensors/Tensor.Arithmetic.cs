using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }

    public partial class Tensor
    {
        public Tensor add(Tensor target) => hs_add(this, target, 1);
        public Tensor add(Tensor target, Scalar alpha) => hs_add(this, target, alpha);
        public Tensor add(Scalar scalar) => hs_add_scalar(this, scalar, 1);
        public Tensor add(Scalar scalar, Scalar alpha) => hs_add_scalar(this, scalar, alpha);
        public Tensor add_(Tensor target) => Self(hs_add_(this, target, 1));
        public Tensor add_(Tensor target, Scalar alpha) => Self(hs_add_(this, target, alpha));
        public Tensor add_(Scalar scalar) => Self(hs_add_scalar_(this, scalar, 1));
        public Tensor add_(Scalar scalar, Scalar alpha) => Self(hs_add_scalar_(this, scalar, alpha));
        public Tensor sub(Tensor target) => hs_sub(this, target);
        public Tensor sub(Scalar target) => hs_sub_scalar(this, target);
        public Tensor sub_(Tensor target) => Self(hs_sub_(this, target));
        public Tensor sub_(Scalar target) => Self(hs_sub_scalar_(this, target));
        public Tensor mul(Tensor target) => hs_mul(this, target);
        public Tensor mul(Scalar target) => hs_mul_scalar(this, target);
        public Tensor mul_(Tensor target) => Self(hs_mul_(this, target));
        public Tensor mul_(Scalar target) => Self(hs_mul_s(this, target));
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => hs_div(this, target, (int)rounding_mode);
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => hs_div_scalar(this, target, (int)rounding_mode);
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Self(hs_div_(this, target, (int)rounding_mode));
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Self(hs_div_scalar_(this, target, (int)rounding_mode));
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Self(hs_addcmul_(this, tensor1, tensor2, value));
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Self(hs_addcdiv_(this, tensor1, tensor2, value));
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Self(hs_addcdiv_(this, tensor1, tensor2, 1));
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => hs_addmm(this, mat1, mat2, beta, alpha);
        public Tensor lerp_(Tensor end, Tensor weight) => Self(hs_lerp_(this, end, weight));
        public Tensor matmul(Tensor target) => hs_matmul(this, target);
        public Tensor mm(Tensor target) => hs_mm(this, target);
        public Tensor bmm(Tensor batch2) => hs_bmm(this, batch2);
        public Tensor pow(Tensor exponent) => hs_pow(this, exponent);
        public Tensor pow(Scalar exponent) => hs_pow_scalar(this, exponent);
        public Tensor neg() => hs_neg(this);
        public Tensor abs() => hs_abs(this);
        public Tensor exp() => hs_exp(this);
        public Tensor log() => hs_log(this);
        public Tensor sqrt() => hs_sqrt(this);
        public Tensor sqrt_() => Self(hs_sqrt_(this));
        public Tensor rsqrt() => hs_rsqrt(this);
        public Tensor sin() => hs_sin(this);
        public Tensor cos() => hs_cos(this);
        public Tensor tanh() => hs_tanh(this);
        public Tensor sigmoid() => hs_sigmoid(this);
        public Tensor relu() => hs_relu(this);
        public Tensor relu_() => Self(hs_relu_(this));
        public Tensor bitwise_not() => hs_bitwise_not(this);
        public Tensor softmax(long dim, ScalarType? dtype = null) => hs_softmax(this, dim, Code(dtype));
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => hs_log_softmax(this, dim, Code(dtype));
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => hs_clamp(this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => hs_clamp_tensor(this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Self(hs_clamp_(this, min, max));
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Self(hs_clamp_tensor_(this, min, max));
        public Tensor clamp_min(Scalar min) => hs_clamp(this, min, null);

        internal static int Code(ScalarType? type) => type is { } given ? (int)given : -1;
    }
}
