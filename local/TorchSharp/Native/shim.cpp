// The one bridge between C# and libtorch. Tensors cross as `new at::Tensor`; a null result (or a non-zero status) means
// that hs_last_error() holds the text of the C++ exception. Nothing here is newer than libtorch 1.13.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/TensorIndexing.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/api/include/torch/version.h>
#include <torch/csrc/autograd/variable.h>
#include <cmath>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
template <class V> using Maybe = std::optional<V>;
#else
template <class V> using Maybe = c10::optional<V>;
#endif
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 6)
using Text = std::string_view;
#else
using Text = c10::string_view;
#endif
#if TORCH_VERSION_MAJOR >= 2
using Bound = c10::SymInt;
#else
using Bound = int64_t;
#endif

#define HS extern "C" __attribute__((visibility("default")))
using at::Tensor;
using T = Tensor*;
using List = std::vector<Tensor>;

struct Number { int64_t kind; int64_t bits; };                     // kind: 0 long, 1 double, 2 bool, -1 none
struct Options { int32_t dtype, device, index, requires_grad; };   // dtype or device -1: the default
struct Index { int64_t kind, start, stop, step; T tensor; };       // kind: see index_of
constexpr int64_t kNone = INT64_MIN;

static thread_local std::string failure;
static thread_local bool failed = false;

static void fail(const char* text) { failure = text; failed = true; }
#define CATCH                                                             \
    catch (const c10::Error& e) { fail(e.what_without_backtrace()); }     \
    catch (const std::exception& e) { fail(e.what()); }                   \
    catch (...) { fail("unknown C++ exception"); }

template <class F> static T wrap(F&& f) noexcept { try { return new Tensor(f()); } CATCH return nullptr; }
template <class F> static List* wrap_list(F&& f) noexcept { try { return new List(f()); } CATCH return nullptr; }
template <class F> static int run(F&& f) noexcept { try { f(); return 0; } CATCH return 1; }
template <class F> static int pair(T* a, T* b, F&& f) noexcept {
    return run([&] { auto r = f(); *a = new Tensor(std::get<0>(r)); *b = new Tensor(std::get<1>(r)); });
}

static at::Scalar number(Number n) {
    if (n.kind < 0) throw std::invalid_argument("a number is required here");
    if (n.kind == 0) return at::Scalar(n.bits);
    if (n.kind == 2) return at::Scalar(n.bits != 0);
    double d; memcpy(&d, &n.bits, sizeof d); return at::Scalar(d);
}
static Maybe<at::Scalar> maybe(Number n) { return n.kind < 0 ? Maybe<at::Scalar>() : Maybe<at::Scalar>(number(n)); }
static Maybe<at::ScalarType> type_of(int32_t t) { return t < 0 ? Maybe<at::ScalarType>() : Maybe<at::ScalarType>(static_cast<at::ScalarType>(t)); }
static at::Device device_of(int32_t type, int32_t index) { return at::Device(static_cast<at::DeviceType>(type), static_cast<c10::DeviceIndex>(index)); }
static at::TensorOptions options(Options o) {
    at::TensorOptions r;
    if (o.dtype >= 0) r = r.dtype(static_cast<at::ScalarType>(o.dtype));
    return o.device < 0 ? r : r.device(device_of(o.device, o.index));
}
static Tensor leaf(Tensor t, Options o) { if (o.requires_grad) t.set_requires_grad(true); return t; }
static at::IntArrayRef dims(const int64_t* d, int32_t n) { return at::IntArrayRef(d, static_cast<size_t>(n)); }
static Tensor given(T t) { return t ? *t : Tensor(); }
static List list(T* t, int32_t n) { List r; r.reserve(n); for (int32_t i = 0; i < n; i++) r.push_back(*t[i]); return r; }
static Maybe<at::Generator> generator(at::Generator* g) { return g ? Maybe<at::Generator>(*g) : Maybe<at::Generator>(); }
static Maybe<Text> rounding(int32_t m) { return m == 1 ? Maybe<Text>("trunc") : m == 2 ? Maybe<Text>("floor") : Maybe<Text>(); }

