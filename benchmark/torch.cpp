// SPDX-License-Identifier: BSL-1.0

// All workloads in libtorch: eager, with its own optimizers.
#include "torch_peer.hpp"

#include "adam.hpp"

#include <torch/torch.h>

#include <cmath>
#include <functional>
#include <optional>
#include <stdexcept>

namespace bench {
namespace {

using torch::Tensor;
using tensors = std::vector<Tensor>;

Tensor tensor(const numbers& elements, std::vector<std::int64_t> shape) {
    return torch::from_blob(const_cast<float*>(elements.data()), shape).clone();
}

struct recipe {
    std::vector<std::vector<std::int64_t>> data_shapes, parameter_shapes;
    std::function<Tensor(const tensors& data, const tensors& parameters)> loss;
    float sgd = 0; ///< The rate of gradient descent, if not 0.
    std::optional<adam_settings> adam{};
};

class torch_peer : public peer_base {
public:
    torch_peer(const problem& given, recipe how) : loss_(std::move(how.loss)), adam_(how.adam) {
        at::set_num_threads(1);
        for (std::size_t i = 0; i < given.data.size(); ++i) data_.push_back(tensor(given.data[i], how.data_shapes[i]));
        for (std::size_t i = 0; i < given.parameters.size(); ++i)
            parameters_.push_back(tensor(given.parameters[i], how.parameter_shapes[i]).requires_grad_());
        if (how.sgd != 0)
            optimizer_ = std::make_unique<torch::optim::SGD>(parameters_, torch::optim::SGDOptions(static_cast<double>(how.sgd)));
        if (adam_) {
            const auto f = [](float x) { return static_cast<double>(x); };
            optimizer_ = std::make_unique<torch::optim::Adam>(
                parameters_, torch::optim::AdamOptions(f(adam_->rate)).betas({f(adam_->beta1), f(adam_->beta2)}));
        }
    }

    float step() override {
        for (Tensor& p : parameters_) p.mutable_grad().reset();
        const Tensor loss = loss_(data_, parameters_);
        loss.backward();
        if (adam_) { // Keras adds epsilon before the correction of the bias, torch after it
            const double corrected = std::sqrt(1 - std::pow(static_cast<double>(adam_->beta2), ++steps_));
            static_cast<torch::optim::AdamOptions&>(optimizer_->param_groups()[0].options())
                .eps(static_cast<double>(adam_->epsilon) / corrected);
        }
        if (optimizer_) optimizer_->step();
        return loss.item<float>();
    }

