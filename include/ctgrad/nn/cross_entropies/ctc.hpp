// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/log_softmax.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform/scan.hpp>

namespace ctgrad {

/// Arguments: the function, the labels, the logits.
template <fact Function, fact Labels, fact Logits>
CTGRAD_RULE(ctc_must_be_of_label_sequences, "labels are int32 [N,L], then logits floating [N,T,C]; L and C are static.")
inline constexpr poison broken<fault::ctc_must_be_of_label_sequences, Function, Labels, Logits>{};

namespace detail {

/// ln(exp a + exp b). Both slopes are right where a = b.
constexpr auto log_add(auto a, auto b) { return where(a >= b, a + softplus(b - a), b + softplus(a - b)); }

/// What a loss over label sequences is given.
template <class T, class P>
struct ctc_check {
    static constexpr finding found = [] {
        if constexpr (is_poison<T> || is_poison<P>)
            return finding(fault::reported);
        else {
            const tensor_shape truth = T::shape(), scores = P::shape();
            const bool good = T::type() == dtype::int32 && is_floating(P::type()) && truth.rank == 2 && scores.rank == 3 &&
                              truth[0] == scores[0] && truth[1].is_static() && scores[2].is_static();
            const finding wrong(fault::ctc_must_be_of_label_sequences, "ctc", phrase_of(T::type(), truth), phrase_of(P::type(), scores));
            return good ? finding{} : wrong;
        }
    }();
};

/// The recursion of the forward variables in logarithms. `phi` [N, L + 1]: what ends with a blank behind so many labels; `emit` [N, L]:
/// what ends with that label.
template <int L, dimension N, class Scalar>
struct ctc_recursion {
    static constexpr double never = -1e5; ///< The logarithm of what cannot be, as in Keras: finite, so that differences are.
    static constexpr literal<number_bits(never)> epsilon{};

    static constexpr auto first(auto x) { return slice(x, begin<0, 0>, size<-1, 1>); }
    /// `phi` where a label more may also have come, with the logarithms `score`.
    static constexpr auto with_label(auto phi, auto score) {
        return concat(axis<1>, first(phi), log_add(slice(phi, begin<0, 1>, size<-1, L>), score));
    }
    /// 1 where a label is followed by itself.
    static constexpr auto repeats(auto truth) {
        const auto last = fill<Scalar>(dims<N, 1>, literal<0>{});
        if constexpr (L == 1)
            return last;
        else
            return concat(
                axis<1>, cast<Scalar>(equal(slice(truth, begin<0, 0>, size<-1, L - 1>), slice(truth, begin<0, 1>, size<-1, L - 1>))), last);
    }
};

template <dimension N, int L, class Scalar, class T, class P>
constexpr auto ctc_values(T truth, P scores) {
    using alpha = ctc_recursion<L, N, Scalar>;
    constexpr int classes = static_cast<int>(P::shape()[2].extent);
    const auto logs = log_softmax(scores);
    const auto emitted = ctgrad::transpose(matmul(logs, one_hot<Scalar>(truth, depth<classes>), transpose_b), permutation<1, 0, 2>);
    const auto blank = ctgrad::transpose(slice(logs, begin<0, 0, 0>, size<-1, -1, 1>), permutation<1, 0, 2>);
    const auto same = alpha::repeats(truth);
    const auto nothing = fill<Scalar>(dims<N, L>, alpha::epsilon);
    const auto start = concat(axis<1>, fill<Scalar>(dims<N, 1>, literal<0>{}), nothing);
    const auto last = fold(
        [same](auto before, auto x) {
            const auto [phi, emit] = before;
            const auto [log_emit, log_blank] = x;
            const auto reached = alpha::with_label(phi, emit + alpha::epsilon * same);
            const auto next_emit = log_add(slice(reached, begin<0, 0>, size<-1, L>) + log_emit, emit + log_emit);
            const auto next_phi =
                alpha::with_label(reached + log_blank, emit + log_blank + alpha::epsilon * (literal<number_bits(1)>{} - same));
            return std::make_tuple(next_phi, next_emit);
        },
        std::make_tuple(start, nothing), std::make_tuple(emitted, blank));
    const auto given = reduce_sum(cast<std::int32_t>(not_equal(truth, literal<0>{})), axis<1>); // of each row, how many labels there are
    const auto ended = equal(one_hot<Scalar>(given, depth<L + 1>), literal<number_bits(1)>{});
    return -reduce_sum(where(ended, alpha::with_label(std::get<0>(last), std::get<1>(last)), literal<0>{}), axis<1>);
}

} // namespace detail

/// -ln of the probability that a sequence of labels is what remains of one class a step when repetitions and then blanks (class 0) are left
/// out: connectionist temporal classification. `ctc(labels, logits)`.
/// @param labels int32 [N, L]: of a row as many count as are not 0, from the first on.
/// @param logits [N, T, C].
/// @returns [N], -ln 0 about 10^5. Derivative: through the recursion of the forward variables.
/// **Fails when** dtypes or shapes are others (`ctc_must_be_of_label_sequences`). Source: Graves et al. (2006); Keras, `CTC`.
template <expression T, expression P>
constexpr auto ctc(T truth, P scores) {
    if constexpr (!detail::ctc_check<T, P>::found.is_fine())
        return refuse<detail::ctc_check<T, P>>();
    else {
        constexpr dimension n = T::shape()[0];
        constexpr int l = static_cast<int>(T::shape()[1].extent);
        return detail::ctc_values<n, l, scalar_of<P::type()>>(truth, scores);
    }
}

/// Whether `ctc(labels, logits)` exists.
template <class T, class P>
concept ctc_of = detail::ctc_check<std::remove_const_t<T>, std::remove_const_t<P>>::found.is_fine();

} // namespace ctgrad
