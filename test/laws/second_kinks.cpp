// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/graph.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

// First and second derivatives where functions have kinks, at zeros, ties and bounds (semantics.md, 2.9).

namespace ct = ctgrad;
using ct::ref;

namespace {

using numbers = std::vector<double>;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A function of one or two lists of numbers.
using function = std::function<ref(ref x, ref y)>;

ref leaf(ct::builder& b, const ct::symbol& name, std::size_t size) {
    ct::attributes a;
    a.type = ct::dtype::float64;
    a.shape = ct::shape(size);
    a.name = &name;
    return b.add(ct::info<ct::variable_op>, a, nullptr);
}

/// The sum of f, differentiated once by each of `by` ('x' or 'y'), at x and y.
numbers derivative(const function& f, const std::string& by, const numbers& x, const numbers& y, bool simplified) {
    ct::builder made = simplified ? ct::builder(ct::simplify) : ct::builder();
    const ref leaves[] = {leaf(made, ct::symbol_of<"x">, x.size()), leaf(made, ct::symbol_of<"y">, y.size())};
    ref of = f(leaves[0], leaves[1]);
    for (char c : by) {
        const ref wrt = leaves[c == 'y'];
        ct::list<ref> leaf_list;
        leaf_list.push_back(wrt);
        of = ct::differentiate(ct::reduce_sum(of), leaf_list)[0];
        if (!of) return numbers((c == 'y' ? y : x).size(), 0.0);
    }
    ct::list<ref> roots;
    roots.push_back(of);
    const ct::draft_graph g = ct::extract(made, roots);
    ct::interpreter_input in;
    const numbers* const given[] = {&x, &y};
    for (int k = 0; k < 2; ++k) {
        ct::value_list list;
        for (double v : *given[k]) list.push_back(v);
        in.leaves.push_back({leaves[k]->name, list});
    }
    const ct::value_list values = ct::interpreter(g.view(), in).result();
    return {values.begin(), values.end()};
}

void check(const char* what, const function& f, const std::string& by, const numbers& x, const numbers& y, const numbers& expected) {
    for (const bool simplified : {false, true}) {
        const numbers found = derivative(f, by, x, y, simplified);
        BOOST_TEST_CONTEXT(what << " by " << by << (simplified ? " simplified" : " as written")) {
            BOOST_TEST_REQUIRE(found.size() == expected.size());
            for (std::size_t i = 0; i < found.size(); ++i)
                BOOST_TEST((found[i] == expected[i] || std::fabs(found[i] - expected[i]) <= 1e-12 * std::fabs(expected[i])),
                           "element " << i << ": " << found[i] << " instead of " << expected[i]);
        }
    }
}
void check(const char* what, const function& f, const std::string& by, const numbers& x, const numbers& expected) {
    check(what, f, by, x, {0}, expected);
}

ref product(ref x) { return ct::reduce_prod(x); }

} // namespace

BOOST_AUTO_TEST_SUITE(second_kinks)

BOOST_AUTO_TEST_CASE(kinks_are_flat_at_second_order) {
    const numbers at{-2, 0, 3}, flat{0, 0, 0};
    check("abs", [](ref x, ref) { return ct::abs(x); }, "x", at, {-1, 0, 1});
    check("abs", [](ref x, ref) { return ct::abs(x); }, "xx", at, flat);
    check("relu", [](ref x, ref) { return ct::apply<ct::relu_op>(x); }, "x", at, {0, 0, 1});
    check("relu", [](ref x, ref) { return ct::apply<ct::relu_op>(x); }, "xx", at, flat);
    check("sign", [](ref x, ref) { return ct::sign(x); }, "x", at, flat);
    check("clip", [](ref x, ref) { return ct::clip_by_value(x, -2.0, 3.0); }, "x", at, {1, 1, 1});
    check("clip", [](ref x, ref) { return ct::clip_by_value(x, -1.0, 2.0); }, "x", at, {0, 1, 0});
    check("clip", [](ref x, ref) { return ct::clip_by_value(x, -2.0, 3.0); }, "xx", at, flat);
}

BOOST_AUTO_TEST_CASE(ties_go_to_the_first_at_second_order) {
    const numbers tie{0, 2};
    const function larger = [](ref x, ref y) { return ct::maximum(x * x, y * y); };
    check("maximum of squares", larger, "x", tie, tie, {0, 4});
    check("maximum of squares", larger, "xx", tie, tie, {2, 2});
    check("maximum of squares", larger, "y", tie, tie, {0, 0});
    check("maximum of squares", larger, "yy", tie, tie, {0, 0});
    check("maximum of squares", larger, "xy", tie, tie, {0, 0});
    const function smaller = [](ref x, ref y) { return ct::minimum(x * x, y * y); };
    check("minimum of squares", smaller, "xx", tie, tie, {2, 2});
    check("minimum of squares", smaller, "yy", tie, tie, {0, 0});
    check("square above 0", [](ref x, ref) { return ct::maximum(x * x, 0.0); }, "xx", {-1, 0, 1}, {2, 2, 2});
    check("relu of a square", [](ref x, ref) { return ct::apply<ct::relu_op>(x * x); }, "xx", {-1, 0, 1}, {2, 0, 2});
    check("largest", [](ref x, ref) { return ct::square(ct::reduce_max(x)); }, "x", {3, 1, 3}, {3, 0, 3});
    check("largest", [](ref x, ref) { return ct::square(ct::reduce_max(x)); }, "xx", {3, 1, 3}, {1, 0, 1});
    check("smallest", [](ref x, ref) { return ct::square(ct::reduce_min(x)); }, "x", {3, 1, 2}, {0, 2, 0});
}

