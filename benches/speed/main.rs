//! How long the parts of a build take, each on its own: `cargo bench`, or `cargo bench -- WORD` for those with a word in
//! their names. They use the library as the program does, with its allocator.
//!
//! Times of one run on one machine can be compared with each other, and with nothing else. Whole builds, and other
//! generators beside them, are what `scripts/bench` measures.

mod corpus;
mod covered;
mod pages;
mod reading;
mod reuse;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
    corpus::clear();
}