    std::vector<numbers> results() const override {
        std::vector<numbers> all;
        for (const Tensor& p : parameters_) {
            const Tensor t = (optimizer_ ? p.detach() : p.grad()).contiguous();
            all.emplace_back(t.data_ptr<float>(), t.data_ptr<float>() + t.numel());
        }
        return all;
    }

private:
    tensors data_, parameters_;
    std::function<Tensor(const tensors&, const tensors&)> loss_;
    std::optional<adam_settings> adam_;
    std::unique_ptr<torch::optim::Optimizer> optimizer_;
    int steps_ = 0;
};

Tensor cross_entropy(const Tensor& logits, const Tensor& labels) { return torch::cross_entropy_loss(logits, labels); }

/// A kernel [K, L, C, O] as torch has it, channels last in memory.
Tensor native(const Tensor& kernel) { return kernel.permute({3, 2, 0, 1}).contiguous(at::MemoryFormat::ChannelsLast); }

/// A convolution and its gradients; images and their slopes have channels last in memory.
class convolution_peer : public peer_base {
public:
    explicit convolution_peer(const problem& given) {
        at::set_num_threads(1);
        const auto n = static_cast<std::int64_t>(given.rows);
        x_ = tensor(given.data[0], {n, 28, 28, 32}).permute({0, 3, 1, 2}).requires_grad_();
        dy_ = tensor(given.data[1], {n, 28, 28, 64}).permute({0, 3, 1, 2});
        kernel_ = native(tensor(given.parameters[0], {3, 3, 32, 64})).requires_grad_();
    }
    float step() override {
        x_.mutable_grad().reset();
        kernel_.mutable_grad().reset();
        y_ = torch::conv2d(x_, kernel_, {}, 1, 1);
        y_.backward(dy_);
        return *y_.data_ptr<float>();
    }
    std::vector<numbers> results() const override {
        std::vector<numbers> all;
        for (const Tensor& each :
             {y_.detach().permute({0, 2, 3, 1}), x_.grad().permute({0, 2, 3, 1}), kernel_.grad().permute({2, 3, 1, 0})}) {
            const Tensor t = each.contiguous();
            all.emplace_back(t.data_ptr<float>(), t.data_ptr<float>() + t.numel());
        }
        return all;
    }

private:
    Tensor x_, dy_, kernel_, y_;
};

recipe find(std::string_view workload, const problem& given) {
    const auto n = static_cast<std::int64_t>(given.rows);
    if (workload == "w1")
        return {{{4, 1}, {4, 1}}, {{1, 1}}, [](auto& d, auto& p) { return torch::square(torch::matmul(d[0], p[0]) - d[1]).mean(); }, 0.01f};
    if (workload == "w2")
        return {{{4, 1}, {4, 1}},
                {{1, 1}, {1, 1}},
                [](auto& d, auto& p) {
                    const Tensor error = torch::matmul(d[0], p[0]) + p[1] - d[1], size = error.abs();
                    return torch::where(size <= 1, 0.5 * error.square(), size - 0.5).mean();
                },
                0.01f};
    if (workload == "w3")
        return {{{n, 784}, {n, 10}},
                {{784, 10}, {10}},
                [](auto& d, auto& p) { return cross_entropy(torch::addmm(p[1], d[0], p[0]), d[1]); },
                0.5f};
    if (workload == "w4")
        return {{{n, 20}, {n, 5}},
                {{20, 10}, {10}, {10, 5}, {5}},
                [](auto& d, auto& p) { return cross_entropy(torch::addmm(p[3], torch::relu(torch::addmm(p[1], d[0], p[0])), p[2]), d[1]); },
                0,
                adam_settings{0.01f}};
    if (workload == "w5")
        return {{{n, 10}, {n, 3}}, {{10, 3}, {3}}, [](auto& d, auto& p) {
                    return (torch::addmm(p[1], d[0], p[0]) - d[1]).square().mean(1).mean();
                }};
    if (workload == "w6")
        return {{{n, 784}, {n, 10}},
                {{784, 128}, {128}, {128, 10}, {10}},
                [](auto& d, auto& p) { return cross_entropy(torch::addmm(p[3], torch::relu(torch::addmm(p[1], d[0], p[0])), p[2]), d[1]); },
                0,
                adam_settings{}};
    if (workload == "w7")
        return {{{n, 784}, {n, 10}},
                {{784, 512}, {512}, {512, 512}, {512}, {512, 10}, {10}},
                [](auto& d, auto& p) {
                    const Tensor h = torch::relu(torch::addmm(p[1], d[0], p[0]));
                    return cross_entropy(torch::addmm(p[5], torch::relu(torch::addmm(p[3], h, p[2])), p[4]), d[1]);
                },
                0.1f};
    if (workload == "w8") return {{{n}, {n}}, {{n}}, [](auto& d, auto& p) { return ((d[0] - p[0]).square() * d[1]).mean(); }};
    if (workload == "w9")
        return {{{n}}, {{n}, {}, {}}, [](auto& d, auto& p) {
                    return torch::log(1 + torch::exp(-d[0] * torch::tanh(p[1] * p[0] + p[2]))).mean();
                }};
    if (workload == "w20")
        return {{{8, 4, 64, 16}}, {{8, 4, 64, 16}, {8, 4, 64, 16}, {8, 4, 64, 16}}, [](auto& d, auto& p) {
                    return (torch::matmul(torch::softmax(torch::matmul(p[0], p[1].transpose(2, 3)) * 0.25, 3), p[2]) * d[0]).sum();
                }};
    if (workload == "w21")
        return {{}, {{n, 6, 6}, {n, 6, 1}}, [](auto&, auto& p) {
                    const Tensor b = p[1].to(torch::kDouble), l = at::linalg_cholesky(p[0].to(torch::kDouble));
                    return 0.5 * (b * torch::cholesky_solve(b, l)).sum() + l.diagonal(0, 1, 2).log().sum();
                }};
    if (workload == "w22/net")
        return {{{n, 28, 28, 1}, {n, 10}},
                {{3, 3, 1, 32}, {32}, {3, 3, 32, 64}, {64}, {3136, 128}, {128}, {128, 10}, {10}},
                [](auto& d, auto& p) {
                    const auto block = [](const Tensor& x, const Tensor& kernel, const Tensor& bias) {
                        return torch::max_pool2d(torch::relu(torch::conv2d(x, native(kernel), bias, 1, 1)), 2);
                    };
                    const Tensor second = block(block(d[0].permute({0, 3, 1, 2}), p[0], p[1]), p[2], p[3]);
                    const Tensor flat = second.permute({0, 2, 3, 1}).reshape({-1, 3136});
                    return cross_entropy(torch::addmm(p[7], torch::relu(torch::addmm(p[5], flat, p[4])), p[6]), d[1]);
                },
                0,
                adam_settings{}};
    if (workload == "w23")
        return {{{n, 64}}, {{n, 20, 64}, {64, 256}, {64, 256}, {256}}, [n](auto& d, auto& p) {
                    // Its kernels are transposed, and it adds a bias twice.
                    const Tensor none = torch::zeros({256}), zero = torch::zeros({1, n, 64});
                    const tensors weights{p[1].t().contiguous(), p[2].t().contiguous(), p[3], none};
                    const Tensor all = std::get<0>(torch::lstm(p[0], {zero, zero}, weights, true, 1, 0.0, true, false, true));
                    return torch::square(all.select(1, 19) - d[0]).mean();
                }};
    throw std::runtime_error("no such workload");
}

} // namespace

std::unique_ptr<peer_base> make_torch(std::string_view workload, const problem& given) {
    if (workload == "w22/layer") return std::make_unique<convolution_peer>(given);
    return std::make_unique<torch_peer>(given, find(workload, given));
}

} // namespace bench