HS const char* hs_last_error() { if (!failed) return nullptr; failed = false; return failure.c_str(); }
HS void hs_free(T t) { delete t; }

#define UNARY(name) HS T hs_##name(T a) { return wrap([&] { return a->name(); }); }
#define UNARY_(name) HS int hs_##name(T a) { return run([&] { a->name(); }); }
#define BINARY(name) HS T hs_##name(T a, T b) { return wrap([&] { return a->name(*b); }); }
#define BINARY_(name) HS int hs_##name(T a, T b) { return run([&] { a->name(*b); }); }
#define SCALAR(name) HS T hs_##name##_scalar(T a, Number s) { return wrap([&] { return a->name(number(s)); }); }
#define SCALAR_(name) HS int hs_##name##s(T a, Number s) { return run([&] { a->name(number(s)); }); }
#define AT_DIM(name) HS T hs_##name##_dim(T a, int64_t d, int32_t keep) { return wrap([&] { return a->name(d, keep != 0); }); }
#define BOTH(name) BINARY(name) SCALAR(name)

UNARY(neg) UNARY(abs) UNARY(exp) UNARY(log) UNARY(sqrt) UNARY(rsqrt) UNARY(sin) UNARY(cos) UNARY(tanh) UNARY(sigmoid)
UNARY(relu) UNARY(isnan) UNARY(isfinite) UNARY(logical_not) UNARY(bitwise_not) UNARY(detach) UNARY(clone) UNARY(contiguous)
UNARY(t) UNARY(all) UNARY(any) UNARY(max) UNARY(min) UNARY(argmax) UNARY(argmin) UNARY(cpu)
UNARY_(relu_) UNARY_(sqrt_) UNARY_(zero_) UNARY_(detach_) UNARY_(retain_grad)
BINARY(matmul) BINARY(mm) BINARY(bmm) BOTH(mul) BOTH(pow) BOTH(remainder) BINARY(maximum) BINARY(minimum)
BINARY(bitwise_and) BINARY(bitwise_or) BINARY(logical_and) BINARY(logical_or) BINARY(masked_select) BINARY(expand_as) BINARY(view_as)
BINARY_(mul_) SCALAR_(mul_) SCALAR_(fill_)
BOTH(eq) BOTH(ne) BOTH(lt) BOTH(le) BOTH(gt) BOTH(ge)
AT_DIM(all) AT_DIM(any) AT_DIM(argmax) AT_DIM(argmin) AT_DIM(logsumexp)

