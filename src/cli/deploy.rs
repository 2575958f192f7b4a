//! `dateline deploy`: the site as a commit on the branch that is published, and where it will be.

mod watch;
mod words;

use self::watch::Watch;
use self::words::Told;
use super::args::{DeployArgs, Global};
use super::build::{self, Made};
use super::{clock, report, terminal};
use crate::config::Overrides;
use crate::deploy::{self, Built, Checkout, Options, Scratch};
use crate::diagnostic::Diagnostic;
use crate::pipeline::{Memory, Request};
use crate::publish::Target;
use crate::site::Visibility;
use crate::stopwatch::Stopwatch;

pub(super) fn run(global: &Global, args: &DeployArgs) -> u8 {
    match deploy(global, args) {
        Ok(status) | Err(Stop::Told(status)) => status,
        Err(Stop::Problem(problem)) => report::show(global, &mut [problem], args.strict),
    }
}

/// Why a deployment does not go on.
enum Stop {
    /// For what was told already; with the exit status.
    Told(u8),
    /// For something that is still to be told.
    Problem(Diagnostic),
}

impl From<Diagnostic> for Stop {
    fn from(problem: Diagnostic) -> Self {
        Self::Problem(problem)
    }
}

fn deploy(global: &Global, args: &DeployArgs) -> Result<u8, Stop> {
    let scratch = Scratch::make()?;
    let watch = Watch::begin(&scratch.folder);
    let result = deploy_in(&scratch, global, args);
    watch.hold();
    result
}

fn deploy_in(scratch: &Scratch, global: &Global, args: &DeployArgs) -> Result<u8, Stop> {
    let options = Options {
        remote: args.remote.clone(),
        branch: args.branch.clone(),
        adopt: args.adopt,
        squash: args.squash,
        allow_dirty: args.allow_dirty,
        dry_run: args.dry_run,
        is_interactive: terminal::is_answered(),
    };
    let request = Request {
        root: global.root.clone(),
        overrides: Overrides { base_url: args.base_url.clone() },
        visibility: Visibility::default(),
        now: clock::now(args.now)?,
        stopwatch: Stopwatch::default(),
    };
    let checkout = Checkout::find(&global.root, &options, scratch)?;
    let seen = deploy::look(&checkout, &options)?;
    let target = Target {
        root: global.root.clone(),
        output: scratch.output.clone(),
        records: scratch.records.clone(),
        adopt: false,
        verify: false,
        strict: args.strict,
    };
    let prepared = build::prepare(global, &request, Memory::default(), &target).map_err(Stop::Told)?;
    let address = match checkout.address(&prepared.renderer.site().config.base) {
        Ok(address) => address,
        Err(problem) => return Err(Stop::Told(prepared.refuse(problem, target.strict))),
    };
    let made = prepared.build(&target, &[]).map_err(Stop::Told)?;
    say_built(global, &made);
    let paths: Vec<&str> = made.renderer.plan().pages.iter().map(|page| &*page.path).collect();
    let built = Built { folder: &scratch.output, paths: &paths, address: &address };
    let outcome = deploy::deploy(&checkout, &options, seen, &built)?;
    let told = Told { checkout: &checkout, options: &options, address: &address, outcome: &outcome };
    terminal::say(global, &told.words());
    Ok(terminal::status(terminal::out(&told.result(global.message_format))))
}

fn say_built(global: &Global, made: &Made) {
    let articles = report::number(made.renderer.site().articles.len(), "article");
    let pages = report::number(made.renderer.plan().pages.len(), "page");
    terminal::say(global, &format!("Built {articles}, {pages} in {}\n", report::duration(made.time)));
}
