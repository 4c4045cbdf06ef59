// expect: data_must_fill_leaf
// shows: "x"
// shows: "[?,2]"
// SPDX-License-Identifier: BSL-1.0
// A matrix of two columns where there are three: two rows of it would be read as one and a third.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) - y));

// A matrix as of Eigen, seen by its members.
template <bool ByRows, int Rows = -1, int Columns = -1, int OuterStride = -1>
struct matrix {
    static constexpr bool IsRowMajor = ByRows;
    enum { RowsAtCompileTime = Rows, ColsAtCompileTime = Columns, InnerStrideAtCompileTime = 1, OuterStrideAtCompileTime = OuterStride };
    std::vector<float> elements;
    long rows_, columns_;
    const float* data() const { return elements.data(); }
    long size() const { return rows_ * columns_; }
    long rows() const { return rows_; }
    long cols() const { return columns_; }
    long innerStride() const { return 1; }
    long outerStride() const { return ByRows ? columns_ : rows_; }
};

int main() {
    const std::vector<float> numbers(24);
#ifdef FIXED
    const matrix<true, -1, 3> X{numbers, 8, 3};
#else
    const matrix<true, -1, 2> X{numbers, 12, 2};
#endif
    ct::function f{ct::reduce_sum(x)};
    (void)f(x = X); // wrong
}
