// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/linalg.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <map>
#include <string>
#include <vector>

// Sums by letters against plain loops over all letters, values and gradients; and what they are planned as.

namespace ct = ctgrad;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr std::int64_t size_of_N = 3;

struct operand {
    std::vector<std::int64_t> extents;
    std::vector<double> data;
    std::vector<double> slope; ///< Of the sum of all elements, weighted by 1, 2, ...
};

operand make_operand(const ct::tensor_shape& shape, unsigned seed) {
    operand made;
    std::size_t count = 1;
    for (int k = 0; k < shape.rank; ++k) {
        made.extents.push_back(shape[k].is_static() ? shape[k].extent : size_of_N);
        count *= static_cast<std::size_t>(made.extents.back());
    }
    for (std::size_t i = 0; i < count; ++i) made.data.push_back(std::sin(static_cast<double>(7 * i + 3 * seed + 1)));
    made.slope.resize(count);
    return made;
}

/// `terms` and `result` are letters alone: no dots, no blanks.
std::vector<double> plain_einsum(const std::vector<std::string>& terms, const std::string& result, std::vector<operand>& in) {
    std::map<char, std::int64_t> extent, at;
    for (std::size_t i = 0; i < terms.size(); ++i)
        for (std::size_t k = 0; k < terms[i].size(); ++k) {
            std::int64_t& known = extent[terms[i][k]];
            known = std::max(known, in[i].extents[k]);
            at[terms[i][k]] = 0;
        }
    const auto place = [&](const std::string& letters, const std::vector<std::int64_t>* extents) {
        std::int64_t p = 0;
        for (std::size_t k = 0; k < letters.size(); ++k) {
            const std::int64_t n = extents ? (*extents)[k] : extent[letters[k]];
            p = p * n + (n == 1 ? 0 : at[letters[k]]);
        }
        return static_cast<std::size_t>(p);
    };
    std::size_t size = 1;
    for (const char c : result) size *= static_cast<std::size_t>(extent[c]);
    std::vector<double> out(size);
    for (bool done = false; !done;) {
        double product = 1;
        for (std::size_t i = 0; i < terms.size(); ++i) product *= in[i].data[place(terms[i], &in[i].extents)];
        const std::size_t to = place(result, nullptr);
        out[to] += product;
        for (std::size_t i = 0; i < terms.size(); ++i) {
            double others = static_cast<double>(to + 1);
            for (std::size_t j = 0; j < terms.size(); ++j)
                if (j != i) others *= in[j].data[place(terms[j], &in[j].extents)];
            in[i].slope[place(terms[i], &in[i].extents)] += others;
        }
        done = true;
        for (auto& [letter, index] : at) {
            if (++index < extent[letter]) {
                done = false;
                break;
            }
            index = 0;
        }
    }
    return out;
}

void check(const double* found, const std::vector<double>& expected, const std::string& what) {
    for (std::size_t i = 0; i < expected.size(); ++i)
        BOOST_TEST(std::fabs(found[i] - expected[i]) < 1e-11 * (1 + std::fabs(expected[i])),
                   what << " at " << i << ": " << found[i] << " is not " << expected[i]);
}

template <ct::fixed_string Name, ct::dimension... D>
constexpr auto leaf = ct::placeholder<Name, double, D...>;

template <class Y, std::size_t... K>
constexpr auto weights_of(Y, std::index_sequence<K...>) {
    return ct::placeholder<"weights", double, Y::shape()[K]...>;
}

/// Compares `einsum<Text>` with plain loops over `terms` and `result`.
template <ct::fixed_string Text, class... X>
void compare(const std::vector<std::string>& terms, const std::string& result, X... x) {
    const auto y = ct::einsum<Text>(x...);
    const auto weights = weights_of(y, std::make_index_sequence<static_cast<std::size_t>(decltype(y)::rank)>{});
    const auto loss = ct::reduce_sum(y * weights);
    const auto g = ct::gradient(loss, x...);
    const ct::function f{y * weights, g[x]...};
    std::vector<operand> in;
    unsigned seed = 0;
    (in.push_back(make_operand(X::shape(), seed++)), ...);
    std::vector<double> expected = plain_einsum(terms, result, in), u(expected.size());
    for (std::size_t i = 0; i < u.size(); ++i) {
        u[i] = static_cast<double>(i + 1);
        expected[i] *= u[i];
    }
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        const auto all = f(weights = u, (x = in[I].data)...);
        const auto& value = std::get<0>(all);
        if constexpr (decltype(y)::rank == 0)
            check(&value, expected, std::string(Text.view()));
        else {
            BOOST_TEST(static_cast<std::size_t>(value.size()) == expected.size());
            check(value.data(), expected, std::string(Text.view()));
        }
        (check(std::get<I + 1>(all).data(), in[I].slope, std::string(Text.view()) + " slope"), ...);
    }(std::index_sequence_for<X...>{});
}

