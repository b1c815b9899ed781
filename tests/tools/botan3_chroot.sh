#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Builds and runs the tests with Botan 3, in a folder with Debian 13, which it makes if need be.
# As root: tests/tools/botan3_chroot.sh <folder> [ctest option...]. From the environment: MIRROR
# names a mirror, TARGETS what to build of it all, MCX_VECTORS a folder of vectors, which is copied.
set -euo pipefail
folder=${1:?usage: botan3_chroot.sh <folder> [ctest option...]}
shift
project=$(realpath "$(dirname "$0")/../..")
packages=g++,cmake,ninja-build,pkg-config,python3,libbotan-3-dev,libsodium-dev,libxml2-dev
packages+=,doctest-dev

if [[ ! -e $folder/usr/include/botan-3 || ! -e $folder/usr/include/libxml2 ]]; then
    debootstrap --variant=minbase --include="$packages" trixie "$folder" \
        ${MIRROR:+"$MIRROR"}
fi

# The tree as git knows it, without the builds.
rm -rf "$folder/mcx" "$folder/vectors"
mkdir -p "$folder/mcx"
git -C "$project" ls-files -z --cached --others --exclude-standard |
    (cd "$project" && xargs -0 sh -c 'for f; do [ -e "$f" ] && printf "%s\0" "$f"; done' _) |
    tar -C "$project" --null -T - -cf - | tar -C "$folder/mcx" -xf -
vectors=
if [[ -n ${MCX_VECTORS:-} ]]; then
    cp -a "$MCX_VECTORS" "$folder/vectors"
    vectors=/vectors
fi

# Everything is asked for by ON: what is not there is an error, not a test fewer.
chroot "$folder" env LC_ALL=C.UTF-8 TMPDIR=/tmp TARGETS="${TARGETS:-all}" \
    ${vectors:+MCX_VECTORS="$vectors"} sh -ec '
    cd /mcx
    pkg-config --modversion botan-3
    cmake -G Ninja -B /mcx-build -D CMAKE_BUILD_TYPE=Debug -D CMAKE_CXX_SCAN_FOR_MODULES=OFF \
        -D MCX_BOTAN=ON -D MCX_SODIUM=ON -D MCX_XML=ON \
        -D MCX_BUILD_EXAMPLES=OFF -D MCX_BUILD_BENCHMARKS=OFF
    cmake --build /mcx-build --target $TARGETS
    ctest --test-dir /mcx-build --output-on-failure -LE "install|tools" "$@"' sh "$@"
