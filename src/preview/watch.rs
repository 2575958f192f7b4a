//! Watching a site's folder: what the system says has changed becomes one burst of changes.
//!
//! Watched are the root itself, not what lies below it, and the folders that a site is made from. So the output, the
//! cache, `.git` and the like cost nothing and are never seen. Where the system cannot watch, or has no watches left,
//! the folder is looked at again and again instead; so are links, since nobody tells of what happens where they lead.

use super::changes::{Changes, Look};
use super::clock::Clock;
use crate::source::INPUTS;
use chrono::{DateTime, FixedOffset};
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeSet, HashSet};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// A burst of changes has ended when nothing came for this long: editors write a file in several steps, which follow each
/// other within a millisecond or two. Where one takes longer, there is an edition more.
const QUIET: Duration = Duration::from_millis(10);
/// However long a burst goes on, this is when it is looked at.
const LONGEST: Duration = Duration::from_millis(200);
/// How often the clock is asked whether a moment has come. A timer alone would be late by the time a machine slept.
const TICK: Duration = Duration::from_secs(1);
/// How often the folder is looked at where it cannot be watched; a large one less often, see [`Watch::looked`].
const POLL: Duration = Duration::from_millis(400);

/// After so long without a change it is looked at less often still.
const LONG: Duration = Duration::from_secs(120);

/// What ended the waiting.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// Something changed.
    By(Changes),
    /// The moment has come that was waited for.
    ByTime,
    /// What could not be read may be read by now.
    ToRetry,
}

/// A folder that is being watched.
pub(super) struct Watch {
    root: PathBuf,
    inbox: Receiver<notify::Result<Event>>,
    /// Held so that the inbox stays open where there is no watcher.
    outbox: Sender<notify::Result<Event>>,
    /// `None` where the folder is looked at again and again instead.
    watcher: Option<RecommendedWatcher>,
    /// Whether that is only until the folder is there again.
    is_away: bool,
    /// Whether there are links, which are looked at again and again in any case.
    links: bool,
    /// When to try again, where something could not be read.
    retry: Option<Instant>,
    /// When to look again at what nobody tells of. It is kept from one waiting to the next, so that whatever else ends
    /// them, and however often, it comes.
    next_look: Instant,
    /// When something changed last.
    stirred_at: Instant,
    /// Told at the first sign of a change, before it is known what came of it.
    stirred: Box<dyn Fn() + Send>,
    /// Told why the folder can no longer be watched.
    polls: Box<dyn Fn(&str) + Send>,
}

impl Watch {
    /// Begins to watch the folder `root`, whose path is whole and without links. Whoever reads the folder after that
    /// misses nothing.
    ///
    /// `stirred` is called at the first sign of a change, `polls` where the system cannot watch, with the reason.
    pub(super) fn start(
        root: PathBuf,
        poll: bool,
        stirred: impl Fn() + Send + 'static,
        polls: impl Fn(&str) + Send + 'static,
    ) -> Self {
        let (outbox, inbox) = mpsc::channel();
        let (stirred, polls) = (Box::new(stirred), Box::new(polls));
        let mut watch = Self {
            root,
            inbox,
            outbox,
            watcher: None,
            is_away: false,
            links: false,
            retry: None,
            next_look: Instant::now() + POLL,
            stirred_at: Instant::now(),
            stirred,
            polls,
        };
        if !poll {
            match watch.begin() {
                Ok(watcher) => watch.watcher = Some(watcher),
                Err(error) => watch.give_up(&error),
            }
        }
        watch
    }

    /// Waits until something has changed and no more seems to follow, or until a moment has come.
    ///
    /// A look that is due comes before another try: it moves on to its own next time, and a try that is always due would
    /// leave it no turn.
    pub(super) fn wait(&mut self, until: Option<DateTime<FixedOffset>>, clock: &Clock) -> Woken {
        let mut burst = Burst::default();
        loop {
            let look = (self.look() != Look::Nowhere).then_some(self.next_look);
            let tick = until.map(|_| Instant::now() + TICK);
            let next = [look, self.retry, tick].into_iter().flatten().min();
            let pause = next.map_or(Duration::MAX, |at| at.saturating_duration_since(Instant::now()));
            if let Ok(message) = self.inbox.recv_timeout(pause)
                && self.take(message, &mut burst)
            {
                (self.stirred)();
                self.settle(&mut burst);
                return Woken::By(burst.changes);
            }
            let is_due = |at: Option<Instant>| at.is_some_and(|at| at <= Instant::now());
            if until.is_some_and(|moment| clock.has_reached(moment)) {
                return Woken::ByTime;
            }
            if is_due(look) {
                let look = self.look();
                self.come_back();
                return Woken::By(Changes { look, ..Changes::default() });
            }
            if is_due(self.retry) {
                return Woken::ToRetry;
            }
        }
    }

