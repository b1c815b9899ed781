// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_MUTATION_HPP
#define MCX_TESTS_SUPPORT_MUTATION_HPP

#include <mcx/core/error.hpp>

#include "allocations.hpp"
#include "tokens.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Broken input in bulk, the same in every run: texts that were changed in one to four places;
// tokens whose text, header or payload was, pieces of other tokens among the changes. A signature
// still follows, so with a credulous backend the changes reach everything behind it. Written with
// plain memory moves: a million mutants have to be cheap without an optimiser.

namespace mcx::test {

/// The parts of a token to start from, header and payload decoded.
struct token_seed {
    std::string header;
    std::string payload;
    std::string signature;
};

/// The same numbers in every run. [Marsaglia, xorshift]
class numbers {
    std::uint64_t state_;

  public:
    explicit numbers(std::uint64_t seed) : state_(seed | 1U) {}
    std::size_t below(std::size_t bound) {
        state_ ^= state_ << 13U;
        state_ ^= state_ >> 7U;
        state_ ^= state_ << 17U;
        return static_cast<std::size_t>(state_ >> 11U) % bound;
    }
};

/// At most 16384 characters that can be changed anywhere.
class clay {
    std::size_t size_ = 0;
    std::array<char, 16384> text_{};

  public:
    void assign(std::string_view text) {
        size_ = 0;
        insert(0, text);
    }
    void insert(std::size_t at, std::string_view piece) {
        std::size_t const length = std::min(piece.size(), text_.size() - size_);
        if (length == 0) {
            return;
        }
        std::memmove(text_.data() + at + length, text_.data() + at, size_ - at);
        std::memcpy(text_.data() + at, piece.data(), length);
        size_ += length;
    }
    void erase(std::size_t at, std::size_t length) {
        length = std::min(length, size_ - at);
        std::memmove(text_.data() + at, text_.data() + at + length, size_ - at - length);
        size_ -= length;
    }
    void append_encoded(std::string_view octets) {
        std::size_t const length = base64url::encoded_size(octets.size());
        if (length <= text_.size() - size_) {
            base64url::encode(as_bytes(octets), std::span{text_}.subspan(size_));
            size_ += length;
        }
    }
    char& operator[](std::size_t at) { return text_[at]; }
    std::string_view view() const { return {text_.data(), size_}; }
    std::size_t size() const { return size_; }
};

/// Octets that mean something in a token and in what it holds.
inline constexpr char telling_octets[] = "\0\n \"\\{}[],:.=-_+/0123456789eEtfnuAQgwz\x7f\x80\xff";
inline constexpr std::string_view telling_in_tokens{telling_octets, sizeof telling_octets - 1};

/// Changes a text in one place. `other` is a text to take pieces from, `telling` are octets that
/// mean something to the reader of the text.
inline void change(clay& c, numbers& random, std::string_view other, std::string_view telling) {
    std::size_t const at = random.below(c.size() + 1);
    char const chosen = telling[random.below(telling.size())];
    switch (c.size() == 0 ? 0 : random.below(9)) {
        case 0:
            c.insert(at, {&chosen, 1});
            break;
        case 1:
            c[std::min(at, c.size() - 1)] = chosen;
            break;
        case 2: {
            char& hit = c[std::min(at, c.size() - 1)];
            hit = static_cast<char>(static_cast<unsigned char>(hit) ^ (1U << random.below(8)));
            break;
        }
        case 3:
            c.erase(at, 1 + random.below(8));
            break;
        case 4:
            c.erase(at, c.size());
            break;
        case 5: {  // a piece of its own, once more
            std::size_t const from = random.below(c.size());
            std::string const piece{c.view().substr(from, random.below(64))};
            c.insert(at, piece);
            break;
        }
        case 6: {  // a piece of another
            std::size_t const from = random.below(other.size() + 1);
            c.insert(at, other.substr(from, random.below(64)));
            break;
        }
        case 7:  // the tail of another
            c.erase(at, c.size());
            c.insert(at, other.substr(std::min(at, other.size())));
            break;
        default:  // more of the same
            c.insert(at, std::string(random.below(40), chosen));
    }
}

/// Changes a text in one to four places.
inline void change_some(clay& c, numbers& random, std::string_view other,
                        std::string_view telling = telling_in_tokens) {
    for (std::size_t left = 1 + random.below(4); left > 0; --left) {
        change(c, random, other, telling);
    }
}

/// Makes mutants of the seeds.
class mutator {
    std::vector<token_seed> seeds_;
    numbers random_;
    clay part_;
    clay text_;

