//! The command line: what can be asked of Dateline, and how it answers.
//!
//! This is the top layer: it imports every other, none imports it. A command is one file here with a function
//! `run` that gives an exit status: 0 done, 1 the site has errors, 2 wrong usage. Results (a path, a script,
//! diagnostics as JSON) go to standard output, all that is said to a person to standard error.

mod add;
mod args;
mod article_file;
mod build;
mod check;
mod clock;
mod completions;
mod deploy;
mod dns;
mod draw;
mod editor;
mod explain;
mod import;
mod lines;
mod making;
mod new;
mod progress;
mod report;
mod request;
mod serve;
mod terminal;
mod timings;
mod values;

pub use self::args::{
    AddArgs, BuildArgs, CheckArgs, Cli, Command, CompletionsArgs, DeployArgs, Global, ImportArgs,
    MessageFormat, NewArgs, ServeArgs, SiteArgs,
};
pub use self::new::Action;

use clap::Parser;
use std::ffi::OsString;

/// Runs the command that the arguments name (the first of them is the program) and gives the exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let Cli { global, command } = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        // Help and wrong usage both come this way. Where they cannot be printed there is no one to tell.
        Err(answer) => {
            let _ = answer.print();
            return u8::try_from(answer.exit_code()).unwrap_or(2);
        }
    };
    match command {
        Command::New(args) => new::run(&global, &args),
        Command::Add(args) => add::run(&global, &args),
        Command::Import(args) => import::run(&global, &args),
        Command::Serve(args) => serve::run(&global, args),
        Command::Build(args) => build::run(&global, &args),
        Command::Deploy(args) => deploy::run(&global, &args),
        Command::Check(args) => check::run(&global, &args),
        Command::Completions(args) => completions::run(&args),
    }
}
