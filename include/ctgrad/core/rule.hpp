// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/display.hpp>

/// Turns a specialisation of `broken` into a rule, whose use is one short error on every compiler.
///
/// The fault's name is the sentence that must hold, the other arguments are the facts to show, `fix` says
/// how to mend the line, and the value stands for the result that there is not:
/// ```
/// template <fact Loss>
/// CTGRAD_RULE(loss_must_be_scalar, "minimize needs one number: use reduce_mean(loss).")
/// inline constexpr poison broken<fault::loss_must_be_scalar, Loss>{};
/// ```
/// A check says whether it holds, a type with `static constexpr finding found`. The function that the user calls,
/// or the first one below it, asks:
/// ```
/// if constexpr (check::found.is_fine()) return step<L>{};
/// else return refuse<check>();
/// ```
/// The error is then `'broken<fault::loss_must_be_scalar, fact<7>{"[N,10]"}>' is unavailable: minimize needs one
/// number: use reduce_mean(loss). See docs/errors.md#loss_must_be_scalar`. Where only one rule can break, the function
/// may name it: `return broken<fault::loss_must_be_scalar, show([] { return phrase(...); })>;`. At least one fact then
/// depends on a template parameter of the function; otherwise Clang reports the function itself.
///
/// A macro, since the link is the name as a string; and neither `[[gnu::unavailable]]` (Clang) nor
/// `[[clang::unavailable]]` (GCC) is known to both. Why this form: docs/architecture.md.
#define CTGRAD_RULE(name, fix) __attribute__((unavailable(fix " See docs/errors.md#" #name)))
