#!/usr/bin/env bash
# Puts Dateline on the PATH of a GitHub workflow: the release for the runner, if its digest is right, or else the source
# beside this script, compiled.
#
# Compiled is what no release has: a version that was not released, a platform there is no program for, an action that
# was not taken from a repository by its name. A program whose digest is wrong is an error and never passed over, and so is
# a server that gives no answer: nobody should build with something else than they think without being told why.
#
# It runs with the bash of macOS (3.2) and of Git for Windows too.
set -euo pipefail

: "${GITHUB_ACTION_PATH:?}" "${GITHUB_OUTPUT:?}" "${GITHUB_PATH:?}" "${RUNNER_TEMP:?}" "${RUNNER_OS:?}" "${RUNNER_ARCH:?}"
server=${GITHUB_SERVER_URL:-https://github.com}
# Of the action, as USER/REPO; empty where it is a folder of the workflow's own.
repository=${DATELINE_REPOSITORY:-}
wanted=${DATELINE_VERSION:-}
attempts=4
# A server that begins with TLS may not lead away from it.
case "$server" in
    https://*) protocols='=https' ;;
    *) protocols='=http,https' ;;
esac
# Seconds before the second attempt; twice that before the third, and so on.
pause=${DATELINE_RETRY_PAUSE:-2}

main() {
    local own version
    own=$(sed -n 's/^version = "\([^"]*\)".*/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)
    [ -n "$own" ] || fail "there is no Cargo.toml with a version at $GITHUB_ACTION_PATH"
    if [ -z "$wanted" ] && [ -z "$repository" ]; then
        compile "The action is a folder of this workflow's own"
        return
    fi
    repository=${repository:-${GITHUB_REPOSITORY:-}}
    case "$wanted" in
        "") version=$own ;;
        latest) version=$(latest) ;;
        *) version=${wanted#v} ;;
    esac
    if [ -z "$version" ]; then
        compile "$repository has no release"
    elif ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]]; then
        fail "'$version' is no version of Dateline: write one such as $own, or latest"
    else
        install_release "$version"
    fi
}

# The version of the newest release; nothing where there is none. The page of the newest release leads to its own, which
# needs no token and counts against no limit.
latest() {
    local page=$work/latest status=0
    fetch "$server/$repository/releases/latest" "$page" || status=$?
    case $status in
        0) sed -n 's|^.*/releases/tag/v\([0-9][0-9.]*\)$|\1|p' "$page.address" ;;
        4) ;;
        *) return 1 ;;
    esac
}

# install_release VERSION
install_release() {
    local version=$1 name archive release status=0
    release=$server/$repository/releases/download/v$version
    fetch "$release/SHA256SUMS" "$work/SHA256SUMS" || status=$?
    case $status in
        0) ;;
        4) compile_instead "$version" "$repository has no release v$version"; return ;;
        *) return 1 ;;
    esac
    if ! name=$(archive_name "$version") || ! grep -q " [ *]$name\$" "$work/SHA256SUMS"; then
        compile_instead "$version" "Release v$version has no program for $RUNNER_OS on $RUNNER_ARCH"
        return
    fi
    archive=$work/$name
    fetch "$release/$name" "$archive" || status=$?
    case $status in
        0) ;;
        4) compile_instead "$version" "Release v$version has lost its $name"; return ;;
        *) return 1 ;;
    esac
    verify "$archive" "$name"
    unpack "$archive"
    use "$version"
}

# The file of a release for this runner.
archive_name() {
    case "$RUNNER_OS-$RUNNER_ARCH" in
        Linux-X64) echo "dateline-v$1-x86_64-unknown-linux-musl.tar.gz" ;;
        Linux-ARM64) echo "dateline-v$1-aarch64-unknown-linux-musl.tar.gz" ;;
        macOS-X64) echo "dateline-v$1-x86_64-apple-darwin.tar.gz" ;;
        macOS-ARM64) echo "dateline-v$1-aarch64-apple-darwin.tar.gz" ;;
        Windows-X64) echo "dateline-v$1-x86_64-pc-windows-msvc.zip" ;;
        *) return 1 ;;
    esac
}