HS T hs_alias(T a) { return wrap([&] { return *a; }); }
HS T hs_add(T a, T b, Number alpha) { return wrap([&] { return a->add(*b, number(alpha)); }); }
HS T hs_add_scalar(T a, Number b, Number alpha) { return wrap([&] { return a->add(number(b), number(alpha)); }); }
HS T hs_sub(T a, T b) { return wrap([&] { return a->sub(*b); }); }
HS T hs_sub_scalar(T a, Number b) { return wrap([&] { return a->sub(number(b)); }); }
HS T hs_rsub_scalar(T a, Number b) { return wrap([&] { return at::rsub(*a, number(b)); }); }
HS T hs_rdiv_scalar(T a, Number b) { return wrap([&] { return a->reciprocal().mul(number(b)); }); }
HS T hs_div(T a, T b, int32_t mode) { return wrap([&] { return a->div(*b, rounding(mode)); }); }
HS T hs_div_scalar(T a, Number b, int32_t mode) { return wrap([&] { return a->div(number(b), rounding(mode)); }); }
HS int hs_add_(T a, T b, Number alpha) { return run([&] { a->add_(*b, number(alpha)); }); }
HS int hs_add_scalar_(T a, Number b, Number alpha) { return run([&] { a->add_(number(b), number(alpha)); }); }
HS int hs_sub_(T a, T b) { return run([&] { a->sub_(*b); }); }
HS int hs_sub_scalar_(T a, Number b) { return run([&] { a->sub_(number(b)); }); }
HS int hs_div_(T a, T b, int32_t mode) { return run([&] { a->div_(*b, rounding(mode)); }); }
HS int hs_div_scalar_(T a, Number b, int32_t mode) { return run([&] { a->div_(number(b), rounding(mode)); }); }
HS int hs_addcmul_(T a, T b, T c, Number v) { return run([&] { a->addcmul_(*b, *c, number(v)); }); }
HS int hs_addcdiv_(T a, T b, T c, Number v) { return run([&] { a->addcdiv_(*b, *c, number(v)); }); }
HS T hs_addmm(T a, T b, T c, double beta, double alpha) { return wrap([&] { return a->addmm(*b, *c, beta, alpha); }); }
HS int hs_lerp_(T a, T end, T weight) { return run([&] { a->lerp_(*end, *weight); }); }
HS T hs_clamp(T a, Number lo, Number hi) { return wrap([&] { return a->clamp(maybe(lo), maybe(hi)); }); }
HS T hs_clamp_tensor(T a, T lo, T hi) { return wrap([&] { return a->clamp(lo ? Maybe<Tensor>(*lo) : Maybe<Tensor>(), hi ? Maybe<Tensor>(*hi) : Maybe<Tensor>()); }); }
HS int hs_clamp_(T a, Number lo, Number hi) { return run([&] { a->clamp_(maybe(lo), maybe(hi)); }); }
HS int hs_clamp_tensor_(T a, T lo, T hi) { return run([&] { a->clamp_(lo ? Maybe<Tensor>(*lo) : Maybe<Tensor>(), hi ? Maybe<Tensor>(*hi) : Maybe<Tensor>()); }); }

// Reductions
HS T hs_sum(T a, int32_t type) { return wrap([&] { return a->sum(type_of(type)); }); }
HS T hs_mean(T a, int32_t type) { return wrap([&] { return a->mean(type_of(type)); }); }
HS T hs_sum_dims(T a, const int64_t* d, int32_t n, int32_t keep, int32_t type) { return wrap([&] { return a->sum(dims(d, n), keep != 0, type_of(type)); }); }
HS T hs_mean_dims(T a, const int64_t* d, int32_t n, int32_t keep, int32_t type) { return wrap([&] { return a->mean(dims(d, n), keep != 0, type_of(type)); }); }
HS T hs_var(T a, int32_t unbiased) { return wrap([&] { return a->var(unbiased != 0); }); }
HS T hs_std(T a, int32_t unbiased) { return wrap([&] { return a->std(unbiased != 0); }); }
HS T hs_var_dims(T a, const int64_t* d, int32_t n, int32_t unbiased, int32_t keep) { return wrap([&] { return a->var(dims(d, n), unbiased != 0, keep != 0); }); }
HS T hs_std_dims(T a, const int64_t* d, int32_t n, int32_t unbiased, int32_t keep) { return wrap([&] { return a->std(dims(d, n), unbiased != 0, keep != 0); }); }
HS T hs_norm(T a, double p) { return wrap([&] { return a->norm(p); }); }
HS T hs_norm_dim(T a, double p, int64_t d, int32_t keep) { return wrap([&] { return a->norm(at::Scalar(p), dims(&d, 1), keep != 0); }); }
HS T hs_cumsum(T a, int64_t d, int32_t type) { return wrap([&] { return a->cumsum(d, type_of(type)); }); }
HS T hs_softmax(T a, int64_t d, int32_t type) { return wrap([&] { return a->softmax(d, type_of(type)); }); }
HS T hs_log_softmax(T a, int64_t d, int32_t type) { return wrap([&] { return a->log_softmax(d, type_of(type)); }); }
HS int hs_max_dim(T a, int64_t d, int32_t keep, T* v, T* i) { return pair(v, i, [&] { return a->max(d, keep != 0); }); }
HS int hs_min_dim(T a, int64_t d, int32_t keep, T* v, T* i) { return pair(v, i, [&] { return a->min(d, keep != 0); }); }
HS int hs_topk(T a, int64_t k, int64_t d, int32_t largest, int32_t sorted, T* v, T* i) { return pair(v, i, [&] { return a->topk(k, d, largest != 0, sorted != 0); }); }
HS int hs_sort(T a, int64_t d, int32_t down, int32_t stable, T* v, T* i) { return pair(v, i, [&] { return a->sort(Maybe<bool>(stable != 0), d, down != 0); }); }
HS T hs_argsort(T a, int64_t d, int32_t down) { return wrap([&] { return a->argsort(d, down != 0); }); }
HS int hs_allclose(T a, T b, double rtol, double atol, int32_t nan, int32_t* out) { return run([&] { *out = a->allclose(*b, rtol, atol, nan != 0); }); }
HS T hs_equal(T a, T b) { return wrap([&] { return at::scalar_tensor(a->equal(*b), at::kBool); }); }

