// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/io/csv.hpp>

#include "damage.hpp"
#include "temporary_folder.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

namespace {

namespace csv = ctgrad::csv;

template <class T>
csv::table<T> read_text(const std::string& text, const csv::options& how = {}) {
    const temporary_folder folder;
    put(folder / "a.csv", text);
    return csv::read<T>(folder / "a.csv", how);
}

template <class T>
void check_values(const csv::table<T>& found, std::int64_t rows, const std::vector<T>& values) {
    BOOST_TEST(found.values.extent(0) == rows);
    BOOST_CHECK_EQUAL_COLLECTIONS(found.values.begin(), found.values.end(), values.begin(), values.end());
}

template <class T, class... Text>
void check_text_refused(const std::string& text, const csv::options& how, const Text&... complaints) {
    check_refused([&] { (void)read_text<T>(text, how); }, "csv::read: ", "a.csv ", complaints...);
}

const std::string iris = "length,width,kind,class\n5.1,3.5,setosa,0\n4.9,3,\"virginica, \"\"tall\"\"\",2\n";

} // namespace

BOOST_AUTO_TEST_SUITE(io)

BOOST_AUTO_TEST_CASE(chosen_columns_come_in_the_order_asked_for) {
    const auto numbers = read_text<float>(iris, {.columns = {"width", "length"}});
    check_values(numbers, 2, {3.5f, 5.1f, 3.0f, 4.9f});
    BOOST_TEST(numbers.columns.at(1) == "length");
    check_values(read_text<std::int32_t>(iris, {.columns = {"class"}}), 2, {0, 2});
}

BOOST_AUTO_TEST_CASE(all_columns_without_a_header_are_numbered) {
    const auto numbers = read_text<double>("1;2\n3;0.1\n", {.header = false, .delimiter = ';'});
    check_values(numbers, 2, {1.0, 2.0, 3.0, 0.1});
    BOOST_TEST(numbers.columns.at(1) == "1");
    check_values(read_text<double>("1;2\n3;0.1\n", {.columns = {"1"}, .header = false, .delimiter = ';'}), 2, {2.0, 0.1});
}

BOOST_AUTO_TEST_CASE(line_ends_marks_spaces_and_empty_lines_do_no_harm) {
    for (const std::string text : {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4",
                                   "\xEF\xBB\xBF"
                                   "a,b\n1,2\n3,4",
                                   "a , b\n\n 1,\t2\n\n3 ,4\n\n", "\"a\",\"b\"\n\"1\",\"2\"\n3,\"4\""})
        check_values(read_text<std::int32_t>(text, {.columns = {"a", "b"}}), 2, {1, 2, 3, 4});
}

BOOST_AUTO_TEST_CASE(numbers_are_rounded_to_the_nearest) {
    const auto found = read_text<float>("a\n0.1\n-1e3\n+2.5\n1e-50\n-1e-42\ninf\nnan\n3.4028235e38\n").values;
    BOOST_TEST(found[0] == 0.1f);
    BOOST_TEST(found[1] == -1000.0f);
    BOOST_TEST(found[2] == 2.5f);
    BOOST_TEST(found[3] == 0.0f);
    BOOST_TEST(found[4] == -1e-42f);
    BOOST_TEST(std::isinf(found[5]));
    BOOST_TEST(std::isnan(found[6]));
    BOOST_TEST(found[7] == 3.4028235e38f);
}

BOOST_AUTO_TEST_CASE(field_that_is_no_number_is_refused_with_line_and_column) {
    check_text_refused<float>("a,b\n1,2\n3,x4\n", {}, "line 3 column 'b': 'x4' is no float32");
    check_text_refused<float>("a,b\n1,2\n\n3,\n", {}, "line 4 column 'b': '' is empty: expected float32");
    check_text_refused<float>("a\n1 2\n", {}, "line 2 column 'a': '1 2' is no float32");
    check_text_refused<float>("a\n1e39\n", {}, "line 2 column 'a': '1e39' is out of range of float32");
    check_text_refused<float>("a\n0x10\n", {}, "'0x10' is no float32");
    check_text_refused<float>("a\n+-1\n", {}, "'+-1' is no float32");
    check_text_refused<std::int32_t>("a\n2147483648\n", {}, "'2147483648' is out of range of int32");
    check_text_refused<std::int32_t>("a\n1.0\n", {}, "'1.0' is no int32");
    check_text_refused<float>("a,b\n\"two\nlines\",1\n1,2\n", {.columns = {"a"}}, "line 3 column 'a'");
}

BOOST_AUTO_TEST_CASE(table_of_another_form_is_refused) {
    check_text_refused<float>("", {}, "has no rows");
    check_text_refused<float>("\n\n", {}, "has no rows");
    check_text_refused<float>("a,b\n1,2\n3\n", {}, "line 3 has 1 fields where the first row has 2");
    check_text_refused<float>("a,b\n1,2,3\n", {}, "line 2 has 3 fields where the first row has 2");
    check_text_refused<float>("a,b\n1,2\n", {.columns = {"c"}}, "has no column 'c'");
    check_text_refused<float>("a,a\n1,2\n", {.columns = {"a"}}, "has two columns 'a'");
    check_text_refused<float>("a,b\n1,\"2\n", {}, "line 2 is no CSV");
    check_text_refused<float>("a,b\n1,2\"2\n3,4\n", {}, "line 2 is no CSV");
    check_refused([] { (void)csv::read<float>("no/such/file"); }, "csv::read: no/such/file cannot be opened");
}

BOOST_AUTO_TEST_CASE(header_alone_is_a_table_without_rows) { check_values(read_text<float>("a,b\n"), 0, {}); }

BOOST_AUTO_TEST_CASE(damaged_table_is_refused_or_read) {
    const temporary_folder folder;
    check_damage(folder / "a.csv", iris, [&] { (void)csv::read<float>(folder / "a.csv", {.columns = {"length"}}); });
}

BOOST_AUTO_TEST_SUITE_END()
