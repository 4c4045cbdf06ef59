// SPDX-License-Identifier: BSL-1.0

// conformance FILE...: runs golden cases and prints how many passed, failed and were skipped, and why. Fails if one does.
// Each case runs in a process of its own, so that no case, whatever is written in it, ends the program.
#include "golden.hpp"

#include <ctgrad/core/error.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iostream>

namespace {

using namespace conformance;

enum class verdict : int { passed, failed, skipped };
struct outcome {
    verdict found;
    std::string why;
};

std::string text_of(const json& test, const char* key) {
    return test.is_object() && test.contains(key) && test[key].is_string() ? test[key].get<std::string>() : std::string("no ") + key;
}

runner find_runner(const std::string& function) {
    for (const runners* some : {&activation_runners, &clipping_runners, &compat_v1_loss_runners, &loss_runners, &metric_runners,
                                &optimizer_runners, &schedule_runners, &tensorflow_runners, &weight_runners})
        if (const auto found = some->find(function); found != some->end()) return found->second;
    return nullptr;
}

void run_case(const json& test) {
    if (!test.is_object()) throw skipped("it is no object");
    if (!test.contains("function") || !test["function"].is_string()) throw skipped("it names no function");
    const std::string function = test["function"];
    const runner run = find_runner(function);
    if (run == nullptr) throw skipped("not in scope yet");
    check_form(test);
    if (test.value("float32_only", false) && !loss_runners.contains(function)) throw skipped("holds in float only");
    json whole = test;
    for (const char* object : {"kwargs", "inputs"})
        if (!whole.contains(object)) whole[object] = json::object();
    run(whole);
}

/// What is not as the form says is no fault of the functions: a missing key, another type, sizes that they refuse.
outcome outcome_of(const json& test) {
    try {
        run_case(test);
        return {verdict::passed, {}};
    } catch (const skipped& why) {
        return {verdict::skipped, why.what()};
    } catch (const json::exception& why) {
        return {verdict::skipped, std::string("another form: ") + why.what()};
    } catch (const std::logic_error& why) {
        return {verdict::skipped, std::string("another form: ") + why.what()};
    } catch (const ctgrad::error& why) {
        return {verdict::skipped, std::string("refused: ") + why.what()};
    } catch (const std::exception& why) {
        return {verdict::failed, why.what()};
    }
}

/// The same in a child, for at most a minute.
outcome outcome_apart(const json& test) {
    int ends[2];
    if (pipe(ends) != 0) return outcome_of(test);
    std::cout.flush();
    const pid_t child = fork();
    if (child < 0) return outcome_of(test);
    if (child == 0) {
        alarm(60);
        const outcome found = outcome_of(test);
        const auto written = write(ends[1], found.why.data(), std::min<std::size_t>(found.why.size(), 4000));
        _exit(written < 0 ? static_cast<int>(verdict::failed) : static_cast<int>(found.found));
    }
    close(ends[1]);
    outcome found{verdict::skipped, {}};
    char text[4096];
    for (ssize_t count = 0; (count = read(ends[0], text, sizeof text)) > 0;) found.why.append(text, static_cast<std::size_t>(count));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status))
        found.found = static_cast<verdict>(WEXITSTATUS(status));
    else
        found.why = "it ended by signal " + std::to_string(WTERMSIG(status));
    return found;
}

/// The cases of a file; none, with the reason, if it has none.
json cases_of(const char* file) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error("cannot be read");
    const json all = json::parse(in, nullptr, false);
    if (all.is_discarded()) throw std::runtime_error("is no JSON");
    if (!all.is_object() || !all.contains("cases") || !all["cases"].is_array()) throw std::runtime_error("has no list of cases");
    return all["cases"];
}

} // namespace

int main(int count, char** files) {
    int passed = 0, wrong = 0, left = 0;
    std::map<std::string, int> reasons;
    for (int i = 1; i < count; ++i) {
        json cases;
        try {
            cases = cases_of(files[i]);
        } catch (const std::exception& why) {
            std::cerr << "conformance: " << files[i] << ' ' << why.what() << '\n';
            return 2;
        }
        for (const json& test : cases) {
            const outcome found = outcome_apart(test);
            if (found.found == verdict::passed) ++passed;
            if (found.found == verdict::skipped) ++reasons[text_of(test, "function") + ": " + found.why];
            if (found.found != verdict::failed) continue;
            ++wrong;
            std::cout << "FAILED " << text_of(test, "name") << ": " << found.why << '\n';
        }
    }
    for (const auto& [why, times] : reasons) {
        std::cout << "skipped " << times << " of " << why << '\n';
        left += times;
    }
    std::cout << passed << " passed, " << wrong << " failed, " << left << " skipped\n";
    return wrong > 0 || passed == 0 ? 1 : 0;
}