// Shape
HS T hs_view(T a, const int64_t* d, int32_t n) { return wrap([&] { return a->view(dims(d, n)); }); }
HS T hs_reshape(T a, const int64_t* d, int32_t n) { return wrap([&] { return a->reshape(dims(d, n)); }); }
HS T hs_permute(T a, const int64_t* d, int32_t n) { return wrap([&] { return a->permute(dims(d, n)); }); }
HS T hs_repeat(T a, const int64_t* d, int32_t n) { return wrap([&] { return a->repeat(dims(d, n)); }); }
HS T hs_expand(T a, const int64_t* d, int32_t n, int32_t implicit) { return wrap([&] { return a->expand(dims(d, n), implicit != 0); }); }
HS T hs_transpose(T a, int64_t x, int64_t y) { return wrap([&] { return a->transpose(x, y); }); }
HS int hs_transpose_(T a, int64_t x, int64_t y) { return run([&] { a->transpose_(x, y); }); }
HS T hs_flatten(T a, int64_t x, int64_t y) { return wrap([&] { return a->flatten(x, y); }); }
HS T hs_squeeze(T a) { return wrap([&] { return a->squeeze(); }); }
HS T hs_squeeze_dim(T a, int64_t d) { return wrap([&] { return a->squeeze(d); }); }
HS T hs_unsqueeze(T a, int64_t d) { return wrap([&] { return a->unsqueeze(d); }); }
HS int hs_unsqueeze_(T a, int64_t d) { return run([&] { a->unsqueeze_(d); }); }
HS T hs_narrow(T a, int64_t d, int64_t start, int64_t n) { return wrap([&] { return a->narrow(d, start, n); }); }
HS T hs_slice(T a, int64_t d, int64_t from, int64_t to, int64_t step) { return wrap([&] { return a->slice(d, from, to, step); }); }
HS T hs_select(T a, int64_t d, int64_t i) { return wrap([&] { return a->select(d, i); }); }
HS T hs_triu(T a, int64_t k) { return wrap([&] { return a->triu(k); }); }
HS T hs_tril(T a, int64_t k) { return wrap([&] { return a->tril(k); }); }
HS T hs_index_select(T a, int64_t d, T i) { return wrap([&] { return a->index_select(d, *i); }); }
HS T hs_gather(T a, int64_t d, T i) { return wrap([&] { return a->gather(d, *i); }); }
HS T hs_scatter(T a, int64_t d, T i, T s) { return wrap([&] { return a->scatter(d, *i, *s); }); }
HS int hs_scatter_(T a, int64_t d, T i, T s) { return run([&] { a->scatter_(d, *i, *s); }); }
HS int hs_scatter_add_(T a, int64_t d, T i, T s) { return run([&] { a->scatter_add_(d, *i, *s); }); }
HS int hs_index_add_(T a, int64_t d, T i, T s, Number alpha) { return run([&] { a->index_add_(d, *i, *s, number(alpha)); }); }
HS T hs_masked_fill(T a, T m, Number v) { return wrap([&] { return a->masked_fill(*m, number(v)); }); }
HS int hs_masked_fill_(T a, T m, Number v) { return run([&] { a->masked_fill_(*m, number(v)); }); }
HS T hs_where(T c, T x, T y) { return wrap([&] { return at::where(*c, *x, *y); }); }
HS T hs_cat(T* t, int32_t n, int64_t d) { return wrap([&] { return at::cat(list(t, n), d); }); }
HS T hs_stack(T* t, int32_t n, int64_t d) { return wrap([&] { return at::stack(list(t, n), d); }); }
HS List* hs_where_indices(T c) { return wrap_list([&] { return at::where(*c); }); }
HS List* hs_split(T a, int64_t size, int64_t d) { return wrap_list([&] { return a->split(size, d); }); }
HS List* hs_split_sizes(T a, const int64_t* s, int32_t n, int64_t d) { return wrap_list([&] { return a->split_with_sizes(dims(s, n), d); }); }
HS List* hs_chunk(T a, int64_t n, int64_t d) { return wrap_list([&] { return a->chunk(n, d); }); }
HS List* hs_unbind(T a, int64_t d) { return wrap_list([&] { return a->unbind(d); }); }
HS int32_t hs_list_size(List* l) { return static_cast<int32_t>(l->size()); }
HS void hs_list_take(List* l, T* out) { for (auto& t : *l) *out++ = new Tensor(std::move(t)); delete l; }

