// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BENCH_SUPPORT_ROWS_HPP
#define MCX_BENCH_SUPPORT_ROWS_HPP

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "heap.hpp"

// A row of the benchmarks is called `operation/ALG/subject`. It makes what can be made beforehand,
// checks that the subject says yes and no in the right places, and times one call.

namespace mcx::bench {

/// One run of a row.
class row {
    benchmark::State& state_;
    std::string const& name_;

  public:
    row(benchmark::State& state, std::string const& name) noexcept : state_(state), name_(name) {}

    /// Ends the program where something is not as it should be: such times would be worthless.
    void check(bool holds, char const* what) const {
        if (!holds) {
            std::fprintf(stderr, "%s: %s\n", name_.c_str(), what);
            std::exit(1);
        }
    }

    /// Times a call that returns whether it succeeded; `bytes` is what it works through.
    template <class F>
    void time(std::size_t bytes, F&& call) const {
        constexpr int sample = 16;
        check(call(), "the call fails");  // the first one makes what stays
        auto const before = heap_allocations();
        for (int i = 0; i < sample; ++i) {
            check(call(), "the call fails");
        }
        auto const allocations = static_cast<double>(heap_allocations() - before) / sample;
        bool all = true;
        for (auto _ : state_) {
            bool good = call();
            benchmark::DoNotOptimize(good);
            all = all && good;
        }
        check(all, "a call failed");
        state_.counters["allocs"] = allocations;
        state_.counters["bytes"] = static_cast<double>(bytes);
    }
};

/// Adds a row; `run` gets a `row` and times one call with it. The value says nothing: it lets a
/// variable at namespace scope add rows.
template <class Run>
bool add_row(std::string name, Run run) {
    auto const named = [name, run](benchmark::State& state) { run(row{state, name}); };
    benchmark::RegisterBenchmark(name.c_str(), named);
    return true;
}

/// Says in the head of the results whether somebody to compare with is there.
inline bool add_peer(char const* name, char const* version) {
    benchmark::AddCustomContext(name, version);
    return true;
}

}  // namespace mcx::bench

#endif