    token_seed const& any() { return seeds_[random_.below(seeds_.size())]; }

    void write(std::string_view header, std::string_view payload, std::string_view signature) {
        text_.assign({});
        text_.append_encoded(header);
        text_.insert(text_.size(), ".");
        text_.append_encoded(payload);
        text_.insert(text_.size(), ".");
        text_.insert(text_.size(), signature);
    }

  public:
    mutator(std::vector<token_seed> seeds, std::uint64_t number)
        : seeds_(std::move(seeds)), random_(number) {}

    /// The next mutant; it is valid until the next call.
    std::string_view next() {
        token_seed const& seed = any();
        token_seed const& other = any();
        switch (random_.below(5)) {
            case 0: {
                write(other.header, other.payload, other.signature);
                std::string const spliced{text_.view()};
                write(seed.header, seed.payload, seed.signature);
                change_some(text_, random_, spliced);
                break;
            }
            case 1:
                part_.assign(seed.header);
                change_some(part_, random_, other.header);
                write(part_.view(), seed.payload, seed.signature);
                break;
            case 2:  // parts of different tokens
                write(seed.header, other.payload, any().signature);
                break;
            default:
                part_.assign(seed.payload);
                change_some(part_, random_, other.payload);
                write(seed.header, part_.view(), seed.signature);
        }
        return text_.view();
    }
};

/// What came of many mutants.
struct mutant_tally {
    std::size_t mutants = 0;
    std::size_t accepted = 0;
    std::array<std::size_t, 12> refused{};  // by stage
    std::size_t implausible = 0;            // an answer that cannot be right
    std::size_t allocations = 0;
    std::size_t kept = 0;          // calls after which the heap was not as before
    std::ptrdiff_t most_held = 0;  // octets of the heap during one call
    std::ptrdiff_t beyond = 0;     // the same, less two for each octet of the text
    std::string first_implausible{};

    std::size_t refused_at(stage s) const { return refused[static_cast<std::size_t>(s)]; }
};

/// Gives mutants to `receive`, which answers with the error, or with none where it accepts, and
/// asks `plausible` about each error: plausible(error, text). Whatever receives tokens or messages
/// can be driven like this: a profile, a role.
template <class Mutants, class Receive, class Plausible>
mutant_tally receive_mutants(Mutants& mutants, std::size_t count, Receive receive,
                             Plausible plausible) {
    mutant_tally t;
    for (; t.mutants < count; ++t.mutants) {
        std::string_view const mutant = mutants.next();
        // A block of exactly this size, so that a sanitizer sees a read past the end.
        std::unique_ptr<char, void (*)(void*)> const block(
            static_cast<char*>(std::malloc(std::max<std::size_t>(mutant.size(), 1))), std::free);
        std::memcpy(block.get(), mutant.data(), mutant.size());
        std::string_view const text{block.get(), mutant.size()};

        std::size_t const before = heap_used().allocations;
        std::ptrdiff_t const held = heap_held();
        (void)heap_peak();
        error const e = receive(text);
        std::ptrdiff_t const most = heap_peak() - held;
        t.allocations += heap_used().allocations - before;
        t.kept += heap_held() != held ? 1U : 0U;
        t.most_held = std::max(t.most_held, most);
        t.beyond = std::max(t.beyond, most - 2 * static_cast<std::ptrdiff_t>(text.size()));
        if (e.code == errc::none) {
            ++t.accepted;
        } else {
            ++t.refused[static_cast<std::size_t>(stage_of(e))];
        }
        if (!plausible(e, text)) {
            if (t.implausible++ == 0) {
                t.first_implausible = text;
            }
        }
    }
    return t;
}

}  // namespace mcx::test

#endif