static std::vector<at::indexing::TensorIndex> index_of(const Index* x, int32_t n) {
    using namespace at::indexing;
    std::vector<TensorIndex> r;
    auto bound = [](int64_t v) { return v == kNone ? Maybe<Bound>() : Maybe<Bound>(Bound(v)); };
    for (int32_t i = 0; i < n; i++) switch (x[i].kind) {
        case 0: r.emplace_back(Bound(x[i].start)); break;
        case 1: r.emplace_back(Slice(bound(x[i].start), bound(x[i].stop), bound(x[i].step))); break;
        case 2: r.emplace_back(None); break;
        case 3: r.emplace_back(Ellipsis); break;
        case 4: r.emplace_back(x[i].start != 0); break;
        default: r.emplace_back(*x[i].tensor); break;
    }
    return r;
}
HS T hs_index(T a, const Index* x, int32_t n) { return wrap([&] { return a->index(index_of(x, n)); }); }
HS int hs_index_put_(T a, const Index* x, int32_t n, T value) { return run([&] { a->index_put_(index_of(x, n), *value); }); }
HS int hs_index_put_scalar_(T a, const Index* x, int32_t n, Number value) { return run([&] { a->index_put_(index_of(x, n), number(value)); }); }
HS int hs_index_accumulate_(T a, T* x, int32_t n, T value) {
    return run([&] { c10::List<Maybe<Tensor>> l; for (int32_t i = 0; i < n; i++) l.push_back(Maybe<Tensor>(*x[i])); a->index_put_(l, *value, true); });
}

