// SPDX-License-Identifier: BSL-1.0

// W11: log-likelihood of a Gaussian mixture as ADBench defines it, without its constant and its prior, and its gradients to the weights
// of the components, their means and the triangular factors of their inverse covariances, in double.
#include "w11_peers.hpp"

#include <ctgrad/ctgrad.hpp>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;

/// A mixture of K components in D dimensions. Component k has the factor Q_k = diag(e^q) + l below the diagonal; what stands of `l` on it
/// and above is not used. Masks of zeros and ones are fed.
template <int D, int K>
struct mixture {
    static constexpr auto x = ct::placeholder<"x", double, N, D>;
    static constexpr auto diagonal = ct::placeholder<"diagonal", double, D, D>;
    static constexpr auto below = ct::placeholder<"below", double, D, D>;
    static constexpr auto alpha = ct::variable<"alpha", double, K>;
    static constexpr auto mu = ct::variable<"mu", double, K, D>;
    static constexpr auto q = ct::variable<"q", double, K, D>;
    static constexpr auto l = ct::variable<"l", double, K, D, D>;
    static constexpr auto factor = ct::expand_dims(ct::exp(q), ct::axis<2>) * ct::broadcast_to(diagonal, ct::dims<K, D, D>) + l * below;
    static constexpr auto height = alpha + ct::reduce_sum(q, ct::axis<1>);

    /// Components by examples: a product for each component.
    struct by_components {
        static constexpr auto apart = ct::broadcast_to(x, ct::dims<K, N, D>) - ct::expand_dims(mu, ct::axis<1>); // [K,N,D]
        static constexpr auto turned = ct::matmul(apart, factor, ct::transpose_b);                               // [K,N,D]
        static constexpr auto terms =
            ct::expand_dims(height, ct::axis<1>) - 0.5_c * ct::reduce_sum(ct::square(turned), ct::axis<2>); // [K,N]
        static constexpr auto value = ct::reduce_sum(ct::reduce_logsumexp(terms, ct::axis<0>) - ct::reduce_logsumexp(alpha));
    };
    /// As above, with the examples of a component in the last axis of everything.
    struct by_components_in_columns {
        static constexpr auto apart = ct::broadcast_to(ct::transpose(x), ct::dims<K, D, N>) - ct::expand_dims(mu, ct::axis<2>); // [K,D,N]
        static constexpr auto turned = ct::matmul(factor, apart);                                                               // [K,D,N]
        static constexpr auto terms =
            ct::expand_dims(height, ct::axis<1>) - 0.5_c * ct::reduce_sum(ct::square(turned), ct::axis<1>); // [K,N]
        static constexpr auto value = ct::reduce_sum(ct::reduce_logsumexp(terms, ct::axis<0>) - ct::reduce_logsumexp(alpha));
    };
    /// Examples by components: one product, Q x - Q mu.
    struct by_examples {
        static constexpr auto turned_mean = ct::reduce_sum(factor * ct::expand_dims(mu, ct::axis<1>), ct::axis<2>); // [K,D]
        static constexpr auto turned =
            ct::reshape(ct::matmul(x, ct::reshape(factor, ct::dims<K * D, D>), ct::transpose_b), ct::dims<N, K, D>) - turned_mean;
        static constexpr auto terms = height - 0.5_c * ct::reduce_sum(ct::square(turned), ct::axis<2>); // [N,K]
        static constexpr auto value = ct::reduce_sum(ct::reduce_logsumexp(terms, ct::axis<1>) - ct::reduce_logsumexp(alpha));
    };
};

template <int D, int K, class Layout>
class ctgrad_peer : bench::mixture_data {
    using m = mixture<D, K>;
    static constexpr auto slopes = ct::gradient(Layout::value, m::alpha, m::mu, m::q, m::l);

public:
    explicit ctgrad_peer(const bench::problem& given) : bench::mixture_data(given, D, K), diagonal_(D * D), below_(D * D) {
        for (std::size_t i = 0; i < D; ++i)
            for (std::size_t j = 0; j <= i; ++j) (i == j ? diagonal_ : below_)[i * D + j] = 1;
    }
    using bench::mixture_data::results;
    float step() {
        constexpr ct::function f{Layout::value, slopes[m::alpha], slopes[m::mu], slopes[m::q], slopes[m::l]};
        const auto found = f(scratch_, m::x = x, m::diagonal = diagonal_, m::below = below_, m::alpha = alpha, m::mu = mu, m::q = q,
                             m::l = l, slopes[m::alpha] = dalpha, slopes[m::mu] = dmu, slopes[m::q] = dq, slopes[m::l] = dl);
        return static_cast<float>(std::get<0>(found));
    }

private:
    bench::doubles diagonal_, below_;
    ct::workspace scratch_;
};

template <int D, int K>
void add(bench::suite& peers) {
    constexpr std::size_t n = 1000, d = D, k = K;
    peers
        .workload("w11/" + std::to_string(D) + "/" + std::to_string(K),
                  {n,
                   {bench::uniform(n * d, -1, 1, 1)},
                   {bench::uniform(k, -1, 1, 2), bench::uniform(k * d, -1, 1, 3), bench::uniform(k * d, -0.5f, 0.5f, 4),
                    bench::uniform(k * d * d, -0.5f, 0.5f, 5)}})
        .template peer<bench::mixture_loops<d, k>>("loops")
        .template peer<ctgrad_peer<D, K, typename mixture<D, K>::by_components>>("ctgrad")
        .template peer<ctgrad_peer<D, K, typename mixture<D, K>::by_examples>>("ctgrad [N,K]")
        .template peer<ctgrad_peer<D, K, typename mixture<D, K>::by_components_in_columns>>("ctgrad [K,D,N]")
        .peer("eigen", [](const bench::problem& given) { return bench::mixture_eigen(given, d, k); });
}

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    add<2, 5>(peers);
    add<2, 25>(peers);
    add<10, 5>(peers);
    add<20, 25>(peers);
    return peers.run();
}
