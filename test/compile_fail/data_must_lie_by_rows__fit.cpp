// expect: data_must_lie_by_rows
// shows: "x"
// shows: "by columns"
// SPDX-License-Identifier: BSL-1.0
// The examples of a fit, by columns.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

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

constexpr auto model = ct::sequential(ct::input<3>, ct::dense<2>());

int main() {
    const std::vector<float> numbers(24), Y(16);
#ifdef FIXED
    const matrix<true> X{numbers, 8, 3};
#else
    const matrix<false> X{numbers, 8, 3};
#endif
    auto net = ct::compile(model, ct::adam(0.01_c), ct::mean_squared_error);
    net.fit(X, Y, {.epochs = 2, .verbose = 0}); // wrong
}
