# Finds or installs what the scripts beside this folder need. To be sourced, at the top of the repository.

step() { printf '\n== %s\n' "$*"; }

# need COMMAND PACKAGE [NAME]: NAME is what people call it, PACKAGE what Debian does, if it has it.
need() {
    command -v "$1" >/dev/null 2>&1 || install_package "$2" "${3:-the package $2}"
    command -v "$1" >/dev/null 2>&1 || lacks "${3:-the package $2}"
}

lacks() {
    echo "scripts/$(basename "$0") needs $1, which is not there and could not be installed" >&2
    exit 1
}

# Only root can install packages, or who may act as root without a password. Anyone else is told which.
install_package() {
    local package=$1 name=$2 as_root=()
    [ -n "$package" ] && command -v apt-get >/dev/null 2>&1 || lacks "$name"
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || lacks "$name"
        as_root=(sudo -n)
    fi
    step "installing $package"
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" ||
        lacks "$name"
}

# What tests/web needs.
need_pages() {
    # The names tests/web/browser.mjs looks for. Debian's package is called as its command.
    if [ -z "${CHROMIUM_BIN:-}" ] && ! any_of chromium chromium-browser google-chrome-stable google-chrome; then
        need chromium chromium
    fi
    # The fonts decide how wide words are, and whether there are letters for Arabic and Urdu at all.
    if ! compgen -G "/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.*" >/dev/null; then
        install_package fonts-noto-core "the fonts of the package fonts-noto-core"
    fi
    need java default-jre-headless "Java 17 or newer (the package default-jre-headless)"
    need_node
    install_packages_of tests/web
}

# What tests/workflows needs.
need_workflows() {
    need curl curl
    need zip zip
    need unzip unzip
    need_node
    install_packages_of tests/workflows
}

need_node() {
    need node nodejs "Node 20 or newer"
    need npm npm
    [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || lacks "Node 20 or newer (this is $(node --version))"
}

# `npm ci` deletes and installs all, so it runs only when the lock file changed.
install_packages_of() {
    local lock=$1/package-lock.json installed=$1/node_modules/.installed-lock.json
    if ! cmp -s "$lock" "$installed"; then
        step "installing the packages of $1"
        npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund
        cp "$lock" "$installed"
    fi
}

any_of() {
    local command
    for command in "$@"; do
        command -v "$command" >/dev/null 2>&1 && return
    done
    return 1
}
