// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>

namespace ctgrad {

/// What ctgrad throws at run time: sizes that contradict each other, files that are not what they claim.
///
/// It is thrown before anything is changed: after it, every object is as it was before the call. The text of
/// `what()` names what was expected and what was given. Mistakes in a program's maths never get here, they
/// are compile errors.
class error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace ctgrad
