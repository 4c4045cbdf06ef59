// SPDX-License-Identifier: BSL-1.0
// A program without exceptions: the handler is given leaf, expected and given of the error that an argument names.

#include <ctgrad/ctgrad.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
constexpr auto W = ct::variable<"W", float, 3, 10>;
constexpr auto loss = ct::reduce_mean(ct::sparse_softmax_cross_entropy_with_logits(ct::labels = classes, ct::logits = ct::matmul(x, W)));

const char* expected = "";

/// Ends the program, well if the error is the expected one.
void leave(const char* text) {
    const bool right = std::strstr(text, expected) != nullptr;
    if (!right) std::printf("expected \"%s\" in \"%s\"\n", expected, text);
    std::fflush(stdout);
    std::_Exit(right ? 0 : 1);
}

} // namespace

int main(int count, char** arguments) {
    const std::string_view fault = count > 1 ? arguments[1] : "none";
    if (ct::set_error_handler(leave) != nullptr) return 1;
    std::vector<float> inputs(13, 0.5F);
    std::vector<std::int32_t> labels{1, 0, 9, 2};
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.5_c))};
    const float* at = inputs.data();
    if (fault == "size") {
        expected = "'x' expects [N,3] but was given [4,2]";
        train(x = ct::view(at, 4, 2), classes = labels);
    } else if (fault == "label") {
        expected = "'classes' expects indices in [0,10) but was given 10 as element 2";
        labels[2] = 10;
        train(x = ct::view(at, 4, 3), classes = labels);
    } else if (fault == "null") {
        expected = "'x' was given a null pointer";
        at = nullptr;
        train(x = ct::view(at, 4, 3), classes = labels);
    } else if (fault == "alignment") {
        expected = "'x' expects an address that is a multiple of 4";
        at = reinterpret_cast<const float*>(reinterpret_cast<const char*>(at) + 1);
        train(x = ct::view(at, 4, 3), classes = labels);
    } else
        return train(x = ct::view(at, 4, 3), classes = labels) > 2 ? 0 : 1;
    std::printf("no error\n");
    return 1;
}
