# What Scripts/demo and Scripts/test share; sourced, not run. Nothing here changes what is already in place.
#
# Sets `root`, the repository's folder, and goes there. Speaks Swedish or English by the locale, as csnfil does.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd -- "$root" || exit 2

# say SWEDISH ENGLISH
say() {
    case "${LC_ALL:-${LC_MESSAGES:-${LANG:-sv}}}" in
        sv*) printf '%s\n' "$1" ;;
        *) printf '%s\n' "$2" ;;
    esac
}

# require_swift: the toolchain is the one thing that no script here installs.
require_swift() {
    if ! command -v swift >/dev/null; then
        say "Swift saknas. Installera Swift 6.3 eller senare från https://www.swift.org/install/linux/ och kör igen." \
            "Swift is missing. Install Swift 6.3 or later from https://www.swift.org/install/linux/ and run again." >&2
        exit 2
    fi
}

# require_packages NAME=MARK…: installs the Debian packages whose mark is missing: a file's absolute path, or a command.
require_packages() {
    local missing=() name mark
    for one in "$@"; do
        name=${one%%=*}
        mark=${one#*=}
        case "$mark" in
            /*) [ -e "$mark" ] || missing+=("$name") ;;
            *) command -v "$mark" >/dev/null || missing+=("$name") ;;
        esac
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
    if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
        say "Systempaket saknas. Kör detta som administratör och sedan skriptet igen:" \
            "System packages are missing. Run this as an administrator, then the script again:" >&2
        printf '  apt-get install -y %s\n' "${missing[*]}" >&2
        exit 2
    fi
    say "Installerar ${missing[*]} …" "Installing ${missing[*]} …"
    # A list that cannot be fetched is no reason to stop: the packages may be known from before.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq || true
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
        say "Det gick inte att installera ${missing[*]}. Se felet ovan." \
            "${missing[*]} could not be installed. See the error above." >&2
        exit 2
    fi
}

# What building csnfil needs beside Swift.
require_build_packages() {
    require_packages \
        libxml2-dev=/usr/include/libxml2/libxml/parser.h \
        libsqlite3-dev=/usr/include/sqlite3.h
}