/// How many kernels a program has.
template <class E>
constexpr int kernels_of(E y) {
    return decltype(ct::function{y})::program::plan.kernel_count;
}

} // namespace

BOOST_AUTO_TEST_SUITE(einsum)

BOOST_AUTO_TEST_CASE(two_operands_are_as_plain_loops_have_them) {
    constexpr auto nij = leaf<"nij", N, 2, 4>;
    constexpr auto njk = leaf<"njk", N, 4, 3>;
    constexpr auto jk = leaf<"jk", 4, 3>;
    constexpr auto cd = leaf<"cd", 2, 4>;
    compare<"nij,njk->nik">({"nij", "njk"}, "nik", nij, njk);
    compare<"nij,njk->kn">({"nij", "njk"}, "kn", nij, njk);
    compare<"nij,jk">({"nij", "jk"}, "ikn", nij, jk);
    compare<"nij,jk->njik">({"nij", "jk"}, "njik", nij, jk);
    compare<"nij,ij->n">({"nij", "ij"}, "n", nij, cd);
    compare<"nij,kij->nk">({"nij", "kij"}, "nk", nij, leaf<"kij", 5, 2, 4>);
    compare<"nij,nik->jk">({"nij", "nik"}, "jk", nij, leaf<"nik", N, 2, 3>);
    compare<"nij,nij->">({"nij", "nij"}, "", nij, leaf<"other", N, 2, 4>);
    compare<"ab,cd->cadb">({"ab", "cd"}, "cadb", jk, cd);
    compare<"ab,bcd->acd">({"ab", "bcd"}, "acd", cd, leaf<"bcd", 4, 2, 3>);
    compare<"abc,cnd->andb">({"abc", "cnd"}, "andb", leaf<"abc", 2, 3, 4>, leaf<"cnd", 4, N, 2>);
}

BOOST_AUTO_TEST_CASE(letters_are_repeated_summed_and_left_to_dots) {
    constexpr auto square = leaf<"square", N, 3, 3>;
    constexpr auto nij = leaf<"nij", N, 2, 4>;
    compare<"nii->ni">({"nii"}, "ni", square);
    compare<"nii">({"nii"}, "n", square);
    compare<"nij->jin">({"nij"}, "jin", nij);
    compare<" n i j -> i ">({"nij"}, "i", nij);
    compare<"nii,i->n">({"nii", "i"}, "n", square, leaf<"v", 3>);
    compare<"iii,ij">({"iii", "ij"}, "j", leaf<"cube", 3, 3, 3>, leaf<"ij", 3, 2>);
    compare<"...ij,...jk">({"nij", "njk"}, "nik", nij, leaf<"njk", N, 4, 3>);
    compare<"...ij,jk->k...i">({"nij", "jk"}, "kni", nij, leaf<"jk", 4, 3>);
    compare<"...i,...i->...">({"pqi", "pqi"}, "pq", leaf<"five", 5, 2, 4>, leaf<"one", 5, 1, 4>);
    compare<"i...,j->i...j">({"inp", "j"}, "inpj", leaf<"three", 2, N, 3>, leaf<"j", 2>);
}

BOOST_AUTO_TEST_CASE(more_operands_are_as_plain_loops_have_them) {
    compare<"ni,ij,jk->nk">({"ni", "ij", "jk"}, "nk", leaf<"ni", N, 4>, leaf<"ij", 4, 5>, leaf<"jk", 5, 2>);
    compare<"bi,bj,ijk,k->b">({"bi", "bj", "ijk", "k"}, "b", leaf<"bi", N, 3>, leaf<"bj", N, 2>, leaf<"ijk", 3, 2, 4>, leaf<"k", 4>);
    compare<"a,a,a,ab->ab">({"a", "a", "a", "ab"}, "ab", leaf<"p", 3>, leaf<"q", 3>, leaf<"r", 3>, leaf<"ab", 3, 2>);
}

