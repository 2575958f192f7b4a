//! Exit code only.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(dateline::cli::run(std::env::args_os()))
}
