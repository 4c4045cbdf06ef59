// SPDX-License-Identifier: BSL-1.0

#include "check.hpp"

// Every op in `all_ops`, used as in samples.hpp, in a graph as written and in a simplified one.

using namespace laws;

BOOST_AUTO_TEST_SUITE(laws)

BOOST_AUTO_TEST_CASE(gradients_are_central_differences) {
    for_each_sample([](sample make, const std::string& name) {
        if (!is_differentiable(make)) return;
        const ct::list<ct::value_list> expected = differences(make, 1);
        check_close(gradients(make, dtype::float64, false, 1), expected, 1e-6, name + " as written");
        check_close(gradients(make, dtype::float64, true, 1), expected, 1e-6, name + " simplified");
        check_close(gradients(make, dtype::float32, false, 1), expected, 1e-5, name + " in float as written");
        check_close(gradients(make, dtype::float32, true, 1), expected, 1e-5, name + " in float simplified");
    });
}

BOOST_AUTO_TEST_CASE(second_gradients_are_central_differences_of_the_first) {
    for_each_sample([](sample make, const std::string& name) {
        if (!is_differentiable(make)) return;
        const ct::list<ct::value_list> expected = differences(make, 2);
        check_close(gradients(make, dtype::float64, false, 2), expected, 1e-6, name + " as written");
        check_close(gradients(make, dtype::float64, true, 2), expected, 1e-6, name + " simplified");
        check_close(gradients(make, dtype::float32, true, 2), expected, 1e-4, name + " in float simplified");
    });
}

// A rule that drops what is multiplied by 0 must not drop the derivative of that product.
BOOST_AUTO_TEST_CASE(second_gradients_are_right_where_the_first_are_0) {
    for_each_sample([](sample make, const std::string& name) {
        if (!is_differentiable(make)) return;
        const ct::list<ct::value_list> expected = differences(make, 2, loss_kind::stationary);
        check_close(gradients(make, dtype::float64, false, 2, loss_kind::stationary), expected, 1e-6, name + " as written");
        check_close(gradients(make, dtype::float64, true, 2, loss_kind::stationary), expected, 1e-6, name + " simplified");
    });
}

BOOST_AUTO_TEST_CASE(values_fill_the_inferred_shape) {
    for_each_sample([](sample make, const std::string& name) {
        for (const bool simplified : {false, true}) {
            trial t(dtype::float64, simplified);
            const ref y = make(t);
            std::int64_t size = 1;
            for (int k = 0; k < y.shape().rank; ++k) size *= t.input.size_of(y.shape()[k]);
            BOOST_TEST(values_of(t, one(y))[0].size() == size, name);
        }
    });
}

BOOST_AUTO_TEST_CASE(a_simplified_graph_has_the_same_values) {
    for_each_sample([](sample make, const std::string& name) {
        for (const dtype type : {dtype::float32, dtype::float64}) {
            trial written(type, false), simplified(type, true);
            const ref y = make(written), z = make(simplified);
            BOOST_TEST((y.shape() == z.shape() && y->type == z->type), name);
            check_close(values_of(simplified, one(z)), values_of(written, one(y)), type == dtype::float32 ? 1e-6 : 1e-14, name);
        }
    });
}

BOOST_AUTO_TEST_SUITE_END()
