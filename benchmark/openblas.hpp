// SPDX-License-Identifier: BSL-1.0
#pragma once

// The header of OpenBLAS does not pass our warnings.
#pragma GCC system_header
#include <cblas.h>

#include <cstddef>

namespace bench {

inline void one_thread() { openblas_set_num_threads(1); }

enum class form { plain, transposed };

/// C[m,n] = alpha A B + beta C, row-major; `A` is [m,k] as used, in memory perhaps transposed.
inline void sgemm(form a_form, form b_form, std::size_t m, std::size_t n, std::size_t k, const float* a, const float* b, float* c,
                  float alpha = 1, float beta = 0) {
    const auto size = [](std::size_t s) { return static_cast<blasint>(s); };
    const bool at = a_form == form::transposed, bt = b_form == form::transposed;
    cblas_sgemm(CblasRowMajor, at ? CblasTrans : CblasNoTrans, bt ? CblasTrans : CblasNoTrans, size(m), size(n), size(k), alpha, a,
                size(at ? m : k), b, size(bt ? k : n), beta, c, size(n));
}

} // namespace bench
