//! Live preview: the site as it would be published, served while it is being written.
//!
//! The laws of the preview:
//!
//! - **It is the build's own functions.** A site is prepared by [`pipeline::prepare`], with the memory of the last time,
//!   and a page is made by the renderer that a build has. Nothing is written into the output directory.
//! - **What is asked for is rendered**, and nothing else; the rest is looked at when nobody waits, for what is wrong in it.
//! - **Editions come out whole**, and what is announced can be fetched.
//! - **Published bytes are not touched.** What the preview adds stands behind them.
//! - **Nothing is served but the plan**, to nobody but this machine, unless that was asked for.
//!
//! ```text
//!     watch ───▶ Changes             a burst of events becomes one
//!     prepare ─▶ Renderer            the pipeline, with a memory
//!     stand ───▶ Edition             on show; the last good one stays where there are errors
//!     server ──▶ page + panel        rendered when asked for: gate, response, view
//!     client/ ◀─── events, status     a tab learns of an edition, and asks what became of its page
//!     proofread                      the pages that nobody opened, when it is calm
//! ```

mod changes;
mod client;
mod clock;
mod ending;
mod gate;
mod listen;
mod lookup;
mod news;
mod panel;
mod print;
mod proofread;
mod response;
mod server;
mod settings;
mod shelf;
mod stand;
mod status;
mod traffic;
mod view;
mod watch;

pub use self::clock::Clock;
pub use self::ending::wait_for_the_end;
pub use self::listen::Door;
pub use self::news::{News, Tell};

use self::changes::Changed;
use self::proofread::proofread;
use self::server::House;
use self::settings::Settings;
use self::stand::{Edition, Stand};
use self::traffic::Traffic;
use self::view::OWN;
use self::watch::{Watch, Woken};
use crate::diagnostic::{Diagnostic, any_error};
use crate::pipeline::{self, Memory, Request};
use crate::render::Renderer;
use crate::source::{self, UNREADABLE_NOW};
use chrono::{DateTime, FixedOffset};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// How a preview is served.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where it listens.
    pub door: Door,
    /// Names of hosts, besides localhost, that it may be asked for by.
    pub allow_hosts: Vec<String>,
    /// What time it shows.
    pub clock: Clock,
    /// Whether to look for changes again and again instead of being told of them.
    pub poll: bool,
    /// Whether tabs go to the article that was saved.
    pub follow: bool,
    /// The address that opens an editor, in place of the settings'.
    pub editor: Option<String>,
}

/// An editor empties a file before it writes it: this long it may stay empty, or half written, without being looked at.
const EMPTY: Duration = Duration::from_secs(1);
/// How long is waited for word of a change that has been made already.
const SETTLING: Duration = Duration::from_millis(15);

/// Serves the site in a folder until the program is told to end. `tell` hears what there is to say on the way, from
/// several threads.
///
/// # Errors
/// It cannot listen where it was told to.
pub fn serve(request: &Request, options: Options, tell: Tell) -> Result<(), Diagnostic> {
    let root = source::resolve(&request.root).unwrap_or_else(|_| request.root.clone());
    let settings = Settings {
        root: root.clone(),
        follow: options.follow,
        editor: options.editor.clone(),
        hosts: options.allow_hosts.clone(),
    };
    let stand = Arc::new(Stand::new());
    let house = House { stand: stand.clone(), settings };
    let (door, request) = (options.door, Request { root, ..request.clone() });
    listen::run(&door, Arc::new(house), tell.clone(), move |runtime| {
        let (read, told) = (stand.clone(), tell.clone());
        thread::spawn(move || proofread(&read, &runtime, |problems| told(News::Found(problems))));
        keep_up(&request, &options, &stand, &tell);
    })
}

