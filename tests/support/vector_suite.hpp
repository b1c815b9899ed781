// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_VECTOR_SUITE_HPP
#define MCX_TESTS_SUPPORT_VECTOR_SUITE_HPP

#include "check.hpp"
#include "vectors.hpp"

#include "vectors/deviations.hpp"

#include <mcx/core/error_text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

// What the runners of published vectors have in common. A runner walks the folders that have its
// format: those of tests/vectors/data, and those of MCX_VECTORS. Every case of a file comes out as
// it should, or stands in the list of deviations, or the file fails; so does a file of which the
// runner knows nothing, one without cases, and a listed deviation that is none any more. A case
// counts once for each backend to which it was put.

namespace mcx::test {

/// The vectors that are part of this project.
inline std::string own_vectors_folder() {
    return MCX_VECTORS_DATA;
}

/// The name by which something about a case may stand in the list of deviations.
using labels = std::vector<std::string>;

/// The cases of one file: what came out, and which of the listed deviations were seen.
class tally {
    std::string file_;
    std::size_t passed_ = 0;
    std::size_t failed_ = 0;
    std::size_t skipped_ = 0;
    std::size_t deviated_ = 0;
    std::vector<bool> seen_ = std::vector<bool>(std::size(deviations), false);

    bool is_listed(labels const& known_as) {
        bool listed = false;
        for (std::size_t i = 0; i < std::size(deviations); ++i) {
            deviation const& d = deviations[i];
            bool const named =
                std::find(known_as.begin(), known_as.end(), d.what) != known_as.end();
            if (d.file == file_ && named) {
                listed = seen_[i] = true;
            }
        }
        return listed;
    }

  public:
    explicit tally(std::string file) : file_(std::move(file)) {}

    /// Counts a case that came out as it should or did not. The first label is its name.
    void judge(bool as_it_should, labels const& known_as, std::string_view found) {
        if (as_it_should) {
            ++passed_;
        } else if (is_listed(known_as)) {
            ++deviated_;
        } else {
            ++failed_;
            std::string const name = known_as.empty() ? "?" : known_as.front();
            std::printf("  %s: %s: %.*s\n", file_.c_str(), name.c_str(),
                        static_cast<int>(found.size()), found.data());
        }
    }
    /// The same, where what was found is an error, or none. An error's name is a label too; what is
    /// accepted deviates by its own name only.
    void judge(bool as_it_should, labels known_as, errc found) {
        if (found == errc::none) {
            known_as.resize(1);
            judge(as_it_should, known_as, "accepted");
        } else {
            known_as.emplace_back(name_of(found));
            judge(as_it_should, known_as, name_of(found));
        }
    }
    void fail(std::string_view name, std::string_view why) {
        judge(false, {std::string(name)}, why);
    }
    void skip(std::size_t cases = 1) { skipped_ += cases; }

    /// How many cases there were so far.
    [[nodiscard]] std::size_t cases() const { return passed_ + failed_ + skipped_ + deviated_; }

    /// Says what the file came to.
    void finish() const {
        std::printf("%5zu passed %3zu failed %4zu skipped %4zu deviations  %s\n", passed_, failed_,
                    skipped_, deviated_, file_.c_str());
        std::fflush(stdout);
        CAPTURE(file_);
        CHECK(failed_ == 0);
        CHECK(passed_ + skipped_ + deviated_ > 0);
        for (std::size_t i = 0; i < std::size(deviations); ++i) {
            std::string const what{deviations[i].what};
            CHECK_MESSAGE((deviations[i].file != file_ || seen_[i]), "no deviation: ", what);
        }
    }
};

/// A file of vectors.
struct vector_file {
    std::string name;
    std::string text;
    json_members members;  // where it is a JSON object
};

namespace detail {

inline std::string whole_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The names of the files of a folder, sorted.
inline std::vector<std::string> names_in(std::string const& folder) {
    std::vector<std::string> names;
    std::error_code none;
    for (auto const& entry : std::filesystem::directory_iterator(folder, none)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace detail

/// Calls `run(file, tally)` for every file of this folder's name for which `is_mine(name)`; `run`
/// returns false where it does not know the file. What stands in both places is taken once.
template <class Run, class Mine>
void run_folder(std::string const& folder, Run run, Mine is_mine) {
    std::size_t files = 0;
    std::string const theirs = vectors_folder() + '/' + folder;
    std::string const ours = own_vectors_folder() + '/' + folder;
    for (std::string const& from : {ours, theirs}) {
        if (from == theirs && vectors_folder().empty()) {
            MESSAGE("MCX_VECTORS names no folder: only what is in tests/vectors/data was read");
            continue;
        }
        for (std::string const& name : detail::names_in(from)) {
            std::string text = detail::whole_file(from + '/' + name);
            if (!is_mine(name) ||
                (from == theirs && detail::whole_file(ours + '/' + name) == text)) {
                continue;
            }
            ++files;
            vector_file const file{name, text, members_in(text)};
            tally counts{folder + '/' + name};
            if (!run(file, counts)) {
                counts.fail("the file", "of no kind that is known");
            }
            counts.finish();
        }
    }
    CHECK((files > 0 || vectors_folder().empty()));
}
template <class Run>
void run_folder(std::string const& folder, Run run) {
    run_folder(folder, run, [](std::string_view) { return true; });
}

/// A member that is a string; empty where it is not there.
inline std::string text_in(json_members const& members, std::string_view name) {
    auto const found = members.find(name);
    return found == members.end() ? std::string{} : string_in(found->second);
}
/// A member as it is written; empty where it is not there.
inline std::string written_in(json_members const& members, std::string_view name) {
    auto const found = members.find(name);
    return found == members.end() ? std::string{} : found->second;
}

/// The octets of hexadecimal digits.
inline std::vector<std::byte> octets_of_hex(std::string_view digits) {
    auto const value = [](char c) {
        return static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    };
    std::vector<std::byte> made(digits.size() / 2);
    for (std::size_t i = 0; i < made.size(); ++i) {
        made[i] = static_cast<std::byte>(value(digits[2 * i]) * 16 + value(digits[2 * i + 1]));
    }
    return made;
}

}  // namespace mcx::test

#endif
