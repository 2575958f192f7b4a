//! See `bodies::front_matter`.
#![no_main]

#[path = "../../tests/fuzz/bodies.rs"]
#[expect(dead_code, reason = "each target has one of the bodies")]
mod bodies;

libfuzzer_sys::fuzz_target!(|text: &str| bodies::front_matter(text));