BOOST_AUTO_TEST_CASE(choices_are_those_of_the_condition) {
    const function f = [](ref x, ref) { return ct::where(x > 0.0, x * x, -(x * x)); };
    check("where", f, "x", {-1, 0, 1}, {2, 0, 2});
    check("where", f, "xx", {-1, 0, 1}, {-2, -2, 2});
    const function guarded = [](ref x, ref) { return ct::where(x > 0.0, ct::log(x), 0.0); };
    check("guarded log", guarded, "xx", {-1, 0, 2}, {0, 0, -0.25});
}

BOOST_AUTO_TEST_CASE(a_product_has_exact_derivatives_with_any_number_of_zeros) {
    const function f = [](ref x, ref) { return product(x); };
    check("product", f, "x", {2, 3, 5}, {15, 10, 6});
    check("product", f, "x", {2, 0, 5}, {0, 10, 0});
    check("product", f, "x", {0, 3, 0}, {0, 0, 0});
    check("product", f, "x", {0, 0, 0}, {0, 0, 0});
    // The row sums of the second derivatives: element i is the sum over j of the product of all but i and j.
    check("product", f, "xx", {2, 3, 5}, {8, 7, 5});
    check("product", f, "xx", {2, 0, 5}, {5, 7, 2});
    check("product", f, "xx", {0, 3, 0}, {3, 0, 3});
    check("product", f, "xx", {0, 0, 0}, {0, 0, 0});
    check("product of four", f, "xx", {2, 0, 0, 5}, {0, 10, 10, 0});
    check("product of four", f, "xx", {2, 0, 3, 5}, {15, 31, 10, 6});
    check("product", f, "xxx", {2, 0, 5}, {2, 2, 2});
    check("product", f, "xxx", {0, 0, 0}, {2, 2, 2});
}

BOOST_AUTO_TEST_CASE(powers_of_0_with_exponents_that_are_data) {
    const function f = [](ref x, ref p) { return ct::pow(x, p); };
    const numbers zeros{0, 0, 0, 0}, p{0, 1, 2, 3};
    check("x^p", f, "x", zeros, p, {0, 1, 0, 0});
    check("x^p", f, "xx", zeros, p, {0, 0, 2, 0});
    check("x^p", f, "xxx", zeros, p, {0, 0, 0, 6});
    check("x^p", f, "y", zeros, p, {0, 0, 0, 0});
    check("x^p", f, "yy", zeros, p, {0, 0, 0, 0});
    check("x^p", f, "x", {-2, -2, -2, -2}, p, {0, 1, -4, 12});
    check("x^p", f, "xx", {-2, -2, -2, -2}, p, {0, 0, 2, -12});
    check("x^p", f, "y", {-2, -2, -2, -2}, p, {0, 0, 0, 0});
    check("x^p below 1", f, "x", {0, 0}, {0.5, -1}, {infinity, -infinity});
}

BOOST_AUTO_TEST_CASE(powers_of_0_with_exponents_that_are_numbers) {
    const numbers at{-2, 0, 3};
    check("x^0", [](ref x, ref) { return ct::pow(x, 0.0); }, "x", at, {0, 0, 0});
    check("x^1", [](ref x, ref) { return ct::pow(x, 1.0); }, "x", at, {1, 1, 1});
    check("x^1", [](ref x, ref) { return ct::pow(x, 1.0); }, "xx", at, {0, 0, 0});
    check("x^2", [](ref x, ref) { return ct::pow(x, 2.0); }, "xx", at, {2, 2, 2});
    check("x^2", [](ref x, ref) { return ct::pow(x, 2.0); }, "xxx", at, {0, 0, 0});
    check("x^3", [](ref x, ref) { return ct::pow(x, 3.0); }, "xx", at, {-12, 0, 18});
    check("x^3", [](ref x, ref) { return ct::pow(x, 3.0); }, "xxx", at, {6, 6, 6});
    check("0^p", [](ref, ref p) { return ct::pow(ct::constant(*p.graph, 0.0, p->type, p.shape()), p); }, "y", {0}, {0, 1, 2}, {0, 0, 0});
    check("0^p", [](ref, ref p) { return ct::pow(ct::constant(*p.graph, 0.0, p->type, p.shape()), p); }, "yy", {0}, {0, 1, 2}, {0, 0, 0});
}

