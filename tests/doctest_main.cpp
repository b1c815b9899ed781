// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>

// A filter that matches no test case is a failure: a test that was not run has not passed.

namespace {

unsigned selected = 0;

struct counting_listener : doctest::IReporter {
    explicit counting_listener(doctest::ContextOptions const&) {}
    void report_query(doctest::QueryData const&) override {}
    void test_run_start() override {}
    void test_run_end(doctest::TestRunStats const& stats) override {
        selected = stats.numTestCasesPassingFilters;
    }
    void test_case_start(doctest::TestCaseData const&) override {}
    void test_case_reenter(doctest::TestCaseData const&) override {}
    void test_case_end(doctest::CurrentTestCaseStats const&) override {}
    void test_case_exception(doctest::TestCaseException const&) override {}
    void subcase_start(doctest::SubcaseSignature const&) override {}
    void subcase_end() override {}
    void log_assert(doctest::AssertData const&) override {}
    void log_message(doctest::MessageData const&) override {}
    void test_case_skipped(doctest::TestCaseData const&) override {}
};

}  // namespace

DOCTEST_REGISTER_LISTENER("counting", 1, counting_listener);

int main(int argc, char** argv) {
    doctest::Context context(argc, argv);
    int const outcome = context.run();
    if (context.shouldExit()) {
        return outcome;
    }
    if (selected == 0) {
        std::fputs("no test case was selected\n", stderr);
        return 1;
    }
    return outcome;
}