    /// What changes within a moment, and what follows it; nothing where all is quiet.
    pub(super) fn more(&mut self, moment: Duration) -> Changes {
        let mut burst = Burst::default();
        match self.inbox.recv_timeout(moment) {
            Ok(message) => {
                self.take(message, &mut burst);
                self.settle(&mut burst);
            }
            Err(_) => burst.changes.look = self.look(),
        }
        burst.changes
    }

    /// Says whether there are links among the site's files, and where something could not be read for a reason that may
    /// pass by itself, how long it took to find that out: so trying again takes no more than a tenth of the time.
    pub(super) fn expect(&mut self, links: bool, unread: Option<Duration>) {
        self.links = links;
        self.retry = unread.map(|took| Instant::now() + TICK.max(took * 10));
    }

    /// Says whether something was found to have changed and, where somebody looked for it, how long that took: so looking
    /// takes no more than a tenth of the time, and where nothing has changed for long, a fiftieth.
    pub(super) fn looked(&mut self, look: Look, took: Duration, found: bool) {
        if found {
            self.stirred_at = Instant::now();
        }
        // Of what was told nothing can be learned about looking, nor does it put that off.
        if look != Look::Nowhere {
            let share = if self.stirred_at.elapsed() < LONG { 10 } else { 50 };
            self.next_look = Instant::now() + POLL.max(took * share);
        }
    }

    /// Where to look for what nobody tells of.
    fn look(&self) -> Look {
        match &self.watcher {
            None => Look::Everywhere,
            Some(_) if self.links => Look::AtLinks,
            Some(_) => Look::Nowhere,
        }
    }

    fn begin(&self) -> notify::Result<RecommendedWatcher> {
        let outbox = self.outbox.clone();
        let mut watcher = notify::recommended_watcher(move |event| {
            // Whoever listened has gone: there is nobody left to tell.
            let _ = outbox.send(event);
        })?;
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in INPUTS.map(|folder| self.root.join(folder)) {
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(watcher)
    }

    /// Gathers what follows until it is quiet, and every file that was begun has been closed.
    fn settle(&mut self, burst: &mut Burst) {
        self.gather(burst);
        self.watch_anew(mem::take(&mut burst.appeared));
    }

    fn gather(&mut self, burst: &mut Burst) {
        let begun = Instant::now();
        while let Some(left) = LONGEST.checked_sub(begun.elapsed()) {
            let wait = if burst.open.is_empty() { QUIET.min(left) } else { left };
            match self.inbox.recv_timeout(wait) {
                Ok(message) => {
                    self.take(message, burst);
                }
                Err(RecvTimeoutError::Timeout) if burst.open.is_empty() => return,
                Err(_) => return,
            }
        }
    }

    /// Adds a message to a burst. Whether it was about something that a site is made from is the answer.
    fn take(&mut self, message: notify::Result<Event>, burst: &mut Burst) -> bool {
        match message {
            // What was not told may be that the folder went, or that others came into it.
            Ok(event) if self.watcher.is_some() && (event.need_rescan() || is_loss(&self.root, &event)) => {
                self.watcher = None;
                self.is_away = true;
                self.come_back();
                burst.changes.look = Look::Everywhere;
                true
            }
            Ok(event) => burst.take(&self.root, &event),
            Err(error) => {
                if self.watcher.is_some() {
                    self.give_up(&error);
                }
                burst.changes.look = Look::Everywhere;
                true
            }
        }
    }

    /// Watches folders that appeared. One of the site's own may be another than was watched under its name. One below is
    /// watched by notify itself, but on Linux it then lets go of a folder that was moved into one just made, at the word of
    /// where that came from.
    ///
    /// This comes before anybody reads what is in them, so that nothing is missed.
    fn watch_anew(&mut self, folders: BTreeSet<PathBuf>) {
        let Some(watcher) = &mut self.watcher else { return };
        let root = &self.root;
        let counts = |path: &&PathBuf| cfg!(target_os = "linux") || path.parent() == Some(root);
        for folder in folders.iter().filter(counts).filter(|path| path.is_dir()) {
            // It may be gone again.
            let _ = watcher.unwatch(folder);
            match watcher.watch(folder, RecursiveMode::Recursive) {
                Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return self.give_up(&error),
                _ => {}
            }
        }
    }

    /// Watches the site's folder again where it was away and is there again.
    fn come_back(&mut self) {
        if !self.is_away || !self.root.is_dir() {
            return;
        }
        self.is_away = false;
        match self.begin() {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => self.give_up(&error),
        }
    }

    /// Goes over to looking, for good.
    fn give_up(&mut self, error: &notify::Error) {
        self.watcher = None;
        (self.polls)(&reason(error));
    }
}

/// Changes as they come in.
#[derive(Debug, Default)]
struct Burst {
    changes: Changes,
    /// Files that are being written. Only Linux tells when one is closed; elsewhere there are none.
    open: HashSet<PathBuf>,
    /// What was made, or came by another name.
    appeared: BTreeSet<PathBuf>,
}

impl Burst {
    fn take(&mut self, root: &Path, event: &Event) -> bool {
        match event.kind {
            // A file that is closed has been written, though perhaps before anybody watched.
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
            EventKind::Access(_) => return false,
            EventKind::Modify(ModifyKind::Data(_)) => {
                let counts = self.add(root, event);
                if counts && cfg!(target_os = "linux") {
                    self.open.extend(event.paths.iter().cloned());
                }
                return counts;
            }
            _ => {}
        }
        for path in &event.paths {
            self.open.remove(path);
        }
        self.add(root, event)
    }

