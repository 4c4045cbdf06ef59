// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace ctgrad {

/// The address of a `T`, or none. It is asked without comparing an address with null, which of a constant is no constant
/// expression in GCC 12 with -fsanitize=undefined.
template <class T>
class maybe {
public:
    constexpr maybe() = default;
    constexpr maybe(const T& there) : at_(&there), is_there_(true) {}

    constexpr explicit operator bool() const { return is_there_; }
    constexpr const T& operator*() const { return *at_; }
    constexpr const T* operator->() const { return at_; }

private:
    const T* at_ = nullptr;
    bool is_there_ = false;
};

} // namespace ctgrad
