// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/io/checkpoint.hpp>

#include "damage.hpp"
#include "small_network.hpp"
#include "temporary_folder.hpp"

BOOST_AUTO_TEST_SUITE(io)

BOOST_AUTO_TEST_CASE(damaged_checkpoint_is_loaded_whole_or_changes_nothing) {
    const temporary_folder folder;
    const std::string path = folder / "a.safetensors";
    ct::trainer saved{step, W = ct::random_normal{.seed = 1}};
    take_steps(saved, 0, 3);
    ct::save_checkpoint(path, saved);
    ct::trainer train{step, W = ct::random_normal{.seed = 2}};
    const auto initial = train;
    check_damage(path, bytes_in(path), [&] {
        train = initial;
        try {
            ct::load_checkpoint(path, train);
        } catch (const ct::error&) {
            BOOST_TEST((bits_of(train) == bits_of(initial)));
            throw;
        }
    });
}

BOOST_AUTO_TEST_CASE(checkpoint_is_refused_wherever_it_ends) {
    const temporary_folder folder;
    const std::string path = folder / "a.safetensors";
    ct::trainer train{step};
    ct::save_checkpoint(path, train);
    const std::string whole = bytes_in(path);
    const auto before = bits_of(train);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        put(path, whole.substr(0, size));
        BOOST_CHECK_THROW(ct::load_checkpoint(path, train), ct::error);
    }
    put(path, whole + "x");
    BOOST_CHECK_THROW(ct::load_checkpoint(path, train), ct::error);
    BOOST_TEST((bits_of(train) == before));
}

BOOST_AUTO_TEST_SUITE_END()
