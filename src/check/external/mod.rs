//! Addresses off the site, asked whether they still have what is linked.
//!
//! A few hosts are asked at a time, and each host one thing at a time. What answered well within a day is not asked again.
//!
//! ```text
//!     hosts ───▶ whose turn it is, and which host wants to be left alone
//!     ask ─────▶ one address: HEAD, else GET; redirects, pauses, another try
//!     client ──▶ one request
//!     verdict ─▶ what is said of it
//! ```

mod ask;
mod client;
mod hosts;
mod public;
mod retry_after;
mod verdict;

use self::ask::{Checker, Outcome};
use self::client::{Client, Failure};
use self::hosts::{Closed, Hosts};
use self::public::is_public_name;
use super::findings::AllOutbound;
use super::locate::Locator;
use crate::cache::Answers;
use crate::diagnostic::Diagnostic;
use crate::render::Renderer;
use crate::source::SourceTree;
use chrono::{DateTime, FixedOffset};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use url::Url;

/// How many hosts are asked at a time. One that is slow holds up none of the others.
const HOSTS_AT_A_TIME: usize = 8;

/// From how many hosts on, none of which could be reached, the fault is taken to be here.
const HOSTS_OF_THE_OFFLINE: usize = 3;

/// How to ask.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether addresses on this machine and in private networks are asked, too.
    pub private: bool,
    /// The time, by which answers of earlier runs are still good or not.
    pub now: DateTime<FixedOffset>,
}

/// What came of asking.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong, each at the places where the address is written.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the addresses.
    pub tally: Tally,
}

/// What became of the addresses, each counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// They have what is linked.
    pub good: usize,
    /// It lies elsewhere now.
    pub moved: usize,
    /// It is not there any more.
    pub gone: usize,
    /// They did not answer, or not for long enough.
    pub unreachable: usize,
    /// They do not answer programs, or not this one.
    pub refused: usize,
    /// They answered well within a day, and were not asked.
    pub known: usize,
    /// They lead to this machine or into a private network, and were not asked.
    pub private: usize,
    /// They were not asked, since their host was left alone.
    pub left_alone: usize,
}

/// Asks every address. `begin` is told how many there are to ask, `tick` is called for each, from several threads.
pub fn ask(
    outbound: &AllOutbound,
    renderer: &Renderer,
    tree: &SourceTree,
    options: Options,
    begin: &dyn Fn(usize),
    tick: &(dyn Fn() + Sync),
) -> Report {
    let mut answers = Answers::load(&tree.root, options.now, options.private);
    let mut outcomes: BTreeMap<&str, Outcome> = BTreeMap::new();
    let mut known: Vec<(&str, Url)> = Vec::new();
    let mut by_host: BTreeMap<String, Vec<(&str, Url)>> = BTreeMap::new();
    let mut count = 0;
    for address in outbound.keys() {
        let Ok(url) = Url::parse(address) else { continue };
        if !options.private && !is_public_name(&url) {
            outcomes.insert(address, Outcome::Private);
        } else if answers.are_good(address) {
            known.push((address, url));
        } else {
            count += 1;
            by_host.entry(hosts::name(&url)).or_default().push((address, url));
        }
    }
    begin(count);

    let client = Client::new(&renderer.site().config, options.private);
    let checker = Checker { client, hosts: Hosts::default(), now: options.now };
    // The host with the most to ask takes longest, and begins first.
    let mut queue: Vec<Vec<(&str, Url)>> = by_host.into_values().collect();
    queue.sort_by_key(Vec::len);
    outcomes.extend(ask_all(&checker, queue, &mut answers, tick));

    let mut report = Report { tally: Tally { known: known.len(), ..Tally::default() }, ..Report::default() };
    outcomes.values().for_each(|outcome| report.tally.count(outcome));
    if is_offline(&checker, &outcomes, &known) {
        let before = outcomes.len();
        outcomes.retain(|_, outcome| {
            reached_nobody(outcome) != Some(true) && !matches!(outcome, Outcome::LeftAlone(Closed::Down(_)))
        });
        let unreached = before - outcomes.len();
        report.diagnostics.push(verdict::offline(unreached));
    }
    let locator = Locator::new(renderer, tree);
    for (address, outcome) in outcomes {
        let Some(problem) = verdict::problem(address, &outcome) else { continue };
        for (written, places) in &outbound[address].mentions {
            report.diagnostics.extend(locator.locate(&problem, written, places));
        }
    }
    report
}

/// Asks the addresses of some hosts, the last host first, and keeps which answered well.
fn ask_all<'a>(
    checker: &Checker,
    queue: Vec<Vec<(&'a str, Url)>>,
    answers: &mut Answers,
    tick: &(dyn Fn() + Sync),
) -> BTreeMap<&'a str, Outcome> {
    let (queue, outcomes, answers) = (Mutex::new(queue), Mutex::new(BTreeMap::new()), Mutex::new(answers));
    let work = || {
        loop {
            let next = lock(&queue).pop();
            let Some(addresses) = next else { return };
            for (address, url) in addresses {
                let outcome = checker.ask(&url);
                if outcome == Outcome::Good {
                    let mut answers = lock(&answers);
                    answers.add(address);
                    answers.save_now_and_then();
                }
                lock(&outcomes).insert(address, outcome);
                tick();
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..HOSTS_AT_A_TIME {
            scope.spawn(work);
        }
    });
    lock(&answers).save();
    outcomes.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A lock whose holder panicked guards maps and lists: what is in them is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether it is more likely that this machine reaches nobody than that so many hosts are down at once. Where few were
/// asked because most answered within a day, some of these are asked again.
fn is_offline(checker: &Checker, outcomes: &BTreeMap<&str, Outcome>, known: &[(&str, Url)]) -> bool {
    let mut unreached = BTreeSet::new();
    for (address, outcome) in outcomes {
        match reached_nobody(outcome) {
            Some(true) => unreached.extend(Url::parse(address).ok().map(|url| hosts::name(&url))),
            Some(false) => return false,
            None => {}
        }
    }
    if unreached.is_empty() {
        return false;
    }
    for (_, url) in known {
        if unreached.len() >= HOSTS_OF_THE_OFFLINE {
            break;
        }
        let host = hosts::name(url);
        if !unreached.contains(&host) {
            if reached_nobody(&checker.ask(url)) != Some(true) {
                return false;
            }
            unreached.insert(host);
        }
    }
    unreached.len() >= HOSTS_OF_THE_OFFLINE
}

/// Whether an outcome is that of a machine that reaches nobody; `None` where nobody was asked.
fn reached_nobody(outcome: &Outcome) -> Option<bool> {
    match outcome {
        Outcome::Private | Outcome::LeftAlone(_) => None,
        Outcome::Unreachable(failure) => Some(matches!(
            failure,
            Failure::NoSuchHost | Failure::NoServer | Failure::Other(_) | Failure::Slow(_)
        )),
        _ => Some(false),
    }
}

impl Tally {
    /// How many were asked.
    pub fn asked(&self) -> usize {
        self.good + self.moved + self.gone + self.unreachable + self.refused
    }

    fn count(&mut self, outcome: &Outcome) {
        let one = match outcome {
            Outcome::Good => &mut self.good,
            Outcome::Moved { .. } => &mut self.moved,
            Outcome::Gone { .. } => &mut self.gone,
            Outcome::Refused(_) => &mut self.refused,
            Outcome::Private => &mut self.private,
            Outcome::LeftAlone(_) => &mut self.left_alone,
            _ => &mut self.unreachable,
        };
        *one += 1;
    }
}
