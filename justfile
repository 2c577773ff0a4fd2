# The same commands with shorter names; `just` is not needed for anything.

# What there is.
default:
    @just --list

# Everything CI runs.
check *without:
    cargo xtask test {{ without }}

# The house with the Stockholm case in it, on loopback.
demo *arguments:
    cargo run --release -- demo {{ arguments }}

# The tree's own rules.
tidy:
    cargo xtask tidy

# What this machine has of what the tests use.
doctor:
    cargo xtask doctor

# The browser journeys against what is already built.
journeys *arguments:
    cd e2e && node run.mjs --binary ../target/debug/kvarter {{ arguments }}

# Measure beside the peers: documents, pages or startup.
bench name:
    cargo xtask bench {{ name }}

# Take new outputs as the expected ones, then read the difference.
bless:
    UPDATE_EXPECT=1 cargo test --workspace
    git diff
