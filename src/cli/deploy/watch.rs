//! A deployment that is stopped takes its temporary folder along.

use crate::preview;
use std::fs;
use std::path::Path;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How often a folder is removed into which someone still writes.
const ATTEMPTS: usize = 20;
const PAUSE: Duration = Duration::from_millis(20);

/// Waits for Ctrl-C and the like, in a thread of its own.
pub(super) struct Watch {
    is_stopped: Arc<AtomicBool>,
}

impl Watch {
    /// Begins; when the program is told to end, `folder` goes and the program with it.
    pub(super) fn begin(folder: &Path) -> Self {
        let is_stopped = Arc::new(AtomicBool::new(false));
        let (mark, folder) = (is_stopped.clone(), folder.to_owned());
        thread::spawn(move || {
            // Where the system tells nobody, it ends the program, and the next deployment finds the folder.
            let Ok(status) = preview::wait_for_the_end() else { return };
            mark.store(true, Ordering::SeqCst);
            for _ in 0..ATTEMPTS {
                let _ = fs::remove_dir_all(&folder);
                if !folder.exists() {
                    break;
                }
                thread::sleep(PAUSE);
            }
            process::exit(status);
        });
        Self { is_stopped }
    }

    /// Waits for the end if it is near: what goes wrong then is of no interest.
    pub(super) fn hold(&self) {
        while self.is_stopped.load(Ordering::SeqCst) {
            thread::park();
        }
    }
}
