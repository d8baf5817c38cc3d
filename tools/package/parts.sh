#!/bin/sh
# Makes what a package has beside the binary, in target/package: by the binary itself man pages and completions; and the
# changelog of the package, which names who publishes it.
#
#   DEBFULLNAME='NAME' DEBEMAIL='ADDRESS' tools/package/parts.sh [target/release/griot]
set -eu
griot=${1:-target/release/griot}
to=target/package
rm -rf "$to"
mkdir -p "$to/man"
LC_ALL=C "$griot" man "$to/man"
"$griot" completions bash > "$to/griot.bash"
"$griot" completions zsh > "$to/_griot"
"$griot" completions fish > "$to/griot.fish"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
{
    printf 'griot (%s-1) unstable; urgency=medium\n\n' "$version"
    printf '  * See changelog.gz, the changelog of griot itself.\n\n'
    printf ' -- %s <%s>  %s\n' "${DEBFULLNAME:-The griot developers}" "${DEBEMAIL:-griot@localhost}" \
        "$(LC_ALL=C date -u -R -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}")"
} > "$to/changelog"
ls "$to/man" | wc -l