// Factories
HS T hs_empty(const int64_t* d, int32_t n, Options o) { return wrap([&] { return leaf(at::empty(dims(d, n), options(o)), o); }); }
HS T hs_zeros(const int64_t* d, int32_t n, Options o) { return wrap([&] { return leaf(at::zeros(dims(d, n), options(o)), o); }); }
HS T hs_ones(const int64_t* d, int32_t n, Options o) { return wrap([&] { return leaf(at::ones(dims(d, n), options(o)), o); }); }
HS T hs_full(const int64_t* d, int32_t n, Number v, Options o) { return wrap([&] { return leaf(at::full(dims(d, n), number(v), options(o)), o); }); }
HS T hs_rand(const int64_t* d, int32_t n, at::Generator* g, Options o) { return wrap([&] { return leaf(at::rand(dims(d, n), generator(g), options(o)), o); }); }
HS T hs_randn(const int64_t* d, int32_t n, at::Generator* g, Options o) { return wrap([&] { return leaf(at::randn(dims(d, n), generator(g), options(o)), o); }); }
HS T hs_randint(int64_t low, int64_t high, const int64_t* d, int32_t n, at::Generator* g, Options o) { return wrap([&] { return leaf(at::randint(low, high, dims(d, n), generator(g), options(o)), o); }); }
HS T hs_randperm(int64_t n, at::Generator* g, Options o) { return wrap([&] { return leaf(at::randperm(n, generator(g), options(o)), o); }); }
HS T hs_arange(Number from, Number to, Number step, Options o) { return wrap([&] { return leaf(at::arange(number(from), number(to), number(step), options(o)), o); }); }
HS T hs_linspace(double from, double to, int64_t steps, Options o) { return wrap([&] { return leaf(at::linspace(from, to, steps, options(o)), o); }); }
HS T hs_eye(int64_t rows, int64_t columns, Options o) { return wrap([&] { return leaf(at::eye(rows, columns, options(o)), o); }); }
HS T hs_from_data(void* data, int32_t type, const int64_t* d, int32_t n, Options o) {
    return wrap([&] { return leaf(at::from_blob(data, dims(d, n), at::TensorOptions(static_cast<at::ScalarType>(type))).to(options(o), false, true), o); });
}
HS T hs_to(T a, Options o, int32_t copy, int32_t async) { return wrap([&] { return a->to(options(o), async != 0, copy != 0); }); }
HS int hs_copy_(T a, T b, int32_t async) { return run([&] { a->copy_(*b, async != 0); }); }
HS int hs_set_(T a, T b) { return run([&] { a->set_(*b); }); }
HS int hs_normal_(T a, double mean, double std, at::Generator* g) { return run([&] { a->normal_(mean, std, generator(g)); }); }
HS int hs_uniform_(T a, double from, double to, at::Generator* g) { return run([&] { a->uniform_(from, to, generator(g)); }); }
HS T hs_bernoulli(T a, at::Generator* g) { return wrap([&] { return a->bernoulli(generator(g)); }); }
HS int hs_bernoulli_(T a, double p, at::Generator* g) { return run([&] { a->bernoulli_(p, generator(g)); }); }
HS int hs_bernoulli_tensor_(T a, T p, at::Generator* g) { return run([&] { a->bernoulli_(*p, generator(g)); }); }

// Facts about one tensor
HS int64_t hs_ndim(T a) { return a->dim(); }
HS int64_t hs_numel(T a) { return a->numel(); }
HS int64_t hs_element_size(T a) { return static_cast<int64_t>(a->element_size()); }
HS void hs_sizes(T a, int64_t* out) { for (auto s : a->sizes()) *out++ = s; }
HS void hs_strides(T a, int64_t* out) { for (auto s : a->strides()) *out++ = s; }
HS int32_t hs_dtype(T a) { return static_cast<int32_t>(a->scalar_type()); }
HS int32_t hs_device_type(T a) { return static_cast<int32_t>(a->device().type()); }
HS int32_t hs_device_index(T a) { return a->device().index(); }
HS int32_t hs_is_contiguous(T a) { return a->is_contiguous(); }
HS int32_t hs_is_leaf(T a) { return a->is_leaf(); }
HS int32_t hs_is_sparse(T a) { return a->is_sparse(); }
HS void* hs_data(T a) { void* p = nullptr; return run([&] { p = a->data_ptr(); }) ? nullptr : p; }
HS int hs_item(T a, Number* out) {
    return run([&] {
        auto s = a->item();
        if (s.isFloatingPoint()) { double d = s.toDouble(); out->kind = 1; memcpy(&out->bits, &d, sizeof d); }
        else { out->kind = s.isBoolean() ? 2 : 0; out->bits = s.toLong(); }
    });
}

