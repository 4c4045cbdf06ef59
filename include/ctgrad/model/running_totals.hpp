// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/logs.hpp>
#include <ctgrad/runtime/function.hpp>

#include <boost/hana/tuple.hpp>

#include <array>
#include <span>
#include <tuple>

namespace ctgrad::detail {

template <class E>
inline constexpr std::size_t static_elements = static_cast<std::size_t>(E::shape().static_size());

/// Memory for what one batch reports.
template <class Outputs>
struct reports;
template <class... E>
struct reports<result_list<E...>> {
    std::tuple<std::array<scalar_of<E::type()>, static_elements<E>>...> values{};

    double loss() const { return static_cast<double>(std::get<0>(values)[0]); }

    /// Calls `call(output = memory...)`.
    template <class Call>
    [[gnu::always_inline]] void fill(Call call) {
        std::apply([&](auto&... memory) __attribute__((always_inline)) { call((E{} = memory)...); }, values);
    }
    template <class T>
    const auto& of() const {
        return std::get<static_cast<std::size_t>(result_list<E...>::template index_of<T>)>(values);
    }
};

/// The totals of metric `M`, added up over batches.
template <class M, class Totals>
class metric_sums;
template <class M, class... T>
class metric_sums<M, boost::hana::tuple<T...>> {
public:
    template <class Reports>
    void add(const Reports& batch) {
        if constexpr (requires { M::merge(std::span<double>(sums_), std::span<const double>(sums_)); }) {
            decltype(sums_) more{};
            add_to(more, batch);
            M::merge(std::span<double>(sums_), std::span<const double>(more));
        } else
            add_to(sums_, batch);
    }

    /// Sets what the metric is: a number, or several, `name_0`, `name_1`...
    void write(epoch_logs& logs, std::string_view prefix) const {
        const auto result = M::result(std::span<const double>(sums_));
        const std::string name = std::string(prefix).append(std::string_view(M::name));
        if constexpr (std::is_arithmetic_v<std::remove_const_t<decltype(result)>>)
            logs.set(name, static_cast<double>(result));
        else
            for (std::size_t i = 0; i < result.size(); ++i) logs.set(std::string(name).append("_").append(std::to_string(i)), result[i]);
    }

private:
    template <class Reports>
    static void add_to(auto& sums, const Reports& batch) {
        double* at = sums.data();
        auto add_elements = [&at](const auto& elements) {
            for (const auto e : elements) *at++ += static_cast<double>(e);
        };
        (add_elements(batch.template of<T>()), ...);
    }

    std::array<double, (std::size_t{0} + ... + static_elements<T>)> sums_{};
};

/// The mean of the loss over examples, and metrics.
template <class Outputs, class... Sums>
class running_totals {
public:
    reports<Outputs> batch; ///< Of the last one.

    void add(std::size_t rows) {
        loss_ += batch.loss() * static_cast<double>(rows);
        rows_ += rows;
        std::apply([this](auto&... each) { (each.add(batch), ...); }, sums_);
    }
    void write(epoch_logs& logs, std::string_view prefix = "") const {
        logs.set(std::string(prefix).append("loss"), rows_ > 0 ? loss_ / static_cast<double>(rows_) : 0);
        std::apply([&](const auto&... each) { (each.write(logs, prefix), ...); }, sums_);
    }

private:
    double loss_ = 0;
    std::size_t rows_ = 0;
    std::tuple<Sums...> sums_;
};

} // namespace ctgrad::detail
