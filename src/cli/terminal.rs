//! The two streams: results to standard output, words to standard error.
//!
//! A reader that goes away (`dateline … | head`) is no failure, and nothing here panics on one.

use super::args::{Global, MessageFormat};
use std::io::{self, IsTerminal, Write};

/// Writes a result to standard output.
///
/// # Errors
/// The stream cannot take it, for another reason than that its reader went away.
pub(super) fn out(text: &str) -> io::Result<()> {
    let mut stream = io::stdout().lock();
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes to standard error, where a failure has no one to be told to.
pub(super) fn err(text: &str) {
    let mut stream = anstream::stderr().lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// Says something to a person, unless silence or JSON was asked for.
pub(super) fn say(global: &Global, text: &str) {
    if !global.quiet && global.message_format != MessageFormat::Json {
        err(text);
    }
}

/// Ends a command whose result went to standard output.
pub(super) fn status(written: io::Result<()>) -> u8 {
    match written {
        Ok(()) => 0,
        Err(error) => {
            err(&format!("error: cannot write to standard output: {error}\n"));
            1
        }
    }
}

/// Whether a person watches standard error, on a terminal that can redraw a line.
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Whether there is a person to answer questions.
pub(super) fn is_answered() -> bool {
    io::stdin().is_terminal()
}

/// Whether standard error shows colours. `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` are heeded, as they are in
/// the help.
pub(super) fn has_color() -> bool {
    anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
}

/// The columns of the terminal that standard error is, if it is one.
pub(super) fn width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0).max(40))
}
