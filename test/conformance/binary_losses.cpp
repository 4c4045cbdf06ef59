// SPDX-License-Identifier: BSL-1.0
#include "losses.hpp"

namespace ct = ctgrad;

namespace conformance {

const loss_programs binary_losses{
    entry<ct::binary_crossentropy, along_last<double>>("BinaryCrossentropy"),
    entry<ct::binary_crossentropy, along_last<float>>("BinaryCrossentropy of floats"),
    entry<ct::binary_crossentropy, along_last<double>>("BinaryCrossentropy", ct::from_logits),
    entry<ct::binary_crossentropy, along_middle<double>>("BinaryCrossentropy"),
    entry<ct::binary_crossentropy, along_middle<double>>("BinaryCrossentropy", ct::from_logits),
    entry<ct::binary_focal_crossentropy, along_last<double>>("BinaryFocalCrossentropy"),
    entry<ct::binary_focal_crossentropy, along_last<double>>("BinaryFocalCrossentropy", ct::from_logits),
    entry<ct::binary_focal_crossentropy, along_last<double>>("BinaryFocalCrossentropy", ct::apply_class_balancing),
    entry<ct::binary_focal_crossentropy, along_last<double>>("BinaryFocalCrossentropy", ct::apply_class_balancing, ct::from_logits),
    entry<ct::binary_focal_crossentropy, along_middle<double>>("BinaryFocalCrossentropy"),
    entry<ct::binary_focal_crossentropy, along_middle<double>>("BinaryFocalCrossentropy", ct::from_logits),
    entry<ct::binary_focal_crossentropy, along_middle<double>>("BinaryFocalCrossentropy", ct::apply_class_balancing),
    entry<ct::binary_focal_crossentropy, along_middle<double>>("BinaryFocalCrossentropy", ct::apply_class_balancing, ct::from_logits),
};

} // namespace conformance
