// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/parsing.hpp"
#include "support/rows.hpp"

namespace {

namespace bench = mcx::bench;

void parse_only(bench::row const& row, bool several_issuers) {
    bench::parsing subject{several_issuers};
    row.check(subject.accepts(subject.token), "a good token is refused");
    row.check(!subject.accepts(subject.wrong()), "a bad token is accepted");
    row.time(subject.token.size(), [&] { return subject.accepts(subject.token); });
}

[[maybe_unused]] bool const rows[]{
    bench::add_row("parse_only/-/mcx", [](bench::row const& row) { parse_only(row, false); }),
    bench::add_row("parse_only_of_several_issuers/-/mcx",
                   [](bench::row const& row) { parse_only(row, true); }),
};

}  // namespace
