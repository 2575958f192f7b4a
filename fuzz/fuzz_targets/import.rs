//! See `bodies::import`.
#![no_main]

#[path = "../../tests/fuzz/bodies.rs"]
#[expect(dead_code, reason = "each target has one of the bodies")]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::import(bytes));
