//! Exit code only.

use mimalloc::MiMalloc;
use signal_hook::low_level::exit;
use std::io::Write;

/// A build is many small strings and maps on several threads. Measured on 10,000 articles, 13,290 pages and two
/// cores: 1.29 s with the system's allocator, 1.11 s with this one (medians of four, in turn, on a memory disk).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ! {
    let status = dateline::cli::run(std::env::args_os());
    // At the usual end the allocator gives back what it holds piece by piece, which takes a fortieth of the time of a small build; the
    // system takes all of it back anyway. What this passes over, and is wanted, is done here.
    let _ = std::io::stdout().flush();
    exit(status.into())
}
