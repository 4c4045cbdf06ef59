// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/model/text_output.hpp>

#include <ctgrad/model/report.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>

namespace ct = ctgrad;

BOOST_AUTO_TEST_SUITE(model_text_output)

BOOST_AUTO_TEST_CASE(text_goes_to_the_stream_that_is_given) {
    std::ostringstream said;
    const ct::text_output to = &said;
    to.write("one ");
    to.write("two");
    BOOST_TEST(said.str() == "one two");
    static_assert(!std::is_constructible_v<ct::text_output, int*>);
    static_assert(std::is_constructible_v<ct::text_output, std::nullptr_t>);
}

BOOST_AUTO_TEST_CASE(a_bar_has_fifty_stars_whatever_the_number_of_batches) {
    for (const std::size_t batches : {1u, 7u, 50u, 1000u}) {
        std::ostringstream said;
        ct::detail::progress_bar bar(batches);
        for (int epoch = 0; epoch < 2; ++epoch) {
            bar.begin();
            for (std::size_t i = 0; i < batches; ++i) bar.advance(&said);
        }
        const std::string line = std::string(50, '*') + "\n";
        BOOST_TEST(said.str() == line + line);
    }
}

BOOST_AUTO_TEST_CASE(names_are_shown_as_in_keras) {
    ct::epoch_logs logs;
    for (const char* name : {"val_loss", "loss", "val_accuracy", "accuracy"}) logs.set(name, 0.5);
    std::string order;
    for (const auto& [name, value] : ct::detail::in_order(logs)) order += name + " ";
    BOOST_TEST(order == "accuracy loss val_accuracy val_loss ");
    logs.set("loss", -0.00012345);
    BOOST_TEST(ct::detail::line_of(logs).find(" - loss: -1.2345e-04") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
