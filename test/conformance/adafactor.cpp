// SPDX-License-Identifier: BSL-1.0
#include "training.hpp"

namespace conformance {

namespace {

/// Adafactor takes means: of each shape it is another program.
template <class... Shape>
void of_shape(const json& arguments, const std::vector<std::size_t>& shape, course& of, pack<Shape...>) {
    const bool known = (... || [&]<int... Extent>(pack<std::integral_constant<int, Extent>...>) {
        if (shape != std::vector<std::size_t>{Extent...}) return false;
        train_clipped<double, Extent...>(ct::adafactor, arguments, of);
        return true;
    }(Shape{}));
    if (!known) throw skipped("Adafactor for a shape that is not among those tried");
}
template <int... Extent>
using extents = pack<std::integral_constant<int, Extent>...>;

} // namespace

void train_adafactor(const json& arguments, const std::vector<std::size_t>& shape, course& of) {
    of_shape(arguments, shape, of,
             pack<extents<2>, extents<3>, extents<4>, extents<5>, extents<6>, extents<10>, extents<2, 1>, extents<2, 2>, extents<2, 3>,
                  extents<2, 4>, extents<3, 2>, extents<3, 3>, extents<3, 4>, extents<4, 3>>{});
}

} // namespace conformance
