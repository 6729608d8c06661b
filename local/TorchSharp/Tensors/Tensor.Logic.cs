using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => hs_eq(this, target);
        public Tensor eq(Scalar target) => hs_eq_scalar(this, target);
        public Tensor ne(Tensor target) => hs_ne(this, target);
        public Tensor ne(Scalar target) => hs_ne_scalar(this, target);
        public Tensor lt(Tensor target) => hs_lt(this, target);
        public Tensor lt(Scalar target) => hs_lt_scalar(this, target);
        public Tensor le(Tensor target) => hs_le(this, target);
        public Tensor le(Scalar target) => hs_le_scalar(this, target);
        public Tensor gt(Tensor target) => hs_gt(this, target);
        public Tensor gt(Scalar target) => hs_gt_scalar(this, target);
        public Tensor ge(Tensor target) => hs_ge(this, target);
        public Tensor ge(Scalar target) => hs_ge_scalar(this, target);
        public Tensor equal(Tensor target) => hs_equal(this, target);
        public Tensor logical_and(Tensor other) => hs_logical_and(this, other);
        public Tensor logical_or(Tensor other) => hs_logical_or(this, other);
        public Tensor logical_not() => hs_logical_not(this);
        public Tensor isnan() => hs_isnan(this);
        public Tensor isfinite() => hs_isfinite(this);
        public Tensor all() => hs_all(this);
        public Tensor all(long dim, bool keepdim = false) => hs_all_dim(this, dim, Flag(keepdim));
        public Tensor any() => hs_any(this);
        public Tensor any(long dim, bool keepdim = false) => hs_any_dim(this, dim, Flag(keepdim));
        public Tensor masked_fill(Tensor mask, Scalar value) => hs_masked_fill(this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => Self(hs_masked_fill_(this, mask, value));
        public Tensor masked_select(Tensor mask) => hs_masked_select(this, mask);
        public Tensor where(Tensor condition, Tensor y) => hs_where(condition, this, y);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            Check(hs_allclose(this, target, rtol, atol, Flag(equal_nan), out var close));
            return close != 0;
        }

        internal static int Flag(bool value) => value ? 1 : 0;
    }
}