BOOST_AUTO_TEST_CASE(roots_and_logarithms_at_0) {
    check("sqrt", [](ref x, ref) { return ct::sqrt(x); }, "x", {0, 4}, {infinity, 0.25});
    check("log", [](ref x, ref) { return ct::log(x); }, "x", {0, 4}, {infinity, 0.25});
    check("rsqrt", [](ref x, ref) { return ct::rsqrt(x); }, "x", {0, 4}, {-infinity, -0.0625});
    check("1/x", [](ref x, ref) { return 1.0 / x; }, "x", {0, 2}, {-infinity, -0.25});
    check("0 sqrt x", [](ref x, ref y) { return ct::multiply_no_nan(ct::sqrt(x), y); }, "x", {0, 4}, {0, 1}, {0, 0.25});
    check("0 log x", [](ref x, ref y) { return ct::multiply_no_nan(ct::log(x), y); }, "x", {0, 4}, {0, 1}, {0, 0.25});
    check("0 sqrt x", [](ref x, ref y) { return ct::multiply_no_nan(ct::sqrt(x), y); }, "xx", {0, 4}, {0, 1}, {0, -0.03125});
    check("(log x)^0", [](ref x, ref p) { return ct::pow(ct::log(x), p); }, "x", {0, 2}, {0, 2}, {0, std::log(2.0)});
    check("(log x)^0", [](ref x, ref) { return ct::pow(ct::log(x), 0.0); }, "x", {0, 2}, {0, 0});
    check("(x^2)^0", [](ref x, ref p) { return ct::pow(ct::square(x), p); }, "x", {std::nan(""), 2}, {0, 1}, {0, 4});
    check("0^(p^2)", [](ref x, ref p) { return ct::pow(x, ct::square(p)); }, "y", {0}, {std::numeric_limits<double>::max()}, {0});
    check("0^(sqrt p)", [](ref x, ref p) { return ct::pow(x, ct::sqrt(p)); }, "y", {0}, {0}, {0});
}

// A gradient that is 0 by chance, and not because something shields it, still has a derivative.
BOOST_AUTO_TEST_CASE(a_gradient_that_is_0_by_chance_is_differentiated) {
    const auto squared = [](auto f) -> function { return [f](ref x, ref y) { return ct::square(f(x, y)); }; };
    check("sin^2", squared([](ref x, ref) { return ct::sin(x); }), "xx", {0}, {2});
    check("log^2", squared([](ref x, ref) { return ct::log(x); }), "xx", {1}, {2});
    check("(sqrt - 1)^2", squared([](ref x, ref) { return ct::sqrt(x) - 1.0; }), "xx", {1}, {0.5});
    check("(rsqrt - 1)^2", squared([](ref x, ref) { return ct::rsqrt(x) - 1.0; }), "xx", {1}, {0.5});
    check("(x/y - 1)^2", squared([](ref x, ref y) { return x / y - 1.0; }), "xx", {2}, {2}, {0.5});
    check("(x/y - 1)^2", squared([](ref x, ref y) { return x / y - 1.0; }), "yy", {2}, {2}, {0.5});
    check("(x/y - 1)^2", squared([](ref x, ref y) { return x / y - 1.0; }), "xy", {2}, {2}, {-0.5});
    check("(x^p - 1)^2", squared([](ref x, ref p) { return ct::pow(x, p) - 1.0; }), "xx", {1}, {3}, {18});
    check("(x^p - 1)^2", squared([](ref x, ref p) { return ct::pow(x, p) - 1.0; }), "xy", {1}, {3}, {0});
    const double slope = 4 * std::log(2.0);
    check("(x^p - 4)^2", squared([](ref x, ref p) { return ct::pow(x, p) - 4.0; }), "yy", {2}, {2}, {2 * slope * slope});
    check("x y", [](ref x, ref y) { return x * y; }, "xy", {0}, {0}, {1});
    check("x^2 y", [](ref x, ref y) { return x * x * y; }, "xxy", {0}, {0}, {2});
    check("no_nan(x, y)", [](ref x, ref y) { return ct::multiply_no_nan(x, y); }, "xy", {3, 3}, {0, 2}, {1, 1});
    check("largest^2", squared([](ref x, ref) { return ct::reduce_max(x); }), "xx", {-1, 0}, {0, 2});
    check("(product - 1)^2", squared([](ref x, ref) { return product(x) - 1.0; }), "xx", {1, 1}, {4, 4});
    check("(log of a product)^2", squared([](ref x, ref) { return ct::log(product(x)); }), "xx", {2, 0.5}, {2.5, 10});
}

BOOST_AUTO_TEST_SUITE_END()
