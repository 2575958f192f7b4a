# The daily commands. `just` alone lists them.

_list:
    @just --list

# Build this repository's own site into public/.
build *arguments:
    cargo run --release -- build {{arguments}}

# Everything the tests need, then the tests.
test:
    scripts/test

# How long builds take; `just bench --crate` measures parts of them too.
bench *arguments:
    scripts/bench {{arguments}}

# Format, lint and test what changed, quickly.
check:
    cargo fmt
    cargo clippy --all-targets -- -D warnings
    cargo test --quiet

# Write expected test output anew; read the change before you commit it.
bless:
    BLESS=1 cargo test --quiet --test sites --test errors

# Licences, banned crates and where crates come from.
deny:
    cargo deny check bans licenses sources
