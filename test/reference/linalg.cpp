// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py.

#include <ctgrad/linalg.hpp>
#include <ctgrad/transform.hpp>

#include <array>

namespace ct = ctgrad;
using namespace ct::literals;

namespace reference {

namespace {

// What stands in all examples below.
constexpr auto N = ct::dim<"N">;
constexpr auto a = ct::placeholder<"a", double, N, 3, 3>;
constexpr auto b = ct::placeholder<"b", double, N, 3, 2>;
constexpr auto m = ct::variable<"m", double, 2, 2>;
constexpr auto v = ct::placeholder<"v", double, 2>;
constexpr auto tall = ct::placeholder<"tall", double, N, 5, 3>;
constexpr std::array numbers{4.0, 2.0, 2.0, 5.0};

// `cholesky`
static_assert(ct::evaluate(ct::cholesky(m), m = numbers)[2] == 1);

static_assert(ct::cholesky_solve(ct::cholesky(a), b).shape() == ct::shape(N, 3, 2));

static_assert(ct::triangular_solve(a, b).shape() == ct::shape(N, 3, 2));
static_assert(ct::triangular_solve(m, v, ct::upper_triangle, ct::transpose_a).shape() == ct::shape(2));

static_assert(ct::solve(a, b).shape() == ct::shape(N, 3, 2));
static_assert(ct::solve(m, v, ct::transpose_a).shape() == ct::shape(2));

static_assert(ct::inverse(a).shape() == ct::shape(N, 3, 3));

static_assert(ct::det(a).shape() == ct::shape(N));

// `slogdet` `sign_and_logarithm`
static_assert(ct::slogdet(a).log_abs_det.shape() == ct::shape(N));

// `qr` `orthogonal_and_triangular`
static_assert(ct::qr(tall).q.shape() == ct::shape(N, 5, 3));
static_assert(ct::qr(tall).r.shape() == ct::shape(N, 3, 3));

static_assert(ct::lstsq(tall, ct::placeholder<"y", double, N, 5, 1>).shape() == ct::shape(N, 3, 1));

// `diag_part`
static_assert(ct::evaluate(ct::diag_part(m), m = numbers)[1] == 5);

static_assert(ct::diag(v).shape() == ct::shape(2, 2));

// `trace`
static_assert(ct::evaluate(ct::trace(m), m = numbers)[0] == 9);

static_assert(ct::einsum<"nij,njk->nik">(a, b).shape() == ct::shape(N, 3, 2));
static_assert(ct::einsum<"...ij,...kj">(a, tall).shape() == ct::shape(N, 3, 5));
static_assert(ct::einsum<"ni,ij,nj->n">(ct::placeholder<"p", double, N, 2>, m, ct::placeholder<"q", double, N, 2>).shape() == ct::shape(N));

static_assert(ct::tensordot(b, m, ct::axis<2>, ct::axis<0>).shape() == ct::shape(N, 3, 2));
static_assert(ct::tensordot(a, ct::placeholder<"w", double, 3, 3, 7>, ct::axes_count<2>).shape() == ct::shape(N, 7));

static_assert(ct::matvec(m, v).shape() == ct::shape(2));

static_assert(ct::vecdot(b, v).shape() == ct::shape(N, 3));

} // namespace

} // namespace reference
