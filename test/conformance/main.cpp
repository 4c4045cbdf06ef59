// SPDX-License-Identifier: BSL-1.0

// conformance FILE...: runs golden cases and prints how many passed, failed and were skipped, and why. Fails if one does.
#include "golden.hpp"

#include <fstream>
#include <iostream>

int main(int count, char** files) {
    using namespace conformance;
    int passed = 0, wrong = 0;
    std::map<std::string, int> reasons;
    for (int i = 1; i < count; ++i) {
        std::ifstream in(files[i]);
        if (!in) {
            std::cerr << "conformance: cannot read " << files[i] << '\n';
            return 2;
        }
        const json all = json::parse(in);
        for (const json& test : all["cases"]) {
            const std::string function = test["function"];
            runner run = nullptr;
            for (const runners* some : {&activation_runners, &clipping_runners, &compat_v1_loss_runners, &loss_runners, &metric_runners, &optimizer_runners, &schedule_runners, &tensorflow_runners, &weight_runners})
                if (const auto found = some->find(function); found != some->end()) run = found->second;
            try {
                if (run == nullptr) throw skipped("not in scope yet");
                if (test.value("float32_only", false) && !loss_runners.contains(function)) throw skipped("holds in float only");
                run(test);
                ++passed;
            } catch (const skipped& why) {
                ++reasons[function + ": " + why.what()];
            } catch (const std::exception& why) {
                ++wrong;
                std::cout << "FAILED " << test["name"].get<std::string>() << ": " << why.what() << '\n';
            }
        }
    }
    int left = 0;
    for (const auto& [why, times] : reasons) {
        std::cout << "skipped " << times << " of " << why << '\n';
        left += times;
    }
    std::cout << passed << " passed, " << wrong << " failed, " << left << " skipped\n";
    return wrong > 0 || passed == 0 ? 1 : 0;
}
