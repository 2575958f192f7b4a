//! Exit code only.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A build is many small strings and maps on several threads. Measured on 10,000 articles, 13,290 pages and two
/// cores: 1.29 s with the system's allocator, 1.11 s with this one (medians of four, in turn, on a memory disk).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(dateline::cli::run(std::env::args_os()))
}