    fn add(&mut self, root: &Path, event: &Event) -> bool {
        let appears = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)));
        let mut any = false;
        for path in &event.paths {
            let counts = self.changes.add(root, path);
            if counts && appears {
                self.appeared.insert(path.clone());
            }
            any |= counts;
        }
        any
    }
}

/// Whether the site's folder itself was removed, or moved elsewhere.
fn is_loss(root: &Path, event: &Event) -> bool {
    let goes = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    goes && event.paths.iter().any(|path| path == root)
}

/// Why the system cannot watch, as the end of a sentence, and what to do about it.
fn reason(error: &notify::Error) -> String {
    let more = "raise fs.inotify.max_user_watches with sysctl to have it watched";
    match &error.kind {
        ErrorKind::MaxFilesWatch => format!("the system has no watches left; {more}"),
        // EMFILE: there are as many watchers as one user may have.
        ErrorKind::Io(cause) if cause.raw_os_error() == Some(24) && cfg!(target_os = "linux") => {
            "there are too many programs that watch; raise fs.inotify.max_user_instances with sysctl"
                .to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOCK: Clock = Clock::Running(|| DateTime::UNIX_EPOCH.into());
    const FAR: Duration = Duration::from_secs(600);

    fn polled(folder: &Path) -> Watch {
        Watch::start(folder.to_owned(), true, || {}, |_| {})
    }

    /// As it goes where a file cannot be read for long, and looking takes longer than trying again.
    #[test]
    fn to_try_again_and_again_does_not_keep_it_from_looking() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = polled(folder.path());
        watch.next_look = Instant::now() + 3 * TICK / 2;
        let mut woken = Vec::new();
        for _ in 0..2 {
            watch.expect(false, Some(Duration::ZERO));
            woken.push(watch.wait(None, &CLOCK));
        }
        let look = Changes { look: Look::Everywhere, ..Changes::default() };
        assert_eq!(woken, [Woken::ToRetry, Woken::By(look)]);
        watch.looked(Look::Everywhere, FAR, false);
        assert_eq!(watch.wait(None, &CLOCK), Woken::ToRetry);
    }

    #[test]
    fn a_moment_is_not_missed_by_who_looks_seldom() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = polled(folder.path());
        watch.looked(Look::Everywhere, FAR, true);
        let begun = Instant::now();
        assert_eq!(watch.wait(Some(DateTime::UNIX_EPOCH.into()), &CLOCK), Woken::ByTime);
        assert!(begun.elapsed() < 10 * TICK, "{:?}", begun.elapsed());
    }

    #[test]
    fn what_is_told_does_not_put_off_looking() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = polled(folder.path());
        let next = watch.next_look;
        watch.looked(Look::Nowhere, FAR, true);
        assert_eq!(watch.next_look, next);
    }
}