// Autograd
HS int32_t hs_requires_grad(T a) { return a->requires_grad(); }
HS int hs_set_requires_grad(T a, int32_t on) { return run([&] { a->set_requires_grad(on != 0); }); }
HS T hs_grad(T a) { return a->grad().defined() ? wrap([&] { return a->grad(); }) : nullptr; }
HS int32_t hs_has_grad(T a) { return a->grad().defined(); }
HS int hs_set_grad(T a, T g) { return run([&] { a->mutable_grad() = given(g); }); }
HS int hs_zero_grad(T a) { return run([&] { if (a->grad().defined()) { c10::NoGradGuard off; a->mutable_grad().zero_(); } }); }
HS int hs_backward(T a, T gradient, int32_t retain, int32_t create, T* inputs, int32_t n) {
    return run([&] {
        auto only = list(inputs, n);
        a->backward(given(gradient), retain != 0, create != 0, n > 0 ? Maybe<at::TensorList>(only) : Maybe<at::TensorList>());
    });
}
HS int32_t hs_grad_enabled() { return c10::GradMode::is_enabled(); }
HS void hs_set_grad_enabled(int32_t on) { c10::GradMode::set_enabled(on != 0); }
HS c10::InferenceMode* hs_inference_begin(int32_t on) { return new c10::InferenceMode(on != 0); }
HS void hs_inference_end(c10::InferenceMode* m) { delete m; }

// Neural network functions
HS T hs_linear(T x, T w, T b) { return wrap([&] { return at::linear(*x, *w, given(b)); }); }
HS T hs_layer_norm(T x, const int64_t* d, int32_t n, T w, T b, double eps) { return wrap([&] { return at::layer_norm(*x, dims(d, n), given(w), given(b), eps); }); }
HS T hs_dropout(T x, double p, int32_t train) { return wrap([&] { return at::dropout(*x, p, train != 0); }); }
HS int hs_dropout_(T x, double p, int32_t train) { return run([&] { at::dropout_(*x, p, train != 0); }); }
HS T hs_cross_entropy(T x, T y, T w, int64_t reduction, int64_t ignore, double smooth) { return wrap([&] { return at::cross_entropy_loss(*x, *y, given(w), reduction, ignore, smooth); }); }
HS T hs_nll_loss(T x, T y, T w, int64_t reduction) { return wrap([&] { return at::nll_loss(*x, *y, given(w), reduction); }); }
HS T hs_mse_loss(T x, T y, int64_t reduction) { return wrap([&] { return at::mse_loss(*x, *y, reduction); }); }
HS T hs_embedding(T w, T i, int64_t padding, int32_t scale, int32_t sparse) { return wrap([&] { return at::embedding(*w, *i, padding, scale != 0, sparse != 0); }); }
HS int hs_clip_grad_norm_(T* p, int32_t n, double max, double type, double* total) {
    return run([&] {
        c10::NoGradGuard off;
        List grads, norms;
        for (int32_t i = 0; i < n; i++) if (p[i]->grad().defined()) grads.push_back(p[i]->grad());
        *total = 0;
        if (grads.empty()) return;
        for (auto& g : grads) norms.push_back(g.norm(type));
        *total = at::stack(norms).norm(type).item<double>();
        double scale = max / (*total + 1e-6);
        if (scale < 1) for (auto& g : grads) g.mul_(scale);
    });
}