# verify FILE NAME: ends the run unless the digest of FILE is the one that SHA256SUMS gives NAME.
verify() {
    local expected actual
    expected=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$2\$/\1/p" "$work/SHA256SUMS")
    # On Windows, \r would stand behind what a program for Windows printed.
    actual=$(digest "$1" | tr -d '\r')
    if [ -z "$expected" ] || [ "$expected" != "$actual" ]; then
        fail "the SHA-256 of $2 is $actual, where SHA256SUMS of the release says ${expected:-nothing that can be read}. It is not used."
    fi
}

digest() {
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum <"$1" | cut -d ' ' -f 1
    else
        shasum -a 256 <"$1" | cut -d ' ' -f 1
    fi
}

# unpack FILE: takes the program, and nothing else, out of the archive.
unpack() {
    local folder
    folder=$(basename "$1")
    # In the folder, as tar takes what stands before a colon, such as a drive, for a machine's name.
    cd "$work"
    case "$folder" in
        *.zip) unzip -q -j "$folder" "${folder%.zip}/dateline.exe" -d bin ;;
        *) tar -xzf "$folder" "${folder%.tar.gz}/dateline" && mkdir -p bin && mv "${folder%.tar.gz}/dateline" bin/ ;;
    esac || fail "$folder cannot be unpacked"
    cd - >/dev/null
}

# compile_instead VERSION WHY: only what was asked for may stand in for it.
compile_instead() {
    if [ -n "$wanted" ] && [ "$1" != "$own" ]; then
        fail "$2. Ask for another version, or for none: then it is compiled if need be."
    fi
    compile "$2"
}

# compile WHY
compile() {
    say notice "$1, so Dateline is compiled, which takes some minutes."
    command -v cargo >/dev/null 2>&1 || fail "there is no cargo to compile Dateline with: install Rust in a step before this one"
    # From the source beside this script, never by its name from a registry, where the name may be somebody else's. With the
    # features that releases have.
    cargo install --locked --path "$GITHUB_ACTION_PATH" --features cards --root "$work" || fail "Dateline could not be compiled"
    use "$own"
}

# use VERSION: hands the program over to the steps that follow, if it is that version.
use() {
    local program=$work/bin/dateline said
    [ -f "$program" ] || program=$program.exe
    said=$("$program" --version | tr -d '\r') || fail "the program does not run on this machine"
    [ "$said" = "dateline $1" ] || fail "the program should be dateline $1, and says that it is $said"
    echo "$work/bin" >>"$GITHUB_PATH"
    echo "version=$1" >>"$GITHUB_OUTPUT"
    echo "Dateline $1 is ready."
}

# fetch ADDRESS FILE: 0 where FILE is what the address has, 4 where there is nothing; else it has said so and gives 1. Where
# it was led to stands in FILE.address.
fetch() {
    local address=$1 file=$2 attempt answer status problem
    for ((attempt = 1; attempt <= attempts; attempt++)); do
        if ((attempt > 1)); then sleep "$((pause * (attempt - 1)))"; fi
        status=0
        answer=$(curl --silent --show-error --location --max-redirs 5 --proto "$protocols" \
            --proto-redir "$protocols" --connect-timeout 15 --max-time 300 \
            --output "$file" --write-out '%{http_code} %{url_effective}' "$address") || status=$?
        if [ $status = 0 ]; then
            printf '%s\n' "${answer#* }" >"$file.address"
            case "${answer%% *}" in
                200) return 0 ;;
                404 | 410) return 4 ;;
            esac
            problem="the answer was ${answer%% *}"
        else
            problem="curl failed with status $status"
        fi
        echo "$address: $problem (attempt $attempt of $attempts)" >&2
    done
    say error "$address could not be fetched: $problem. Run the job again later." >&2
    return 1
}

fail() {
    say error "$1" >&2
    exit 1
}

# say LEVEL TEXT: an annotation. What is not ours may stand in the text, and must not begin a command of its own.
say() {
    local text=${2//%/%25}
    text=${text//$'\r'/%0D}
    echo "::$1 title=Dateline::${text//$'\n'/%0A}"
}

work=$(TMPDIR=$RUNNER_TEMP mktemp -d)
main
