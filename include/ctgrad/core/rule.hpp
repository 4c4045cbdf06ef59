// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/display.hpp>

/// Turns a variable template into a rule, whose use is one short error on every compiler.
///
/// The variable's name is the sentence that must hold, its arguments are the facts to show, `fix` says
/// how to mend the line, and the value stands for the result that there is not:
/// ```
/// template <fact Loss>
/// CTGRAD_RULE(loss_must_be_scalar, "minimize needs one number: use reduce_mean(loss).")
/// inline constexpr poison loss_must_be_scalar{};
/// ```
/// Whether it holds is a question of its own (`can_minimize<E>`), which anyone may ask. The function
/// that the user calls, or the first one below it, asks, and returns the rule if the answer is no:
/// ```
/// if constexpr (can_minimize<L>) return step<L>{};
/// else return loss_must_be_scalar<show([] { return phrase(...); })>;
/// ```
/// The error is then `'loss_must_be_scalar<fact<7>{"[N,10]"}>' is unavailable: minimize needs one number:
/// use reduce_mean(loss). See docs/errors.md#loss_must_be_scalar`. At least one fact depends on a template
/// parameter of the function that returns the rule; otherwise Clang reports the function itself.
/// In a constructor, `(void)loss_must_be_scalar<...>;` says it.
///
/// A macro, since the link is the name as a string; and neither `[[gnu::unavailable]]` (Clang) nor
/// `[[clang::unavailable]]` (GCC) is known to both. Why this form: docs/architecture.md.
#define CTGRAD_RULE(name, fix) __attribute__((unavailable(fix " See docs/errors.md#" #name)))
