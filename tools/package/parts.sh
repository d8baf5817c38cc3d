#!/bin/sh
# Makes what a package has beside the binary, by the binary itself: man pages and completions, in target/package.
#
#   tools/package/parts.sh [target/release/griot]
set -eu
griot=${1:-target/release/griot}
to=target/package
rm -rf "$to"
mkdir -p "$to/man"
LC_ALL=C "$griot" man "$to/man"
"$griot" completions bash > "$to/griot.bash"
"$griot" completions zsh > "$to/_griot"
"$griot" completions fish > "$to/griot.fish"
ls "$to/man" | wc -l
