//! The news stand: the edition that is on show, and what visitors are given of it.
//!
//! An edition is put out whole, by one exchange of a pointer, so that nobody ever sees half of one. Where the newest
//! state of the site's files cannot be shown, its edition shows the last site that could, and the problems.

use super::changes::Changed;
use super::print::{Key, Outcome, Print};
use super::shelf::{Shelf, Shelved};
use super::traffic::Traffic;
use crate::diagnostic::{Diagnostic, any_error, gather};
use crate::output::{Page, address_of, published_file};
use crate::render::{Body, Renderer};
use crate::source::STATIC;
use axum::body::Bytes;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use tokio::sync::watch;

/// What is on show.
#[derive(Clone, Default)]
pub(super) struct Edition {
    /// Editions are counted from 1; 0 is the time before the first.
    pub number: u64,
    /// The site, and the number of the edition it first came in; `None` where there has been none without an error yet.
    pub print: Option<(u64, Arc<Print>)>,
    /// What was wrong, or odd, in the newest state of the files, before any page is rendered.
    pub problems: Arc<Vec<Diagnostic>>,
    /// The address from the host's root of the article that was just saved.
    pub follow: Option<String>,
}

/// The bytes of a page, ready to be sent.
pub(super) enum Copy {
    /// Made of these.
    Bytes(Bytes, Key),
    /// A file that is copied.
    File(std::path::PathBuf),
    /// There is none, for the page has an error; but this is what it was before.
    Old(Bytes, Key),
    /// There is none, and never was.
    None,
    /// What the page is made from changed after this edition came out.
    Outdated,
}

/// How many editions back it is known which files changed.
const LOG: usize = 200;
/// How many addresses are known that nothing is at any more.
const DEPARTED: usize = 1000;
/// How many pages are looked at before an edition comes out, because they changed or had problems.
const FIRST_LOOKS: usize = 24;

pub(super) struct Stand {
    /// Tells this run of the server from others.
    pub boot: String,
    pub traffic: Traffic,
    on_show: watch::Sender<Edition>,
    shelf: Mutex<Shelf>,
    /// The static files that changed, as addresses from the host's root, by edition.
    log: Mutex<VecDeque<(u64, Vec<String>)>>,
    /// Addresses from the site's home that articles and standing pages have left, and their source files.
    departed: Mutex<HashMap<String, String>>,
}

impl Stand {
    pub(super) fn new() -> Self {
        let boot = format!("{:08x}", RandomState::new().build_hasher().finish() >> 32);
        Self {
            boot,
            traffic: Traffic::default(),
            on_show: watch::Sender::default(),
            shelf: Mutex::default(),
            log: Mutex::default(),
            departed: Mutex::default(),
        }
    }

    /// The edition on show.
    pub(super) fn edition(&self) -> Edition {
        self.on_show.borrow().clone()
    }

    /// Hears of every new edition, and when something is found in the one on show.
    pub(super) fn subscribe(&self) -> watch::Receiver<Edition> {
        self.on_show.subscribe()
    }

    /// Puts out a new edition: of the site that was prepared or, where it is not fit to be shown, of the last that was.
    pub(super) fn put_out(&self, prepared: Option<Renderer>, problems: Vec<Diagnostic>, changed: &Changed) {
        let before = self.edition();
        let number = before.number + 1;
        let fit = prepared
            .filter(|_| !any_error(&problems))
            .map(|renderer| (number, Arc::new(Print::new(renderer))));
        let mut follow = None;
        if let Some((_, print)) = &fit {
            if let Some((_, old)) = &before.print {
                self.note_departed(old, print, changed);
            }
            follow = saved(print, changed);
        }
        if let Some(new) = &fit {
            self.look_first(new, before.print.as_ref().map(|(_, print)| &**print), changed);
        }
        if let Some((_, print)) = fit.as_ref().or(before.print.as_ref()) {
            self.note_assets(number, files(print, changed));
        }
        let print = fit.or(before.print.clone());
        self.on_show.send_replace(Edition { number, print, problems: Arc::new(problems), follow });
        // A site of a hundred thousand articles takes a while to be taken down.
        thread::spawn(move || drop(before));
    }

    /// Tells those who subscribe that something was found in the edition on show.
    pub(super) fn announce(&self) {
        self.on_show.send_modify(|_| ());
    }

