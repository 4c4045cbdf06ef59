// SPDX-License-Identifier: BSL-1.0

// Runs the examples of docs/reference that do more than a static_assert.
#include <cstdlib>
#include <filesystem>
#include <string>

bool calls();
bool fit(const std::string& folder);
#ifdef CTGRAD_WITH_FILES
bool files(const std::string& folder);
#else
bool files(const std::string&) { return true; }
#endif

#ifdef CTGRAD_WITH_SOLVERS
bool solvers();
#else
bool solvers() { return true; }
#endif

int main(int, char** argv) {
    const std::string folder =
        std::filesystem::temp_directory_path() / ("ctgrad_reference_" + std::to_string(std::hash<std::string>{}(argv[0])));
    std::filesystem::create_directories(folder);
    const bool good = calls() && fit(folder) && files(folder) && solvers();
    std::filesystem::remove_all(folder);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
