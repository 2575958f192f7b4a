//! When the program is told to end.

use std::io;
use tokio::runtime::Builder;

/// By Ctrl-C, by what runs this program, or by the end of its terminal.
#[cfg(unix)]
pub(super) async fn told_to_end() -> io::Result<()> {
    use tokio::signal::unix::SignalKind;
    first_of(&[SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()]).await.map(drop)
}

#[cfg(not(unix))]
pub(super) async fn told_to_end() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// Waits for Ctrl-C, or for what runs this program to end it, and gives the exit status that stands for that. The end of a
/// terminal is not waited for: `nohup` lets a program outlive it.
///
/// # Errors
/// The system tells nobody.
pub fn wait_for_the_end() -> io::Result<i32> {
    Builder::new_current_thread().enable_all().build()?.block_on(interrupted())
}

/// Shells take a program that a signal ended for one with this status.
#[cfg(unix)]
async fn interrupted() -> io::Result<i32> {
    use tokio::signal::unix::SignalKind;
    let signal = first_of(&[SignalKind::interrupt(), SignalKind::terminate()]).await?;
    Ok(128 + signal.as_raw_value())
}

#[cfg(not(unix))]
async fn interrupted() -> io::Result<i32> {
    tokio::signal::ctrl_c().await.map(|()| 130)
}

#[cfg(unix)]
async fn first_of(kinds: &[tokio::signal::unix::SignalKind]) -> io::Result<tokio::signal::unix::SignalKind> {
    use futures_util::future::{self, FutureExt};
    let mut signals =
        kinds.iter().copied().map(tokio::signal::unix::signal).collect::<io::Result<Vec<_>>>()?;
    let (_, which, _) = future::select_all(signals.iter_mut().map(|signal| signal.recv().boxed())).await;
    Ok(kinds[which])
}
