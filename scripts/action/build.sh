#!/usr/bin/env bash
# Builds the site for the action, with the dateline that install.sh put on the PATH, and says where the website is.
set -euo pipefail

: "${GITHUB_OUTPUT:?}"
root=${DATELINE_ROOT:-.}
case "$root" in
    .) output=public ;;
    *) output=$root/public ;;
esac
arguments=(build "--root=$root" "--output=$output")

if [ -n "${DATELINE_BASE_URL:-}" ]; then
    arguments+=("--base-url=$DATELINE_BASE_URL")
fi
case "${DATELINE_STRICT:-false}" in
    true) arguments+=(--strict) ;;
    false) ;;
    *)
        echo "::error title=Dateline::the input strict is neither true nor false" >&2
        exit 1
        ;;
esac
case "$root" in
    *$'\n'* | *$'\r'*)
        echo "::error title=Dateline::the input root has more than one line" >&2
        exit 1
        ;;
esac

dateline "${arguments[@]}"
echo "path=$output" >>"$GITHUB_OUTPUT"