    /// A page of an edition: from the shelf where it is there, else rendered. One of an older edition is as good where this
    /// page is known to have the same bytes.
    pub(super) fn copy(&self, print: &(u64, Arc<Print>), place: usize) -> Copy {
        let (number, print) = print;
        let path = &print.page(place).path;
        let key = print.known(place).and_then(|known| known.key);
        if let Some(page) = self.shelf().get(path)
            && (page.print == *number || key == Some(page.key))
        {
            return Copy::Bytes(page.bytes.clone(), page.key);
        }
        let bytes: Bytes = match print.render(place) {
            Outcome::Whole(Body::File(path)) => return Copy::File(path),
            Outcome::Whole(Body::Bytes(bytes)) => bytes.into(),
            Outcome::Whole(Body::Static(bytes)) => Bytes::from_static(bytes),
            Outcome::Outdated => return Copy::Outdated,
            Outcome::Failed => {
                return match self.shelf().get(path) {
                    Some(page) => Copy::Old(page.bytes.clone(), page.key),
                    None => Copy::None,
                };
            }
        };
        let key = super::print::key(&bytes);
        self.shelf().put(path, Shelved { print: *number, bytes: bytes.clone(), key });
        Copy::Bytes(bytes, key)
    }

    /// The last of a page that was shown.
    pub(super) fn last_copy(&self, path: &str) -> Option<(Bytes, Key)> {
        self.shelf().get(path).map(|page| (page.bytes.clone(), page.key))
    }

    /// Static files that changed after an edition of this run; `None` where that is not known.
    pub(super) fn assets_since(&self, number: u64) -> Option<Vec<String>> {
        let log = lock(&self.log);
        if log.front().is_some_and(|(first, _)| *first > number + 1) {
            return None;
        }
        let since = log.iter().filter(|(at, _)| *at > number).flat_map(|(_, files)| files);
        let files: BTreeSet<&String> = since.collect();
        Some(files.into_iter().cloned().collect())
    }

    /// The source file of what was at an address from the site's home that nothing is at any more.
    pub(super) fn departed(&self, address: &str) -> Option<String> {
        lock(&self.departed).get(address).cloned()
    }

    fn note_assets(&self, number: u64, files: Vec<String>) {
        let mut log = lock(&self.log);
        log.push_back((number, files));
        if log.len() > LOG {
            log.pop_front();
        }
    }

    fn note_departed(&self, old: &Print, new: &Print, changed: &Changed) {
        let mut departed = lock(&self.departed);
        for source in &changed.paths {
            let Some((_, address)) = old.of_source(source) else { continue };
            if new.of_source(source).is_none_or(|(_, now)| now != address) {
                if departed.len() >= DEPARTED {
                    departed.clear();
                }
                departed.insert(address.to_owned(), source.clone());
            }
        }
    }

    /// Looks at the pages that changed and at those that had problems, so that an edition comes out with what is wrong in
    /// it, and without what has been mended. What is most likely asked for next is then on the shelf.
    fn look_first(&self, new: &(u64, Arc<Print>), before: Option<&Print>, changed: &Changed) {
        let print = &new.1;
        let troubled = before.into_iter().flat_map(Print::troubled);
        let troubled = troubled.filter_map(|path| print.plan().place(&path));
        let saved = changed.documents().filter_map(|source| Some(print.of_source(source)?.0));
        let mut places: Vec<usize> = saved.chain(troubled).take(FIRST_LOOKS).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().for_each(|place| drop(self.copy(new, place)));
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        lock(&self.shelf)
    }
}

impl Edition {
    /// Every error of the newest state of the files, each once. What was found in pages of an older state is no part
    /// of it.
    pub(super) fn errors(&self) -> Vec<Diagnostic> {
        let mut problems = self.all_problems();
        problems.retain(Diagnostic::is_error);
        problems
    }

    /// Every problem that is known, each once, in order.
    pub(super) fn all_problems(&self) -> Vec<Diagnostic> {
        let mut problems = self.problems.to_vec();
        if let Some((_, print)) = self.print.as_ref().filter(|_| self.is_fresh()) {
            problems.extend(print.problems());
        }
        gather(problems)
    }

    /// Whether the site that is shown is the newest state of the files.
    pub(super) fn is_fresh(&self) -> bool {
        self.print.as_ref().is_some_and(|(since, _)| *since == self.number)
    }
}

/// The address of the article that was saved, where it was one alone.
fn saved(print: &Print, changed: &Changed) -> Option<String> {
    let mut saved = changed.documents().filter_map(|source| print.of_source(source));
    let (_, address) = saved.next()?;
    saved.next().is_none().then(|| print.site().config.base.path_to(address))
}

/// The addresses from the host's root of files that changed and are published as they are, and of what is made of them.
fn files(print: &Print, changed: &Changed) -> Vec<String> {
    let base = &print.site().config.base;
    // One that was removed is planned no more, unless the theme has one of its name.
    let statics = changed.paths.iter().filter_map(|path| path.strip_prefix(STATIC));
    let mut addresses: Vec<String> = statics.map(|path| base.path_to(path)).collect();
    if changed.paths.iter().any(|path| !path.ends_with(".md")) {
        let is_of = |page: &&Page| {
            published_file(print.site(), page.subject).is_some_and(|file| changed.paths.contains(file))
        };
        let pages = print.plan().pages.iter().filter(is_of);
        addresses.extend(pages.map(|page| base.path_to(&address_of(&page.path))));
    }
    addresses
}

/// A lock whose holder panicked guards what is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