// "ni,ij,jk->nk" with 4 columns at the end: j k is multiplied first, as i j k + n i k is less than n i j + n j k.
BOOST_AUTO_TEST_CASE(the_cheapest_order_is_taken) {
    constexpr auto chain = ct::einsum<"ni,ij,jk->nk">(leaf<"ni", 100, 50>, leaf<"ij", 50, 40>, leaf<"jk", 40, 2>);
    constexpr auto by_hand = ct::matmul(leaf<"ni", 100, 50>, ct::matmul(leaf<"ij", 50, 40>, leaf<"jk", 40, 2>));
    static_assert(std::is_same_v<decltype(chain), decltype(by_hand)>);
}

// What is a product of matrices is one, without copies.
BOOST_AUTO_TEST_CASE(products_of_matrices_are_planned_as_such) {
    constexpr auto q = leaf<"q", N, 7, 2, 4>;
    constexpr auto k = leaf<"k", N, 9, 2, 4>;
    static_assert(std::is_same_v<decltype(ct::einsum<"nij,njk->nik">(leaf<"a", N, 2, 4>, leaf<"b", N, 4, 3>)),
                                 decltype(ct::matmul(leaf<"a", N, 2, 4>, leaf<"b", N, 4, 3>))>);
    static_assert(kernels_of(ct::einsum<"nqhd,nkhd->nhqk">(q, k)) == 1);
    static_assert(kernels_of(ct::tanh(ct::einsum<"ntc,chd->nthd">(leaf<"x", N, 5, 8>, leaf<"w", 8, 2, 4>))) == 2);
    static_assert(kernels_of(ct::einsum<"nthd,hdc->ntc">(leaf<"x", N, 5, 2, 4>, leaf<"w", 2, 4, 8>)) == 1);
}

// What is said by axes or has a name is an einsum.
BOOST_AUTO_TEST_CASE(tensordot_matvec_and_vecdot_are_sums_by_letters) {
    constexpr auto a = leaf<"a", 2, 3, 4>;
    constexpr auto b = leaf<"b", 3, 2, 5>;
    constexpr auto v = leaf<"v", 4>;
    const auto same = [&]<class A, class B>(A x, B y) {
        std::vector<double> one(24), two(30), three(4);
        for (std::size_t i = 0; i < 30; ++i) (i < 24 ? one[i] : three[i % 4]) = two[i] = std::sin(static_cast<double>(i));
        const auto found = ct::function{x}(ct::if_used(a = one), ct::if_used(b = two), ct::if_used(v = three));
        const auto expected = ct::function{y}(ct::if_used(a = one), ct::if_used(b = two), ct::if_used(v = three));
        BOOST_TEST(found.size() == expected.size());
        for (std::size_t i = 0; i < static_cast<std::size_t>(found.size()); ++i) BOOST_TEST(found.data()[i] == expected.data()[i]);
    };
    same(ct::tensordot(a, b, ct::axis<1, 0>, ct::axis<0, -2>), ct::einsum<"ijk,jil->kl">(a, b));
    same(ct::tensordot(a, b, ct::axis<1>, ct::axis<0>), ct::einsum<"ijk,jlm->iklm">(a, b));
    same(ct::tensordot(v, a, ct::axis<0>, ct::axis<2>), ct::einsum<"k,ijk->ij">(v, a));
    same(ct::tensordot(a, v, ct::axes_count<1>), ct::einsum<"ijk,k->ij">(a, v));
    same(ct::matvec(a, v), ct::einsum<"ijk,k->ij">(a, v));
    same(ct::vecdot(a, v), ct::einsum<"ijk,k->ij">(a, v));
}

BOOST_AUTO_TEST_CASE(constants_are_evaluated) {
    constexpr auto a = leaf<"a", 2, 2>;
    constexpr auto b = leaf<"b", 2, 2>;
    constexpr std::array one{1.0, 2.0, 3.0, 4.0}, two{5.0, 6.0, 7.0, 8.0};
    static_assert(ct::evaluate(ct::einsum<"ij,jk->ik">(a, b), a = one, b = two)[3] == 50);
    static_assert(ct::evaluate(ct::einsum<"ij,ij">(a, b), a = one, b = two)[0] == 70);
    static_assert(ct::evaluate(ct::einsum<"ii">(a), a = one)[0] == 5);
}

BOOST_AUTO_TEST_SUITE_END()
