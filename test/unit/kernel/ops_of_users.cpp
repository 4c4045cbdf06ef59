// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/kernel/run_program.hpp>

#include <ctgrad/ops.hpp>
#include <ctgrad/runtime.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <vector>

// An op of a user computes what its own `evaluate` says, in generated code as in the interpreter, whatever its kind, and whatever
// it has in common with an op of the library: shapes, a name, a place among other ops.

namespace ct = ctgrad;

namespace {

/// y_ij = sum over k of max(a_ik, b_kj): the shapes of a matrix product, and its name.
struct max_sum_op {
    static constexpr std::string_view name = "matmul";
    static constexpr ct::op_kind kind = ct::op_kind::contraction;
    static constexpr int arity = 2;
    static constexpr ct::inference infer(const ct::attributes& asked, const ct::attributes* const* in) {
        return ct::matmul_op::infer(asked, in);
    }
    template <class Out, class A, class B>
    static constexpr void evaluate(const ct::attributes&, const ct::strided<Out>& out, const ct::strided<A>& a, const ct::strided<B>& b) {
        ct::for_each_index(2, out.extent, [&](const std::int64_t* at) {
            out.at(at) = Out(0);
            for (std::int64_t k = 0; k < a.extent[1]; ++k) {
                const std::int64_t i[6]{at[0], k}, j[6]{k, at[1]};
                out.at(at) += a.at(i) > b.at(j) ? a.at(i) : b.at(j);
            }
        });
    }
};
inline constexpr ct::op_function<max_sum_op> max_sum{};

/// The sum of all elements of both, a number: a contraction that drops axes.
struct total_op {
    static constexpr std::string_view name = "mine_total";
    static constexpr ct::op_kind kind = ct::op_kind::contraction;
    static constexpr int arity = 2;
    static constexpr ct::inference infer(const ct::attributes& asked, const ct::attributes* const* in) {
        ct::inference out{asked};
        out.result.type = in[0]->type;
        out.result.shape = {};
        return out;
    }
    template <class Out, class A, class B>
    static constexpr void evaluate(const ct::attributes&, const ct::strided<Out>& out, const ct::strided<A>& a, const ct::strided<B>& b) {
        const std::int64_t none[6]{};
        out.at(none) = Out(0);
        ct::for_each_index(a.rank, a.extent, [&](const std::int64_t* at) { out.at(none) += a.at(at); });
        ct::for_each_index(b.rank, b.extent, [&](const std::int64_t* at) { out.at(none) += b.at(at); });
    }
};
inline constexpr ct::op_function<total_op> total{};

/// x^2 + 1 under the name of another op, whose identities do not hold for it.
struct square_and_one_op : ct::elementwise_op<1> {
    static constexpr std::string_view name = "negative";
    static constexpr auto evaluate(auto x) { return x * x + decltype(x)(1); }
    static constexpr ct::ref derivative(const auto& at) { return at.dy * (2.0 * at.x()); }
};
inline constexpr ct::op_function<square_and_one_op> square_and_one{};

constexpr auto a = ct::placeholder<"a", float, 2, 2>;
constexpr auto b = ct::placeholder<"b", float, 2, 2>;
constexpr std::array<float, 4> p{1, 4, 2, 5}, q{5, 2, 3, 1};

template <class E>
void check(E of, const std::vector<double>& expected) {
    const auto found = ct::function{of}(a = p, b = q);
    const ct::value_list said = ct::evaluate(of, a = p, b = q);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if constexpr (E::rank == 0)
            BOOST_TEST(double(found) == expected[i]);
        else
            BOOST_TEST(double(found[i]) == expected[i]);
        BOOST_TEST(said[static_cast<int>(i)] == expected[i]);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(kernel)

BOOST_AUTO_TEST_CASE(a_contraction_of_a_user_is_no_matrix_product) {
    check(max_sum(a, b), {9, 6, 10, 7});
    check(max_sum(a, b) - ct::matmul(a, b), {9 - 17, 6 - 6, 10 - 25, 7 - 9});
    check(ct::reduce_sum(max_sum(ct::transpose(a), b)), {8 + 4 + 10 + 9});
}

BOOST_AUTO_TEST_CASE(a_contraction_that_drops_axes_is_no_sum_of_outer_products) { check(total(a, b), {23}); }

BOOST_AUTO_TEST_CASE(an_op_of_a_user_may_have_any_name) {
    constexpr auto twice = square_and_one(square_and_one(a));
    const auto found = ct::function{twice}(a = p);
    const ct::value_list said = ct::evaluate(twice, a = p);
    const std::vector<double> expected{5, 290, 26, 677};
    for (std::size_t i = 0; i < 4; ++i) {
        BOOST_TEST(double(found[i]) == expected[i]);
        BOOST_TEST(said[static_cast<int>(i)] == expected[i]);
    }
    const auto slopes = ct::function{ct::gradient(ct::reduce_sum(-square_and_one(a)), a)[a]}(a = p);
    BOOST_TEST(slopes[1] == -8.0F);
}

BOOST_AUTO_TEST_SUITE_END()
