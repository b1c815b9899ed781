// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_TALLY_HPP
#define MCX_TESTS_SUPPORT_TALLY_HPP

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Counts the cases of a file of vectors. A case that is decided otherwise than the file says is a
// failure, unless it stands in a list with the reason; a case in the list that is decided as the
// file says is a failure too, so that the list stays true.

namespace mcx::test {

/// A case that is knowingly decided otherwise, and why.
struct deviation {
    std::string_view id;
    std::string_view reason;
};

class tally {
    std::string name_;
    std::span<deviation const> known_;
    std::vector<std::string> met_;
    std::size_t passed_ = 0;
    std::size_t failed_ = 0;
    std::size_t skipped_ = 0;

  public:
    explicit tally(std::string name, std::span<deviation const> known = {})
        : name_(std::move(name)), known_(known) {}

    /// Counts a case that was decided as the file says, or not.
    void judge(std::string const& id, bool agrees) {
        bool const listed = std::any_of(known_.begin(), known_.end(),
                                        [&](deviation const& d) { return d.id == id; });
        if (listed) {
            met_.push_back(id);
        }
        CHECK_MESSAGE(agrees != listed, name_ << ": " << id);
        ++(agrees != listed ? passed_ : failed_);
    }

    /// Counts a case that is for another reader.
    void skip() { ++skipped_; }

    /// Prints the counts, and checks how many cases there were and that every deviation was met.
    void close(std::size_t cases) {
        CHECK(passed_ + failed_ + skipped_ == cases);
        CHECK(met_.size() == known_.size());
        MESSAGE(name_ << ": " << passed_ << " passed (" << met_.size()
                      << " of them known deviations), " << failed_ << " failed, " << skipped_
                      << " skipped");
    }
};

}  // namespace mcx::test

#endif
