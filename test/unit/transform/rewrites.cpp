// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/explain_rewrites.hpp>

#include <ctgrad/graph.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr bool is_negative(ct::ref x) { return ct::is_op<ct::negative_op>(*x->op); }

/// An even function, that says so.
struct even_op : ct::elementwise_op<1> {
    static constexpr std::string_view name = "even";
    static constexpr auto evaluate(auto x) { return x * x * x * x; }
    static constexpr ct::ref of_negative(const ct::pending& at) {
        return is_negative(at.x()) ? ct::apply<even_op>(at.x().input(0)) : ct::ref{};
    }
    static constexpr ct::rewrite rewrites[] = {ct::rewrite_of<even_op>("even(-x) = even(x)", of_negative)};
};

/// One that simplifies without a name for it.
struct twice_op : ct::elementwise_op<1> {
    static constexpr std::string_view name = "twice";
    static constexpr auto evaluate(auto x) { return x + x; }
    static constexpr ct::ref simplify(const auto& at) { return at.x() * 2.0; }
};

/// Rewrites of a program: of an op of the library, and of a user's.
struct program;
constexpr ct::ref sin_of_negative(const ct::pending& at) { return is_negative(at.x()) ? -ct::sin(at.x().input(0)) : ct::ref{}; }
constexpr ct::ref even_is_square(const ct::pending& at) { return ct::square(ct::square(at.x())); }
constexpr ct::ref plus_nothing(const ct::pending& at) { return ct::is_constant(at.x(1), 0) ? at.x(0) : ct::ref{}; }
constexpr ct::rewrite rewrites_of_program[] = {
    ct::rewrite_of<ct::sin_op>("sin(-x) = -sin(x)", sin_of_negative),
    ct::rewrite_of<even_op>("even(x) = (x^2)^2", even_is_square),
    ct::rewrite_of<ct::add_op>("x + nothing = x", plus_nothing),
};

constexpr ct::op_function<even_op> even{};
constexpr ct::op_function<twice_op> twice{};
constexpr auto x = ct::placeholder<"x", float, 3>;
constexpr auto w = ct::variable<"w", float, 3>;

} // namespace

template <>
inline constexpr ct::rewrite_list ctgrad::program_rewrites<program>{rewrites_of_program};

namespace {

/// The expression simplified, and what fired.
template <class Program = void, class E>
std::string simplified(E) {
    ct::recording_builder<Program> made;
    ct::list<ct::ref> roots;
    roots.push_back(made.import(E::root()));
    ct::builder plain(ct::simplify<Program>);
    BOOST_TEST(plain.import(E::root()).id == roots[0].id);
    return ct::to_string(ct::extract(made, roots).view()) + ct::detail::to_string(made.fired);
}

} // namespace

BOOST_AUTO_TEST_SUITE(transform)

BOOST_AUTO_TEST_CASE(an_op_of_a_user_has_rewrites_of_its_own) {
    BOOST_TEST(simplified(even(-x)) == "%0 = placeholder x float32[3]\n%1 = even(%0) float32[3]\nreturn %1\n"
                                       "even: even(-x) = even(x), once\n");
    BOOST_TEST(simplified(twice(x)).find("twice: its own simplify, once") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_program_has_rewrites_of_any_op) {
    BOOST_TEST(simplified<program>(ct::sin(-x)) == "%0 = placeholder x float32[3]\n%1 = sin(%0) float32[3]\n%2 = negative(%1) float32[3]\n"
                                                   "return %2\nsin: sin(-x) = -sin(x), once\n");
    BOOST_TEST(simplified(ct::sin(-x)).find("sin(%1)") != std::string::npos);
    BOOST_TEST(simplified<program>(even(x)).find("square") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(rewrites_of_a_program_come_before_those_of_the_library) {
    BOOST_TEST(simplified<program>(x + 0_c).find("add: x + nothing = x, once") != std::string::npos);
    BOOST_TEST(simplified<program>(0_c + x).find("add: x + 0 = x, once") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(explain_rewrites_says_what_fired) {
    BOOST_TEST(ct::explain_rewrites(x * 1_c + (w * 1_c + 0_c)) == "multiply: 1 x = x, 2 times\nadd: x + 0 = x, once\n");
    BOOST_TEST(ct::explain_rewrites(x * w).empty());
    // the gradient of a sum, which is 1 everywhere, times x
    BOOST_TEST(ct::explain_rewrites(ct::reduce_sum(x * w), w).find("multiply: 1 x = x") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(rewrites_of_one_op_stand_together) {
    const int count = static_cast<int>(std::size(ct::all_rewrites<>));
    for (int i = 0; i < count; ++i) {
        const ct::rewrite_list found = ct::detail::index_of_all<>.of(ct::all_rewrites<>[i].op);
        BOOST_TEST((found.begin() <= &ct::all_rewrites<>[i] && &ct::all_rewrites<>[i] < found.end()), ct::all_rewrites<>[i].name);
        for (int k = 0; k < i; ++k) BOOST_TEST(ct::all_rewrites<>[i].name != ct::all_rewrites<>[k].name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
