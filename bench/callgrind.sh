#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Counts the instructions that a token takes without cryptography: the same number on any day,
# whatever else the machine does, so the figure by which a change is judged. Needs valgrind.
#
#     bench/callgrind.sh [option of callgrind_annotate...]
#
# With options it also shows where the instructions go: bench/callgrind.sh --inclusive=yes
set -eu
cd "$(dirname "$0")/.."
folder=build/callgrind
tokens=100
mkdir -p "$folder"
"${CXX:-g++}" -std=c++20 -O2 -g -DNDEBUG -Iinclude -Ibench -Itests bench/callgrind.cpp \
    -o "$folder/parse_only"

# count <name> [argument]: instructions a token.
count() {
    valgrind --quiet --tool=callgrind --callgrind-out-file="$folder/$1.out" \
        '--toggle-collect=*one_token*' "$folder/parse_only" "$tokens" ${2:-} 2>"$folder/$1.log"
    total=$(sed -n 's/^\(totals\|summary\): //p' "$folder/$1.out" | tail -n 1)
    echo "$1: $((total / tokens)) instructions a token"
}

count parse_only
count parse_only_of_several_issuers several
[ $# -eq 0 ] || callgrind_annotate "$@" "$folder/parse_only.out"