// One pass over memory instead of six: on a processor Adam is bound by memory, not by arithmetic.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target_clones("avx2", "default")))
#endif
static void adam_floats(float* __restrict p, const float* __restrict g, float* __restrict m, float* __restrict v, int64_t n, float b1, float c1, float b2, float c2, float decay, float sign, float rate, float root, float eps) {
    for (int64_t i = 0; i < n; i++) {
        float d = sign * g[i] + decay * p[i];
        m[i] = b1 * m[i] + c1 * d;
        v[i] = b2 * v[i] + c2 * d * d;
        p[i] -= rate * m[i] / (std::sqrt(v[i]) * root + eps);
    }
}
struct AdamStep { double lr, beta1, beta2, eps, weight_decay; int64_t step, maximize; };
HS int hs_adam(T p, T m, T v, T most, const AdamStep* s) {
    return run([&] {
        c10::NoGradGuard off;
        Tensor g = p->grad();
        if (!g.defined()) return;
        double rate = s->lr / (1 - std::pow(s->beta1, s->step)), root = 1 / std::sqrt(1 - std::pow(s->beta2, s->step));
        auto simple = [](const Tensor& t) { return t.scalar_type() == at::kFloat && t.is_cpu() && t.is_contiguous(); };
        if (!most && simple(*p) && simple(g) && simple(*m) && simple(*v)) {
            adam_floats(p->data_ptr<float>(), g.data_ptr<float>(), m->data_ptr<float>(), v->data_ptr<float>(), p->numel(), s->beta1, 1 - s->beta1, s->beta2, 1 - s->beta2, s->weight_decay,
                s->maximize ? -1 : 1, rate, root, s->eps);
            p->unsafeGetTensorImpl()->bump_version();
            return;
        }
        if (s->maximize) g = g.neg();
        if (s->weight_decay != 0) g = g.add(*p, s->weight_decay);
        m->mul_(s->beta1).add_(g, 1 - s->beta1);
        v->mul_(s->beta2).addcmul_(g, g, 1 - s->beta2);
        if (most) at::maximum_out(*most, *most, *v);
        p->addcdiv_(*m, (most ? most->sqrt() : v->sqrt()).mul_(root).add_(s->eps), -rate);
    });
}

// Generators, threads, devices
HS at::Generator* hs_generator(int32_t device, int32_t index) {
    at::Generator* r = nullptr;
    run([&] { r = new at::Generator(at::globalContext().defaultGenerator(device_of(device, index))); });
    return r;
}
HS at::Generator* hs_generator_new(int32_t device, int32_t index, uint64_t seed) {
    at::Generator* r = nullptr;
    run([&] { r = new at::Generator(at::globalContext().defaultGenerator(device_of(device, index)).clone()); r->set_current_seed(seed); });
    return r;
}
HS void hs_generator_free(at::Generator* g) { delete g; }
HS T hs_generator_state(at::Generator* g) { return wrap([&] { std::lock_guard<std::mutex> lock(g->mutex()); return g->get_state(); }); }
HS int hs_generator_set_state(at::Generator* g, T s) { return run([&] { std::lock_guard<std::mutex> lock(g->mutex()); g->set_state(*s); }); }
HS int hs_generator_seed(at::Generator* g, int64_t seed) { return run([&] { std::lock_guard<std::mutex> lock(g->mutex()); g->set_current_seed(static_cast<uint64_t>(seed)); }); }
HS int64_t hs_generator_fresh_seed(at::Generator* g) { std::lock_guard<std::mutex> lock(g->mutex()); return static_cast<int64_t>(g->seed()); }
HS int64_t hs_generator_initial_seed(at::Generator* g) { return static_cast<int64_t>(g->current_seed()); }
HS int hs_manual_seed(int64_t seed) { return run([&] { at::manual_seed(static_cast<uint64_t>(seed)); }); }
HS int32_t hs_threads() { return at::get_num_threads(); }
HS int hs_set_threads(int32_t n) { return run([&] { at::set_num_threads(n); }); }
HS int32_t hs_interop_threads() { return at::get_num_interop_threads(); }
HS int hs_set_interop_threads(int32_t n) { return run([&] { at::set_num_interop_threads(n); }); }
static int32_t cuda_devices() { return at::hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0; }
HS int32_t hs_cuda_devices() { try { return cuda_devices(); } catch (...) { return 0; } }
HS int hs_cuda_seed(int64_t seed) {
    return run([&] {
        for (int32_t i = 0; i < cuda_devices(); i++) {
            auto g = at::globalContext().defaultGenerator(device_of(static_cast<int32_t>(at::kCUDA), i));
            std::lock_guard<std::mutex> lock(g.mutex());
            g.set_current_seed(static_cast<uint64_t>(seed));
        }
    });
}
// Nothing here changes the current device, so that it is always the first.
HS int hs_cuda_synchronize(int32_t index) { return run([&] { at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(index < 0 ? 0 : index)); }); }
