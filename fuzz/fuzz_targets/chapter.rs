//! `cargo +nightly fuzz run chapter` (<https://rust-fuzz.github.io/book/>).

#![no_main]

#[path = "../property.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|text: &str| property::holds(text));
