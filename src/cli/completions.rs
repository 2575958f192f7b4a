//! `dateline completions`: a script that teaches a shell the commands and options.

use super::args::{Cli, CompletionsArgs};
use super::terminal;
use clap::CommandFactory;

/// Prints the script. It is made in memory first: clap_complete panics where it cannot write.
pub(super) fn run(args: &CompletionsArgs) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "dateline", &mut script);
    terminal::status(terminal::out(&String::from_utf8_lossy(&script)))
}