/// The loop: what changed is forgotten, the site prepared again and put out, for ever.
fn keep_up(request: &Request, options: &Options, stand: &Arc<Stand>, tell: &Tell) {
    let (stirred, told) = (stand.clone(), tell.clone());
    let mut watch = Watch::start(
        request.root.clone(),
        options.poll,
        move || stirred.traffic.set_changing(true),
        move |why| told(News::Polling(why)),
    );
    let mut memory = Memory::of_earlier_runs();
    let mut changed = Changed::default();
    // What an edition with errors could not show is told of with the next that has none.
    let mut since_good = Changed::default();
    let mut deadline = None;
    loop {
        let begun = Instant::now();
        let request = Request { now: options.clock.now(), ..request.clone() };
        let mut problems = Vec::new();
        let prepared = pipeline::prepare(&request, &mut memory, &mut problems);
        problems.extend(prepared.as_ref().and_then(hidden));
        // A file that was being written while it was read is no error; but who never stops writing is not waited for.
        let waits = any_error(&problems) && Instant::now() < *deadline.get_or_insert(Instant::now() + EMPTY);
        if waits && changed.add(&mut memory, &request.root, watch.more(SETTLING)) {
            continue;
        }
        deadline = None;
        since_good.paths.extend(changed.paths.iter().cloned());
        let turn = prepared.as_ref().and_then(|renderer| renderer.site().next_turn);
        let passes = problems.iter().any(|problem| problem.code == UNREADABLE_NOW);
        watch.expect(memory.has_links(&request.root), passes.then(|| begun.elapsed()));
        // What was tried once more, and is as it was, is no news.
        let is_news = !passes || !changed.paths.is_empty() || problems != *stand.edition().problems;
        if is_news {
            stand.put_out(prepared, problems, &since_good);
        }
        if stand.edition().is_fresh() {
            since_good = Changed::default();
        }
        stand.traffic.set_changing(false);
        if is_news {
            tell(news(&stand.edition(), &changed, begun.elapsed()));
        }
        changed = next_change(&mut watch, &mut memory, &request.root, (turn, &options.clock), &stand.traffic);
    }
}

/// Waits for what may change the site, and has it forgotten.
fn next_change(
    watch: &mut Watch,
    memory: &mut Memory,
    root: &Path,
    turn: (Option<DateTime<FixedOffset>>, &Clock),
    traffic: &Traffic,
) -> Changed {
    let mut changed = Changed::default();
    loop {
        match watch.wait(turn.0, turn.1) {
            Woken::ByTime | Woken::ToRetry => {
                traffic.set_changing(true);
                return changed;
            }
            Woken::By(changes) => {
                let (begun, look) = (Instant::now(), changes.look);
                let found = changed.add(memory, root, changes);
                watch.looked(look, begun.elapsed(), found);
                if found {
                    break;
                }
                traffic.set_changing(false);
            }
        }
    }
    // Who polls hears of a change no sooner than this.
    traffic.set_changing(true);
    let deadline = Instant::now() + EMPTY;
    while changed.paths.iter().any(|path| memory.is_empty_file(root, path)) && Instant::now() < deadline {
        changed.add(memory, root, watch.more(SETTLING));
    }
    changed
}

/// A warning where some of a site cannot be seen in its preview, since the addresses there are its own.
fn hidden(renderer: &Renderer) -> Option<Diagnostic> {
    let base = renderer.site().config.base.path();
    let below = match OWN.strip_prefix(base) {
        Some(below) => below,
        None if base.starts_with(OWN) => "",
        None => return None,
    };
    let mut hidden = renderer.plan().pages.iter().filter(|page| page.path.starts_with(below));
    let first = format!("{base}{}", hidden.next()?.path);
    let files = match hidden.count() {
        0 => first,
        more => format!("{first} and {more} more"),
    };
    let message = format!("the preview does not show {files}: addresses below {OWN} are its own");
    Some(Diagnostic::warning("own-address", message).help("the published site has them"))
}

/// What is said of an edition that came out.
fn news<'a>(edition: &Edition, changed: &'a Changed, time: Duration) -> News<'a> {
    let size =
        edition.print.as_ref().map(|(_, print)| (print.site().articles.len(), print.plan().pages.len()));
    News::Edition {
        number: edition.number,
        changed: changed.paths.iter().map(String::as_str).collect(),
        size,
        fresh: edition.is_fresh(),
        time,
        problems: edition.all_problems(),
    }
}
