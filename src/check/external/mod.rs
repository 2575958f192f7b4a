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

use self::ask::{Asker, Outcome};
use self::client::{Client, Failure};
use self::hosts::Hosts;
use super::findings::AllOutbound;
use super::locate::Locator;
use crate::cache::Answers;
use crate::diagnostic::Diagnostic;
use crate::render::Renderer;
use crate::source::SourceTree;
use chrono::{DateTime, FixedOffset};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::thread;
use url::Url;

/// How many hosts are asked at a time. One that is slow holds up none of the others.
const HOSTS_AT_A_TIME: usize = 8;

/// From how many hosts on, none of which could be reached, the fault is taken to be here.
const HOSTS_OF_THE_OFFLINE: usize = 3;

/// How to ask.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Whether addresses on this machine and in private networks are asked, too.
    pub private: bool,
    /// The time, by which answers of earlier runs are still good or not.
    pub now: DateTime<FixedOffset>,
}

/// What came of asking.
#[derive(Debug, Default)]
pub struct Asked {
    /// What is wrong, each at the places where the address is written.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the addresses.
    pub tally: Tally,
}

/// What became of the addresses, each counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// They were asked in this run.
    pub asked: usize,
    /// They answered well within a day, and were not asked.
    pub known: usize,
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
}

/// Asks every address. `begin` is told how many there are to ask, `tick` is called for each, from several threads.
pub fn ask(
    outbound: &AllOutbound,
    renderer: &Renderer,
    tree: &SourceTree,
    manner: Manner,
    begin: &dyn Fn(usize),
    tick: &(dyn Fn() + Sync),
) -> Asked {
    let answers = Mutex::new(Answers::load(&tree.root, manner.now));
    // A lock whose holder panicked guards a map: what is in it is whole.
    let answers = || answers.lock().unwrap_or_else(PoisonError::into_inner);
    let mut asked = Asked::default();
    let mut by_host: BTreeMap<String, Vec<(&str, Url)>> = BTreeMap::new();
    for address in outbound.keys() {
        if answers().are_good(address) {
            asked.tally.known += 1;
            continue;
        }
        let Ok(url) = Url::parse(address) else { continue };
        asked.tally.asked += 1;
        by_host.entry(hosts::name(&url)).or_default().push((address, url));
    }
    begin(asked.tally.asked);

    let client = Client::new(&renderer.site().config, manner.private);
    let asker = Asker { client, hosts: Hosts::default(), now: manner.now };
    // The host with the most to ask takes longest, and begins first.
    let mut queue: Vec<Vec<(&str, Url)>> = by_host.into_values().collect();
    queue.sort_by_key(Vec::len);
    let (queue, outcomes) = (Mutex::new(queue), Mutex::new(BTreeMap::new()));
    let work = || {
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some(addresses) = next else { return };
            for (address, url) in addresses {
                let outcome = asker.ask(&url);
                if outcome == Outcome::Good {
                    answers().add(address);
                }
                outcomes.lock().unwrap_or_else(PoisonError::into_inner).insert(address, outcome);
                tick();
            }
            answers().save_now_and_then();
        }
    };
    thread::scope(|scope| {
        for _ in 0..HOSTS_AT_A_TIME {
            scope.spawn(work);
        }
    });
    answers().save();

    let outcomes = outcomes.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcomes.values().for_each(|outcome| asked.tally.count(outcome));
    if is_offline(&outcomes) {
        asked.diagnostics.push(verdict::offline(outcomes.len()));
        return asked;
    }
    let locator = Locator::new(renderer, tree);
    for (address, outcome) in outcomes {
        let Some(problem) = verdict::problem(address, &outcome) else { continue };
        for (written, places) in &outbound[address].mentions {
            asked.diagnostics.extend(locator.locate(&problem, written, places));
        }
    }
    asked
}

/// Whether it is more likely that this machine reaches nobody than that so many hosts are down at once.
fn is_offline(outcomes: &BTreeMap<&str, Outcome>) -> bool {
    let reached_nobody = |outcome: &Outcome| {
        matches!(
            outcome,
            Outcome::Unreachable(
                Failure::NoSuchHost | Failure::NoServer | Failure::Other(_) | Failure::Slow(_)
            )
        )
    };
    let hosts: BTreeSet<String> =
        outcomes.keys().filter_map(|address| Url::parse(address).ok()).map(|url| hosts::name(&url)).collect();
    hosts.len() >= HOSTS_OF_THE_OFFLINE && outcomes.values().all(reached_nobody)
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        let one = match outcome {
            Outcome::Good => &mut self.good,
            Outcome::Moved { .. } => &mut self.moved,
            Outcome::Gone { .. } => &mut self.gone,
            Outcome::Refused(_) | Outcome::Private => &mut self.refused,
            _ => &mut self.unreachable,
        };
        *one += 1;
    }
}
